import type { EarlierValue } from "../earlier/earlier.ts";
import type { Finding, Released } from "../finding.ts";
import { countName, placeText, ROLES, unitKey } from "../place.ts";
import type { DisclosureRules } from "../primary.ts";
import type { Explanation, Release } from "../release.ts";
import { releasedAs } from "../released.ts";
import type { Solver } from "../solver.ts";
import { register } from "../system/cells.ts";
import { multiplesOf } from "./multiples.ts";
import { roundedEstimates } from "./rounded-estimates.ts";
import { roundedFigures } from "./rounded-figures.ts";
import { safeTable } from "./rounded-table.ts";

/** Figures of the programme rest on counts alone; those of the evaluation have no family and are estimates. */
export const isEstimate = ({ cell }: Finding): boolean => cell.family === undefined;

interface RoundingInputs {
  readonly base: number;
  readonly earlier: readonly EarlierValue[];
  /** The estimates as they leave without rounding. */
  readonly exact: Release;
  readonly solver: Solver;
}

/**
 * Released values with every count rounded to a multiple of the base, additively (`rounding.ts`).
 *
 * Figures of the programme rest on rounded counts (`rounded-figures.ts`): nothing is hidden but rates of too few.
 * Estimates of the evaluation (effects and what they are made of) rest on exact counts, since payments do: they are
 * shown or hidden as without rounding, and counts told beside them are rounded. The table is attacked by a reader with
 * all this and with earlier editions (`rounded-attack.ts`); where it tells too much of a small count, another is made.
 * @throws UserError where no table adds up, or each tells too much
 */
export function releaseRounded(
  findings: readonly Finding[],
  rules: DisclosureRules,
  { base, earlier, exact, solver }: RoundingInputs,
): Release {
  const table = register(findings, rules, [], solver, { areFlowsKept: false });
  const attacked = register(findings, rules, earlier, solver);
  const estimates = findings.filter(isEstimate);
  const told = new Set(findings.flatMap((finding) => toldNames(finding)));
  const { threshold } = rules;
  const units = exactUnits(estimates, exact.values);
  const rounded = safeTable({ table, attacked, earlier, base, exact: units, threshold, told, solver });
  const multiples = multiplesOf(findings, table, rounded, base);
  const figureOf = roundedFigures(findings, multiples, rules, base);
  const estimated = roundedEstimates(estimates, exact.values, multiples, base);
  const values = findings.map((finding): Released => {
    const numbers = isEstimate(finding) ? null : figureOf(finding);
    return estimated.get(finding) ?? releasedAs(finding, numbers ?? finding, numbers === null ? "A" : "F");
  });
  const few = findings.filter((finding, i) => !isEstimate(finding) && values[i]?.conf_status !== "F");
  const reasons = [...new Set(few.map((finding) => placeText(unitKey(finding))))].map(
    (place): Explanation => ({ place, status: "A", protects: null }),
  );
  return { values, reasons: [...exact.reasons, ...reasons] };
}

/** Names of the counts that a finding tells or gives away: of an estimate no complement, which its figures may not. */
const toldNames = (finding: Finding): readonly string[] =>
  ROLES.slice(0, isEstimate(finding) ? 2 : 3).flatMap((role) => [
    countName(finding, role),
    ...(finding.cell.kind === "balance" ? [countName({ ...finding, metric: "balance", arm: "" }, role)] : []),
  ]);

/** Units that tell exact counts, and those that don't. */
function exactUnits(estimates: readonly Finding[], values: readonly Released[]) {
  const isTold = ({ cell: { kind } }: Finding, i: number): boolean =>
    values[i]?.conf_status === "F" && (kind === "count" || kind === "rate" || kind === "balance");
  const shown = new Set(estimates.filter(isTold).map(unitKey));
  return { shown, hidden: new Set(estimates.map(unitKey).filter((unit) => !shown.has(unit))) };
}
