import type { Knowledge } from "./narrow.ts";

/** Whole numbers for every count that agree with every row: proof that a count can be what it is there. */
export interface Witness {
  readonly values: Int32Array;
  /** The counts that differ from the true ones. */
  readonly moved: Int32Array;
}

export function witnessOf(values: Int32Array, truth: Int32Array): Witness {
  const moved: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] !== truth[i]) moved.push(i);
  return { values, moved: Int32Array.from(moved) };
}

/** Whether a witness agrees with what is known of each count too; the true values do. */
export function agrees({ values, moved }: Witness, { lower, upper }: Omit<Knowledge, "rows">): boolean {
  for (const i of moved) {
    const value = values[i] ?? 0;
    if (value < (lower[i] ?? 0) || value > (upper[i] ?? Number.POSITIVE_INFINITY)) return false;
  }
  return true;
}
