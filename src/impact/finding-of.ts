import type { OutcomeChoice } from "../cohort/settings.ts";
import type { Cell, Finding } from "../disclose/finding.ts";
import type { Estimate } from "../evaluate/effect.ts";

/** What every finding of a run shares. */
export interface FindingContext {
  readonly region: string;
  readonly asOf: string;
  /** `2014-2016`, the period of what is not told by year. */
  readonly pooled: string;
}

/** Where a finding stands and what it rests on; what is left out is the pooled period, total, both arms, no interval. */
interface FindingParts {
  readonly metric: string;
  readonly unit: Finding["unit"];
  readonly value: number | null | Estimate;
  readonly cell: Omit<Cell, "persons">;
  readonly period?: string;
  readonly dimension?: string;
  readonly level?: string;
  readonly arm?: string;
  /** Distinct persons to show beside the value. */
  readonly n?: number | null;
}

/** `[0, 12)` months after the index date. */
const windowOf = ({ after }: OutcomeChoice): string => `[${after}, ${after + 12}) months`;

/** One finding of an outcome, its cell's persons named by the place where it stands. */
export function findingOf(choice: OutcomeChoice, context: FindingContext, parts: FindingParts): Finding {
  const {
    metric,
    unit,
    value,
    cell,
    period = context.pooled,
    dimension = "total",
    level = "total",
    arm = "both",
  } = parts;
  const at = typeof value === "number" || value === null ? { estimate: value, lower: null, upper: null } : value;
  return {
    metric,
    region: context.region,
    period,
    dimension,
    level,
    arm,
    value: at.estimate,
    lower: at.lower,
    upper: at.upper,
    n: parts.n ?? null,
    unit,
    definition: choice.definition,
    window: windowOf(choice),
    as_of: context.asOf,
    cell: { ...cell, persons: { region: context.region, period, [dimension]: level, arm } },
  };
}
