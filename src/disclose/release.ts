import { type EarlierHidden, type EarlierValue, isShown } from "./earlier/earlier.ts";
import type { ConfidentialityStatus, Finding, Released } from "./finding.ts";
import { placeText } from "./place.ts";
import { type DisclosureRules, roundingBase } from "./primary.ts";
import { releasedAs } from "./released.ts";
import { isEstimate, releaseRounded } from "./rounding/rounded-release.ts";
import { highsSolver, type Solver } from "./solver.ts";
import { hiddenByRule, type Reason, suppress } from "./suppression/suppress.ts";
import { EARLIER } from "./system/builder.ts";
import { type Registered, register } from "./system/cells.ts";
import { seemingKinds } from "./system/years.ts";

interface ReleaseOptions {
  /** What earlier editions showed, and what they hid. */
  readonly earlier?: readonly (EarlierValue | EarlierHidden)[];
  /** HiGHS where none is given. */
  readonly solver?: Solver;
  /** False leaves what the rules hide open to subtraction: for tests of the audit only. */
  readonly isSecondaryOn?: boolean;
}

/** What leaves, and why the rest stays. */
export interface Release {
  readonly values: readonly Released[];
  /** One line a hidden unit, in the order of the findings. */
  readonly reasons: readonly Explanation[];
}

/**
 * One hidden place, its parts joined by ` / `, and why: a line of `suppression.csv`, which stays with the evaluator.
 */
export interface Explanation {
  readonly place: string;
  readonly status: Exclude<ConfidentialityStatus, "F">;
  /** What it protects, where it is hidden for another's sake. */
  readonly protects: string | null;
}

/**
 * The only maker of released values: the rules hide what is confidential (`primary.ts`), the solver finds what else
 * would give it away (`suppress.ts`). Findings over the same persons stand or fall together: rates, difference,
 * ratio, error, interval, p, payment; a hidden one holds nulls and a status.
 * Where the rules say so, counts are rounded instead (`rounded-release.ts`).
 * Balance figures leave with three decimals: with all sixteen, whole numbers give away the sizes behind them.
 * @returns as many values as findings, in their order
 * @throws when the solver fails: then nothing is published
 */
export async function release(
  findings: readonly Finding[],
  rules: DisclosureRules,
  options: ReleaseOptions = {},
): Promise<Release> {
  if (rules.threshold < 4) throw new RangeError(`disclosure threshold ${rules.threshold} is below 4`);
  const solver = options.solver ?? (await highsSolver());
  const base = roundingBase(rules);
  if (base === null) return suppressed(findings, rules, options, solver);
  if (base < rules.threshold) throw new RangeError(`disclosure base ${base} is below the threshold`);
  const exact = suppressed(findings.filter(isEstimate), { ...rules, method: "suppression" }, options, solver);
  return releaseRounded(findings, rules, { base, earlier: (options.earlier ?? []).filter(isShown), exact, solver });
}

function suppressed(
  findings: readonly Finding[],
  rules: DisclosureRules,
  { earlier = [], isSecondaryOn = true }: ReleaseOptions,
  solver: Solver,
): Release {
  const { registered, hidden } = isSecondaryOn
    ? protectedAgainst(new Set(), findings, rules, earlier, solver)
    : openToSubtraction(register(findings, rules, earlier, solver));
  const values = findings.map((finding) =>
    releasedAs(finding, publishedValue(finding), statusOf(finding, registered, hidden)),
  );
  const reasons = [...hidden]
    .filter(([unit]) => !registered.untold.has(unit))
    .map(([unit, { status, protects }]) => ({
      place: placeText(unit),
      status,
      protects: protects === null ? null : placeText(protects),
    }));
  return { values, reasons };
}

const openToSubtraction = (registered: Registered) => ({ registered, hidden: hiddenByRule(registered.primary) });

/** Suppression, done anew where what it shows makes a reader take years to add up that don't quite. */
function protectedAgainst(
  seeming: ReadonlySet<string>,
  findings: readonly Finding[],
  rules: DisclosureRules,
  earlier: readonly (EarlierValue | EarlierHidden)[],
  solver: Solver,
): { readonly registered: Registered; readonly hidden: ReadonlyMap<string, Reason> } {
  const registered = register(findings, rules, earlier, solver, { seeming });
  const { hidden } = suppress(registered.system, hiddenFirst(registered), solver);
  const seen = seemingKinds(registered.years, hidden);
  if (seen.every((kind) => seeming.has(kind))) return { registered, hidden };
  return protectedAgainst(new Set([...seeming, ...seen]), findings, rules, earlier, solver);
}

/** What stays hidden for an earlier edition's sake isn't confidential by itself. */
function hiddenFirst({ primary, untold, before }: Registered): ReadonlyMap<string, Reason> {
  const kept = [...before].filter((unit) => !primary.has(unit));
  return new Map([
    ...hiddenByRule([...primary, ...untold]),
    ...kept.map((unit) => [unit, { status: "D", protects: EARLIER }] as const),
  ]);
}

type Statuses = ReadonlyMap<string, { readonly status: "A" | "D" }>;

function statusOf(finding: Finding, { unitsOf }: Registered, hidden: Statuses): ConfidentialityStatus {
  const found = unitsOf(finding).flatMap((unit) => hidden.get(unit)?.status ?? []);
  return found.includes("A") ? "A" : (found[0] ?? "F");
}

const thousandths = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1000) / 1000 + 0;

/** The numbers of a finding as they leave where they are free. */
export function publishedValue({ cell, unit, value, lower, upper, n }: Finding) {
  return { value: cell.kind === "balance" && unit === "sd" ? thousandths(value) : value, lower, upper, n };
}
