/**
 * Cholesky of a symmetric positive semi-definite matrix whose columns are first scaled to a unit diagonal.
 * A column that the ones before it explain is left out, as R's `lm` and `glm` leave it out (NA).
 */
export interface Cholesky {
  readonly size: number;
  /** Lower triangle of the scaled matrix, row by row; rows of columns left out are zero. */
  readonly lower: Float64Array;
  /** 1 / sqrt(diagonal). */
  readonly scale: Float64Array;
  /** 1 where the column is kept. */
  readonly kept: Uint8Array;
}

/** A column counts as explained by the earlier ones when they leave less than this share of its squares. */
const EXPLAINED = 1e-13;

/**
 * @param matrix size x size, row by row; only its lower triangle is read
 * @param among columns to consider, all of them by default
 */
export function cholesky(matrix: Float64Array, size: number, among?: Uint8Array): Cholesky {
  const lower = new Float64Array(size * size);
  const scale = Float64Array.from({ length: size }, (_, j) => 1 / Math.sqrt(matrix[j * size + j] as number));
  const kept = new Uint8Array(size);
  for (let j = 0; j < size; j++) {
    if (among?.[j] === 0 || !Number.isFinite(scale[j])) continue;
    let left = 1;
    for (let k = 0; k < j; k++) {
      if (kept[k] !== 1) continue;
      let dot = (matrix[j * size + k] as number) * (scale[j] as number) * (scale[k] as number);
      for (let m = 0; m < k; m++) dot -= (lower[j * size + m] as number) * (lower[k * size + m] as number);
      const entry = dot / (lower[k * size + k] as number);
      lower[j * size + k] = entry;
      left -= entry * entry;
    }
    if (left > EXPLAINED) {
      kept[j] = 1;
      lower[j * size + j] = Math.sqrt(left);
    } else lower.fill(0, j * size, j * size + j);
  }
  return { size, lower, scale, kept };
}

/** x with A x = b on the kept columns; 0 for the others. */
export function choleskySolve({ size, lower, scale, kept }: Cholesky, b: Float64Array): Float64Array {
  const x = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    if (kept[j] !== 1) continue;
    let sum = (b[j] as number) * (scale[j] as number);
    for (let k = 0; k < j; k++) sum -= (lower[j * size + k] as number) * (x[k] as number);
    x[j] = sum / (lower[j * size + j] as number);
  }
  for (let j = size - 1; j >= 0; j--) {
    if (kept[j] !== 1) continue;
    let sum = x[j] as number;
    for (let k = j + 1; k < size; k++) sum -= (lower[k * size + j] as number) * (x[k] as number);
    x[j] = sum / (lower[j * size + j] as number);
  }
  return x.map((value, j) => (kept[j] === 1 ? value * (scale[j] as number) : 0));
}

/** The inverse on the kept columns, size x size; 0 elsewhere. */
export function choleskyInverse(factor: Cholesky): Float64Array {
  const { size, kept } = factor;
  const inverse = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    if (kept[j] !== 1) continue;
    const unit = new Float64Array(size);
    unit[j] = 1;
    inverse.set(choleskySolve(factor, unit), j * size);
  }
  return inverse;
}
