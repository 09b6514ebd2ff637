import type { Covariate, Patterns } from "./patterns.ts";

/** A main effect, or a power of a numeric covariate. */
export interface Term {
  readonly covariate: string;
  /** 1 (default) for the covariate itself; 2 for its square. */
  readonly power?: number;
}

/** A numeric column, held standardised: (x - centre) / scale. */
interface NumericColumn {
  readonly column: number;
  readonly centre: number;
  readonly scale: number;
  readonly values: Float64Array;
}

/** A factor: which dummy column a row has a 1 in, -1 for the reference level. */
interface FactorColumns {
  readonly column: Int32Array;
}

/**
 * A design matrix with an intercept, sparse: one entry a covariate and row, however many levels.
 * Columns and their order are those of R's `model.matrix` with treatment contrasts.
 */
export interface Design {
  readonly size: number;
  /** `(Intercept)`, `age`, `I(age^2)`, `racehispan`. */
  readonly columns: readonly string[];
  readonly numerics: readonly NumericColumn[];
  readonly factors: readonly FactorColumns[];
  /** 1 where the row takes part: it stands for some rows and every number in it is finite. */
  readonly usable: Uint8Array;
}

/**
 * The design matrix of patterns: factors with treatment contrasts against the first of their occurring levels in code
 * point order, as R's `factor` in the C locale. Numeric columns are centred and scaled by the rows they stand for.
 * @param terms main effects of every covariate by default
 * @throws RangeError when a term names no covariate, or asks for a power of a factor
 */
export function designOf(patterns: Patterns, terms?: readonly Term[]): Design {
  const mainEffects: readonly Term[] = patterns.covariates.map((c) => ({ covariate: c.name }));
  const chosen = (terms ?? mainEffects).map((term) => ({ ...term, of: covariateOf(patterns, term) }));
  const usable = usableRows(
    patterns,
    chosen.map((term) => term.of),
  );
  const columns = ["(Intercept)"];
  const numerics: NumericColumn[] = [];
  const factors: FactorColumns[] = [];
  for (const { of, power = 1 } of chosen) {
    if (of.kind === "numeric") {
      const column = columns.push(power === 1 ? of.name : `I(${of.name}^${power})`) - 1;
      numerics.push(standardised(of.values, power, column, patterns.rows, usable));
    } else factors.push(dummies(of, columns, usable));
  }
  return { size: patterns.size, columns, numerics, factors, usable };
}

/** Linear predictor X b of every row; `b` in standardised units. NaN (no score) where a row isn't usable. */
export function designTimes(design: Design, b: Float64Array): Float64Array {
  const eta = new Float64Array(design.size).fill(b[0] ?? 0);
  for (const { column, values } of design.numerics) {
    const slope = b[column] as number;
    if (slope !== 0) for (let i = 0; i < eta.length; i++) eta[i] = (eta[i] as number) + slope * (values[i] as number);
  }
  const shifted = new Float64Array(b.length + 1);
  shifted.set(b, 1);
  for (const { column } of design.factors)
    for (let i = 0; i < eta.length; i++) eta[i] = (eta[i] as number) + (shifted[(column[i] as number) + 1] as number);
  for (let i = 0; i < eta.length; i++) if (design.usable[i] !== 1) eta[i] = Number.NaN;
  return eta;
}

/** X'r over usable rows, in standardised units. */
export function designTransposeTimes(design: Design, r: Float64Array): Float64Array {
  const weights = overUsable(design, r);
  const out = new Float64Array(design.columns.length);
  out[0] = sumOf(weights);
  for (const { column, values } of design.numerics) out[column] = sumOf(weights, values);
  for (const { column } of design.factors) add(out, sumsByColumn(column, out.length, weights));
  return out;
}

/**
 * X'WX over usable rows, columns x columns row by row, in standardised units. One tight pass a pair of covariates, so
 * that the cost doesn't grow with the number of levels; the reference level is summed into a place thrown away.
 */
