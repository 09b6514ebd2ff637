import type { LogisticFit } from "../evaluate/logistic.ts";

/** The logistic regression behind weights or pairs, as R's glm tells it. */
export interface PropensityModel {
  /** R's names with treatment contrasts: `(Intercept)`, `age`, `raceblack`. */
  readonly coefficients: readonly PropensityCoefficient[];
  readonly rows: number;
  readonly deviance: number;
  readonly nullDeviance: number;
  readonly converged: boolean;
  /** Columns that part the arms, so that no coefficient has a finite estimate; null where none do. */
  readonly separatedBy: readonly string[] | null;
}

interface PropensityCoefficient {
  readonly column: string;
  /** Null under separation, and where the columns before explain this one. */
  readonly estimate: number | null;
  readonly se: number | null;
}

/** A fit without what was iterated: under separation nothing is told as an estimate. */
export function propensityModel(fit: LogisticFit): PropensityModel {
  const { columns, coefficients, errors, rows, deviance, nullDeviance, converged, separation } = fit;
  return {
    coefficients: columns.map((column, j) => ({
      column,
      estimate: separation === null ? (coefficients[j] ?? null) : null,
      se: separation === null ? (errors[j] ?? null) : null,
    })),
    rows,
    deviance,
    nullDeviance,
    converged: converged && separation === null,
    separatedBy: separation?.columns ?? null,
  };
}
