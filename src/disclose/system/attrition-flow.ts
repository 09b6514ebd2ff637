import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import { countName, placeKey, totalOf } from "../place.ts";
import { addParts, addSame, type Builder } from "./builder.ts";

/** Levels of the attrition that count who remains; what stands between two of them are exits. */
const STEPS: ReadonlySet<string> = new Set([
  "duos_received",
  "started_in_cohort",
  "at_risk",
  "analysed",
  "person_months",
  "controls_at_risk",
  "controls_matched",
]);

/** Whether a level of the attrition counts who remains. */
export const isStep = (level: string): boolean => STEPS.has(level);

/**
 * Attrition as equations: who remains = exits + who remains at the next step; and the same persons under other names:
 * participants analysed are the base of the pooled rate, participants at risk without those matched are the unmatched.
 */
export function addFlow(builder: Builder, findings: readonly Finding[]): void {
  const told = findings.filter(({ dimension }) => dimension === "attrition");
  const at = (finding: Finding): number => builder.names.get(countName(finding, "base")) ?? 0;
  for (const flow of groupBy(told, (f) => [f.arm, placeKey({ ...f, level: "" })].join("\u0000")).values()) {
    const steps = flow.flatMap((finding, i) => (isStep(finding.level) ? [i] : []));
    for (const [s, from] of steps.entries()) {
      const next = steps[s + 1];
      const whole = flow[from];
      if (next === undefined || whole === undefined) continue;
      addParts(builder, at(whole), flow.slice(from + 1, next + 1).map(at));
    }
    const analysed = flow.find(({ level, arm }) => level === "analysed" && arm === "participants");
    if (analysed === undefined) continue;
    const base = builder.names.get(countName({ ...totalOf(analysed), metric: "placement_rate" }, "base"));
    addSame(builder, at(analysed), base);
    const matched = { ...analysed, metric: "balance", arm: "", dimension: "matching", level: "matched" };
    addSame(builder, base, builder.names.get(countName(matched, "numerator")));
    addRungs(builder, findings, matched);
    const unmatched = flow.find(({ level }) => level === "unmatched");
    const left = builder.names.get(countName(matched, "complement"));
    if (unmatched !== undefined) addSame(builder, at(unmatched), left);
    const reasons = findings.filter(
      ({ dimension, definition, window }) =>
        dimension === "unmatched" && definition === analysed.definition && window === analysed.window,
    );
    if (left !== undefined && reasons.length > 0) addParts(builder, left, reasons.map(at));
  }
}

/** Rungs of the ladder add up to those matched, out of the same participants. */
function addRungs(builder: Builder, findings: readonly Finding[], matched: Finding): void {
  const rungs = findings
    .filter(({ dimension, definition, window }) => {
      return dimension === "rung" && definition === matched.definition && window === matched.window;
    })
    .map((rung) => ({ ...rung, metric: "balance", arm: "" }));
  const whole = builder.names.get(countName(matched, "numerator"));
  if (whole === undefined || rungs.length === 0) return;
  addParts(
    builder,
    whole,
    rungs.flatMap((rung) => builder.names.get(countName(rung, "numerator")) ?? []),
  );
  const all = builder.names.get(countName(matched, "base"));
  for (const rung of rungs) addSame(builder, all, builder.names.get(countName(rung, "base")));
}
