import { holm } from "../../evaluate/holm.ts";
import { wilson } from "../../evaluate/proportions.ts";
import { scoreTest } from "../../evaluate/two-proportion-tests.ts";
import { differenceIntervals, type TwoArms } from "../../evaluate/two-proportions.ts";
import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import { NETWORK, placeKey } from "../place.ts";
import { type DisclosureRules, DOMINANCE, minimumBase } from "../primary.ts";
import type { Numbers } from "../released.ts";
import { coarse } from "./coarse.ts";
import type { Multiples } from "./multiples.ts";

/** A row's numbers over rounded counts; null where they would rest on too few. */
type RoundedFigure = (finding: Finding) => Numbers | null;

interface Share {
  readonly events: number;
  readonly size: number;
}

/**
 * The programme's figures over rounded counts: counts as they are told, shares of them with the interval that follows,
 * euros divided by them, other means with no more digits than the rounding leaves open (`coarse.ts`), differences of
 * shares with the tests that follow. Whether one rests on too few is asked of rounded counts, so that the answer tells
 * nothing that they don't.
 */
export function roundedFigures(
  findings: readonly Finding[],
  multiples: Multiples,
  rules: DisclosureRules,
  base: number,
): RoundedFigure {
  const top2 = new Map(
    findings.flatMap((finding) => (finding.metric === "survey_top2" ? [[answersKey(finding), finding] as const] : [])),
  );
  const shareAt = (finding: Finding, change: Partial<Finding> = {}): Share | null => {
    const found = top2.get(answersKey({ ...finding, ...change }));
    return found === undefined ? null : shareOf(found, multiples, rules);
  };
  const areAllTold = tellingAll(findings, multiples);
  const adjusted = adjustedBy(findings, (finding) => armsOf(finding, shareAt));
  return (finding) => {
    const { kind, numerator } = finding.cell;
    const n = multiples.at(finding, "base");
    if (!areAllTold(finding, n)) return null;
    if (finding.unit === "persons" || finding.unit === "rows") {
      const value = numerator === null ? n : multiples.at(finding, "numerator");
      return { ...told(finding.value === null ? null : value), n: value };
    }
    if (n === 0) return { ...told(null), n };
    // that everybody went on is told on purpose
    if (kind === "mean" && numerator === finding.cell.base && n >= minimumBase(rules, finding.cell))
      return { ...told(finding.value), n };
    if (numerator !== null) return shareFigure(finding, shareOf(finding, multiples, rules));
    if (kind === "effect") return comparison(finding, n, armsOf(finding, shareAt), adjusted);
    return meanFigure(finding, n, rules, base);
  };
}

/**
 * Whether as many as a figure rests on are told of all those of whom its persons are some: where fewer are, both multiples
 * together would say that there are a few.
 */
function tellingAll(findings: readonly Finding[], multiples: Multiples): (finding: Finding, n: number) => boolean {
  const byName = new Map(
    findings.flatMap((finding) => {
      const [name, ...more] = finding.cell.sets?.base ?? [];
      const isOne = name !== undefined && more.length === 0 && finding.cell.kind === "count";
      return isOne ? [[name, multiples.at(finding, "base")] as const] : [];
    }),
  );
  return ({ cell }, n) =>
    cell.kind === "count" ||
    (cell.among ?? []).every(([name = "", ...more]) => more.length > 0 || n <= (byName.get(name) ?? n));
}

const told = (value: number | null): Numbers => ({ value, lower: null, upper: null, n: null });

const answersKey = (finding: Finding): string => [finding.arm, placeKey(finding)].join("\u0000");

/** Both counts of a share as they are told; null where one of them, or the others, are too few. */
function shareOf(finding: Finding, multiples: Multiples, rules: DisclosureRules): Share | null {
  const [size, events] = [multiples.at(finding, "base"), multiples.at(finding, "numerator")];
  const isEnough = size >= minimumBase(rules, finding.cell) && events >= rules.threshold;
  return isEnough && size - events >= rules.threshold ? { events, size } : null;
}

function shareFigure(finding: Finding, share: Share | null): Numbers | null {
  if (share === null) return null;
  const { lower, upper } = finding.lower === null ? told(null) : wilson(share);
  return { value: finding.value === null ? null : share.events / share.size, lower, upper, n: share.size };
}

/** One person's answer moves a net promoter score by 100 / n. */
const UNITS: Readonly<Record<string, number>> = { survey_nps: 100 };

function meanFigure(finding: Finding, n: number, rules: DisclosureRules, base: number): Numbers | null {
  const { cell, value, lower, upper, unit, metric } = finding;
  if (n < minimumBase(rules, cell) || (cell.largestShare ?? 0) > DOMINANCE) return null;
  // who knows the amount divides it by the mean: it must give the count that is told
  if (unit === "euro") return { ...told(value === null ? null : (value * (cell.base ?? 0)) / n), n };
  const rough = (number: number | null) => (number === null ? null : coarse(number, n, base, UNITS[metric]));
  return { value: rough(value), lower: rough(lower), upper: rough(upper), n };
}

/** What a comparison of questionnaire shares holds its own share against, by metric. */
const AGAINST: Readonly<Record<string, "rest" | "change">> = {
  survey_rest_difference: "rest",
  survey_rest_difference_p_holm: "rest",
  survey_change: "change",
  survey_change_p_holm: "change",
};

type ShareAt = (finding: Finding, change?: Partial<Finding>) => Share | null;

/** Both sides of a comparison; null where one rests on too few. */
function armsOf(finding: Finding, shareAt: ShareAt): TwoArms | null {
  const participants = shareAt(finding);
  if (participants === null) return null;
  const against = AGAINST[finding.metric];
  if (against === undefined) return { participants, controls: participants };
  const other = shareAt(
    finding,
    against === "change" ? { period: String(Number(finding.period) - 1) } : { region: NETWORK },
  );
  if (other === null || against === "change") return other && { participants, controls: other };
  const controls = { events: other.events - participants.events, size: other.size - participants.size };
  return controls.size > 0 && controls.events >= 0 && controls.events <= controls.size
    ? { participants, controls }
    : null;
}

function comparison(
  finding: Finding,
  n: number,
  arms: TwoArms | null,
  adjusted: ReadonlyMap<Finding, number | null>,
): Numbers | null {
  if (arms === null) return null;
  if (adjusted.has(finding)) return { ...told(adjusted.get(finding) ?? null), n };
  if (!(finding.metric in AGAINST)) return { ...told(finding.value), n };
  const { participants, controls } = arms;
  const { lower, upper } = differenceIntervals.newcombe(arms);
  return { value: participants.events / participants.size - controls.events / controls.size, lower, upper, n };
}

/** Holm's p-values over rounded counts, among all comparisons of one kind in a region and period that can be told. */
function adjustedBy(
  findings: readonly Finding[],
  arms: (finding: Finding) => TwoArms | null,
): ReadonlyMap<Finding, number | null> {
  const tests = findings.filter(({ metric }) => metric in AGAINST && metric.endsWith("_p_holm"));
  const families = groupBy(tests, ({ metric, region, period }) => [metric, region, period].join("\u0000"));
  const found = [...families.values()].flatMap((family) => {
    const tested = family.flatMap((finding) => {
      const own = arms(finding);
      const p = own === null ? null : scoreTest(own).p;
      return p === null ? [] : [{ finding, p }];
    });
    const kept = holm(tested.map(({ p }) => p));
    const byFinding = new Map(tested.map(({ finding }, i) => [finding, kept[i] ?? null]));
    return family.map((finding) => [finding, byFinding.get(finding) ?? null] as const);
  });
  return new Map(found);
}
