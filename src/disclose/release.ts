import { type Registered, register } from "./cells.ts";
import type { EarlierValue } from "./earlier.ts";
import type { ConfidentialityStatus, Finding, Released } from "./finding.ts";
import type { DisclosureRules } from "./primary.ts";
import { highsSolver, type Solver } from "./solver.ts";
import { suppress } from "./suppress.ts";

export interface ReleaseOptions {
  /** What earlier editions showed. */
  readonly earlier?: readonly EarlierValue[];
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
  const registered = register(findings, rules, options.earlier ?? []);
  const solver = options.solver ?? (await highsSolver());
  const { hidden } =
    options.isSecondaryOn === false
      ? { hidden: new Map([...registered.primary].map((unit) => [unit, { status: "A" as const, protects: null }])) }
      : suppress(registered.system, new Set([...registered.primary, ...registered.untold]), solver);
  const values = findings.map((finding) => shown(finding, statusOf(finding, registered, hidden)));
  const reasons = [...hidden]
    .filter(([unit]) => !registered.untold.has(unit))
    .map(([unit, { status, protects }]) => ({
      place: placeText(unit),
      status,
      protects: protects === null ? null : placeText(protects),
    }));
  return { values, reasons };
}

type Statuses = ReadonlyMap<string, { readonly status: "A" | "D" }>;

function statusOf(finding: Finding, { unitsOf }: Registered, hidden: Statuses): ConfidentialityStatus {
  const found = unitsOf(finding).flatMap((unit) => hidden.get(unit)?.status ?? []);
  return found.includes("A") ? "A" : (found[0] ?? "F");
}

const placeText = (unit: string): string =>
  unit
    .split("\u0000")
    .filter((part) => part !== "")
    .join(" / ");

const thousandths = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1000) / 1000 + 0;

/** The numbers of a finding as they leave where they are free. */
export function publishedValue({ cell, unit, value, lower, upper, n }: Finding) {
  return { value: cell.kind === "balance" && unit === "sd" ? thousandths(value) : value, lower, upper, n };
}

function shown(finding: Finding, conf_status: ConfidentialityStatus): Released {
  const { cell: _cell, ...open } = finding;
  const hidden = conf_status !== "F";
  const values = hidden ? { value: null, lower: null, upper: null, n: null } : {};
  return {
    ...open,
    ...publishedValue(finding),
    ...values,
    obs_status: hidden || finding.value === null ? "M" : finding.cell.isUnreliable === true ? "U" : "A",
    conf_status,
  } as Released;
}