export function designGram(design: Design, w: Float64Array): Float64Array {
  const k = design.columns.length;
  const weights = overUsable(design, w);
  const gram = new Float64Array(k * k);
  const set = (a: number, b: number, value: number) => {
    gram[a * k + b] = value;
    gram[b * k + a] = value;
  };
  set(0, 0, sumOf(weights));
  design.numerics.forEach(({ column, values }, n) => {
    set(0, column, sumOf(weights, values));
    const weighted = values.map((x, i) => x * (weights[i] as number));
    for (const other of design.numerics.slice(0, n + 1)) set(column, other.column, sumOf(weighted, other.values));
    for (const factor of design.factors)
      sumsByColumn(factor.column, k, weighted).forEach((sum, c) => {
        if (sum !== 0) set(column, c, sum);
      });
  });
  design.factors.forEach(({ column }, f) => {
    sumsByColumn(column, k, weights).forEach((sum, c) => {
      if (sum === 0) return;
      set(0, c, sum);
      set(c, c, sum);
    });
    for (const other of design.factors.slice(0, f)) crossFactors(gram, k, column, other.column, weights);
  });
  return gram;
}

/** Adds the sums of weights by pairs of columns of two factors, on both sides of the diagonal. */
function crossFactors(gram: Float64Array, k: number, a: Int32Array, b: Int32Array, weights: Float64Array): void {
  const wide = k + 1;
  const sums = new Float64Array(wide * wide);
  for (let i = 0; i < weights.length; i++) {
    const at = ((a[i] as number) + 1) * wide + (b[i] as number) + 1;
    sums[at] = (sums[at] as number) + (weights[i] as number);
  }
  for (let c = 0; c < k; c++)
    for (let d = 0; d < k; d++) {
      const sum = sums[(c + 1) * wide + d + 1] as number;
      if (sum === 0) continue;
      gram[c * k + d] = sum;
      gram[d * k + c] = sum;
    }
}

/** Sums of weights by a factor's columns, k of them; the reference level's are left out. */
function sumsByColumn(column: Int32Array, k: number, weights: Float64Array): Float64Array {
  const sums = new Float64Array(k + 1);
  for (let i = 0; i < weights.length; i++) {
    const at = (column[i] as number) + 1;
    sums[at] = (sums[at] as number) + (weights[i] as number);
  }
  return sums.subarray(1);
}

function sumOf(weights: Float64Array, values?: Float64Array): number {
  let sum = 0;
  if (values === undefined) for (let i = 0; i < weights.length; i++) sum += weights[i] as number;
  else for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (values[i] as number);
  return sum;
}

function add(into: Float64Array, values: Float64Array): void {
  for (let j = 0; j < into.length; j++) into[j] = (into[j] as number) + (values[j] as number);
}

function overUsable({ usable }: Design, weights: Float64Array): Float64Array {
  const out = weights.slice();
  for (let i = 0; i < out.length; i++) if (usable[i] !== 1) out[i] = 0;
  return out;
}

/**
 * Coefficients in the covariates' own units from standardised ones, and the matrix that makes them:
 * b_j / scale_j, and the intercept less the sum of b_j centre_j / scale_j.
 */
export function unstandardise(design: Design, b: Float64Array): Float64Array {
  const out = b.slice();
  for (const { column, centre, scale } of design.numerics) {
    out[column] = (b[column] as number) / scale;
    out[0] = (out[0] as number) - (out[column] as number) * centre;
  }
  return out;
}

/** Variances of coefficients in the covariates' own units from the covariance of the standardised ones. */
export function unstandardisedVariances(design: Design, covariance: Float64Array): Float64Array {
  const k = design.columns.length;
  const out = Float64Array.from({ length: k }, (_, j) => covariance[j * k + j] as number);
  const first = new Float64Array(k);
  first[0] = 1;
  for (const { column, centre, scale } of design.numerics) {
    out[column] = (out[column] as number) / scale ** 2;
    first[column] = -centre / scale;
  }
  out[0] = 0;
  for (let a = 0; a < k; a++)
    for (let c = 0; c < k; c++)
      out[0] = (out[0] as number) + (first[a] as number) * (first[c] as number) * (covariance[a * k + c] as number);
  return out;
}

