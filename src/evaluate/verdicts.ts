import type { CellMeans } from "./errors.ts";

/** A condition on the answer. A failed one changes what may be said; `value` is null where it could not be computed. */
export interface Verdict {
  readonly name: string;
  readonly value: number | null;
  readonly threshold: number;
  readonly passed: boolean;
}

/** What is asked of a result before anything is concluded from it; what is left out is not asked. */
export interface VerdictSettings {
  /** Least share of the duos that started in the cohorts whose participant is found in the register. */
  readonly linkedShare?: number | undefined;
  /** Least share of participants matched. */
  readonly matchedShare?: number;
  /** Largest |standardised mean difference| after matching, over every level of every covariate. */
  readonly maxSmd?: number;
  /** Least distinct matched persons in either arm. */
  readonly minimumPersons?: number;
  /** Least placements, and least non-placements, in either arm; asked of 0/1 outcomes. */
  readonly minimumPlacements?: number;
  /** Least effective persons among the matched controls. */
  readonly essControlPersons?: number;
}

/**
 * What the rules hold against their thresholds: `maxSmd` is the largest absolute standardised difference after the
 * match, null where there is none to take.
 */
export interface VerdictInputs {
  readonly participants: number;
  readonly matchedParticipants: number;
  /** Duos started in the cohorts, and those of them found in the register; where there is a register to be found in. */
  readonly linkage?: { readonly started: number; readonly linked: number };
  readonly maxSmd: number | null;
  readonly persons: { readonly treated: number; readonly control: number };
  /** Placements and rows by arm; null for outcomes that are not 0/1. */
  readonly placements: {
    readonly sums: { readonly treated: number; readonly control: number };
    readonly rows: { readonly treated: number; readonly control: number };
  } | null;
  readonly essControlPersons: number | null;
}

type Rule = {
  readonly name: keyof VerdictSettings;
  readonly value: (inputs: VerdictInputs) => number | null;
  readonly atLeast: boolean;
};

/** One rule a verdict: what is measured, and whether it must reach its threshold or stay under it. */
const RULES: readonly Rule[] = [
  { name: "linkedShare", value: ({ linkage }) => share(linkage?.linked ?? 0, linkage?.started ?? 0), atLeast: true },
  { name: "matchedShare", value: (i) => share(i.matchedParticipants, i.participants), atLeast: true },
  { name: "maxSmd", value: (i) => i.maxSmd, atLeast: false },
  { name: "minimumPersons", value: (i) => Math.min(i.persons.treated, i.persons.control), atLeast: true },
  { name: "minimumPlacements", value: leastPlacements, atLeast: true },
  { name: "essControlPersons", value: (i) => i.essControlPersons, atLeast: true },
];

/** Declared thresholds held against a result; a value that could not be computed fails. */
export function judge(settings: VerdictSettings, inputs: VerdictInputs): readonly Verdict[] {
  return RULES.flatMap((rule) => {
    const threshold = settings[rule.name];
    if (threshold === undefined || !isAsked(rule, inputs)) return [];
    const value = rule.value(inputs);
    const passed = value !== null && (rule.atLeast ? value >= threshold : value <= threshold);
    return [{ name: rule.name, value, threshold, passed }];
  });
}

/** Why an effect has no error: a failed verdict for each reason, none where it has one. */
export function missingError(means: CellMeans, variance: number | null): Verdict[] {
  const matched = Math.min(...means.rows);
  if (!(matched > 0)) return [{ name: "anyoneMatched", value: matched, threshold: 1, passed: false }];
  const leverage = Math.max(...means.leverage);
  if (leverage >= 1) return [{ name: "largestLeverage", value: leverage, threshold: 1, passed: false }];
  if (variance === null || !(variance > 0)) return [{ name: "variance", value: variance, threshold: 0, passed: false }];
  return [];
}

/** Placements are asked of 0/1 outcomes, linkage of registers. */
const isAsked = ({ name }: Rule, { placements, linkage }: VerdictInputs): boolean =>
  (name !== "minimumPlacements" || placements !== null) && (name !== "linkedShare" || linkage !== undefined);

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

function leastPlacements(inputs: VerdictInputs): number | null {
  if (inputs.placements === null) return null;
  const { sums, rows } = inputs.placements;
  return Math.min(sums.treated, sums.control, rows.treated - sums.treated, rows.control - sums.control);
}
