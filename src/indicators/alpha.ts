import fQuantile from "@stdlib/stats-base-dists-f-quantile";
import { type Answers, covariances, summaryOf } from "./covariance.ts";

/** One question of a scale, with its answers in the order of the respondents. */
export interface ScaleItem {
  readonly name: string;
  /** Asked the other way round: its answers are mirrored on the scale before anything else. */
  readonly reversed: boolean;
  readonly answers: Answers;
}

interface AlphaSettings {
  /** The lowest and highest answer. */
  readonly from: number;
  readonly to: number;
  /** `listwise`: respondents who answered every item. `pairwise`: every two items over those who answered both. */
  readonly missing: "listwise" | "pairwise";
}

/** How well the items of a scale go together. */
interface Alpha {
  /** Respondents: complete ones, or all where pairwise. */
  readonly n: number;
  readonly alpha: number;
  /** Of standardised items, from the mean correlation. Null where an item doesn't vary. */
  readonly standardised: number | null;
  readonly meanCorrelation: number | null;
  /** Duhachek and Iacobucci's standard error (2004), with its normal 95 % interval. */
  readonly se: number;
  readonly lower: number;
  readonly upper: number;
  /** Feldt's 95 % interval from the F distribution (1965), for normal and equally correlated items. */
  readonly feldtLower: number;
  readonly feldtUpper: number;
  readonly items: readonly AlphaItem[];
}

interface AlphaItem {
  readonly name: string;
  /** Mirrored where reversed. */
  readonly mean: number | null;
  readonly sd: number | null;
  /** Alpha of the scale without the item; null for a scale of two. */
  readonly alphaWithout: number | null;
  /** Correlation with the sum of the others. */
  readonly restCorrelation: number | null;
}

/** No alpha, and why: fewer than two items or respondents, or scores that don't vary. */
interface NoAlpha {
  readonly alpha: null;
  readonly reason: "too-few" | "no-variation";
}

const Z95 = 1.959963984540054;

/**
 * Cronbach's alpha, k / (k - 1) (1 - tr C / sum C) of the items' covariances, with Duhachek's and Feldt's intervals.
 * Agrees with R's psych::alpha (test/reference/questionnaires).
 */
export function cronbachAlpha(items: readonly ScaleItem[], settings: AlphaSettings): Alpha | NoAlpha {
  const mirrored = items.map((item) => (item.reversed ? mirror(item.answers, settings) : item.answers));
  const columns = settings.missing === "listwise" ? completeOnly(mirrored) : mirrored;
  const n = columns[0]?.length ?? 0;
  const k = columns.length;
  const matrix = covariances(columns);
  if (k < 2 || n < 2 || matrix === null) return { alpha: null, reason: "too-few" };
  const alpha = alphaOf(matrix);
  if (alpha === null) return { alpha: null, reason: "no-variation" };
  const meanCorrelation = meanCorrelationOf(matrix);
  const se = Math.sqrt(duhachek(matrix) / n);
  return {
    n,
    alpha,
    standardised: meanCorrelation === null ? null : (k * meanCorrelation) / (1 + (k - 1) * meanCorrelation),
    meanCorrelation,
    se,
    lower: alpha - Z95 * se,
    upper: alpha + Z95 * se,
    feldtLower: 1 - (1 - alpha) * fQuantile(0.975, n - 1, (n - 1) * (k - 1)),
    feldtUpper: 1 - (1 - alpha) * fQuantile(0.025, n - 1, (n - 1) * (k - 1)),
    items: items.map((item, i) => itemOf(item.name, i, columns, matrix)),
  };
}

function mirror(answers: Answers, { from, to }: AlphaSettings): Answers {
  return answers.map((answer) => (answer === null ? null : from + to - answer));
}

function completeOnly(columns: readonly Answers[]): Answers[] {
  const complete = (columns[0] ?? []).map((_, i) => columns.every((answers) => (answers[i] ?? null) !== null));
  return columns.map((answers) => answers.filter((_, i) => complete[i] === true));
}

function itemOf(name: string, index: number, columns: readonly Answers[], matrix: readonly number[][]): AlphaItem {
  const others = (values: readonly number[]) => values.filter((_, i) => i !== index);
  const without = matrix.filter((_, i) => i !== index).map(others);
  const own = matrix[index]?.[index] ?? 0;
  const rest = sum(without.flat());
  const shared = sum(others(matrix[index] ?? []));
  return {
    name,
    ...summaryOf(columns[index] ?? []),
    alphaWithout: without.length > 1 ? alphaOf(without) : null,
    restCorrelation: own > 0 && rest > 0 ? shared / Math.sqrt(own * rest) : null,
  };
}

/** Null where the sum of the items doesn't vary. */
function alphaOf(matrix: readonly number[][]): number | null {
  const k = matrix.length;
  const total = sum(matrix.flat());
  return total > 0 ? (k / (k - 1)) * (1 - sum(diagonal(matrix)) / total) : null;
}

function meanCorrelationOf(matrix: readonly number[][]): number | null {
  const variances = diagonal(matrix);
  if (variances.some((variance) => variance <= 0)) return null;
  const correlations = matrix.flatMap((row, i) =>
    row.slice(0, i).map((value, j) => value / Math.sqrt((variances[i] ?? 0) * (variances[j] ?? 0))),
  );
  return sum(correlations) / correlations.length;
}

/** n times the variance of alpha: 2 k^2 / ((k-1)^2 s^3) [s (tr V^2 + tr^2 V) - 2 tr V (1'V^2 1)], s = 1'V1. */
function duhachek(matrix: readonly number[][]): number {
  const k = matrix.length;
  const total = sum(matrix.flat());
  const trace = sum(diagonal(matrix));
  const traceOfSquare = sum(matrix.flat().map((value) => value ** 2));
  const sumOfSquare = sum(matrix.map((row) => sum(row) ** 2));
  const bracket = total * (traceOfSquare + trace ** 2) - 2 * trace * sumOfSquare;
  return (2 * k ** 2 * Math.max(0, bracket)) / ((k - 1) ** 2 * total ** 3);
}

function diagonal(matrix: readonly number[][]): number[] {
  return matrix.map((row, i) => row[i] ?? 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