/** Reads the non-zero entries of one row at a time into the same two arrays, lowest column first among factors. */
export function rowReader(design: Design) {
  const most = 1 + design.numerics.length + design.factors.length;
  const columns = new Int32Array(most);
  const values = new Float64Array(most).fill(1);
  design.numerics.forEach(({ column }, e) => {
    columns[e + 1] = column;
  });
  const fixed = 1 + design.numerics.length;
  const read = (i: number): number => {
    for (let e = 1; e < fixed; e++) values[e] = design.numerics[e - 1]?.values[i] as number;
    let entries = fixed;
    for (let f = 0; f < design.factors.length; f++) {
      const c = design.factors[f]?.column[i] as number;
      if (c >= 0) columns[entries++] = c;
    }
    return entries;
  };
  return { columns, values, read };
}

function covariateOf(patterns: Patterns, { covariate: name, power = 1 }: Term): Covariate {
  const found = patterns.covariates.find((c) => c.name === name);
  if (found === undefined)
    throw new RangeError(`no covariate \`${name}\` among ${patterns.covariates.map((c) => c.name).join(", ")}`);
  if (power !== 1 && found.kind === "categorical") throw new RangeError(`\`${name}\` has levels: it has no powers`);
  return found;
}

function usableRows(patterns: Patterns, covariates: readonly Covariate[]): Uint8Array {
  const usable = new Uint8Array(patterns.size);
  for (let i = 0; i < usable.length; i++) usable[i] = (patterns.rows[i] as number) > 0 ? 1 : 0;
  for (const of of covariates) {
    if (of.kind !== "numeric") continue;
    for (let i = 0; i < usable.length; i++) if (!Number.isFinite(of.values[i])) usable[i] = 0;
  }
  return usable;
}

function standardised(
  raw: Float64Array,
  power: number,
  column: number,
  rows: Float64Array,
  usable: Uint8Array,
): NumericColumn {
  const values = power === 1 ? raw.slice() : raw.map((x) => x ** power);
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    if (usable[i] !== 1) continue;
    total += rows[i] as number;
    sum += (rows[i] as number) * (values[i] as number);
  }
  const centre = total > 0 ? sum / total : 0;
  let squares = 0;
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    if (usable[i] !== 1) continue;
    squares += (rows[i] as number) * ((values[i] as number) - centre) ** 2;
    largest = Math.max(largest, Math.abs(values[i] as number));
  }
  const sd = total > 0 ? Math.sqrt(squares / total) : 0;
  const constant = !(sd > 1e-13 * largest);
  const scale = constant ? 1 : sd;
  for (let i = 0; i < values.length; i++)
    values[i] = usable[i] !== 1 || constant ? 0 : ((values[i] as number) - centre) / scale;
  return { column, centre, scale, values };
}

/** Adds one column a level but the first to `columns`. */
function dummies(
  of: Extract<Covariate, { kind: "categorical" }>,
  columns: string[],
  usable: Uint8Array,
): FactorColumns {
  const occurs = new Uint8Array(of.levels.length);
  for (let i = 0; i < usable.length; i++) if (usable[i] === 1) occurs[of.codes[i] as number] = 1;
  const sorted = of.levels
    .map((level, code) => ({ level, code }))
    .filter(({ code }) => occurs[code] === 1)
    .sort((a, b) => (a.level < b.level ? -1 : a.level > b.level ? 1 : 0));
  const columnOf = new Int32Array(of.levels.length).fill(-1);
  for (const { level, code } of sorted.slice(1)) columnOf[code] = columns.push(`${of.name}${level}`) - 1;
  const column = new Int32Array(usable.length);
  for (let i = 0; i < column.length; i++) column[i] = columnOf[of.codes[i] as number] ?? -1;
  return { column };
}
