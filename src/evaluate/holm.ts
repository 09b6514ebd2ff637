/** A multiplicity correction: adjusted p-values in the order of those given. */
type Adjustment = (p: readonly number[]) => number[];

/**
 * Holm's step-down adjusted p-values, which keep the family-wise error under any dependence:
 * the i-th smallest of m becomes the running maximum of (m - i + 1) p, at most 1. Agrees with R's `p.adjust(p, "holm")`.
 */
export const holm: Adjustment = (p) => stepDown(p, (value, rank) => (p.length - rank) * value);

/**
 * Which of the p-values each of Holm's is a multiple of: its own, or a smaller one's where the running maximum is that
 * one's. What is 1 at most is a multiple of none, and counts as its own.
 */
export function holmSources(p: readonly number[]): number[] {
  const sources = new Array<number>(p.length).fill(0);
  let greatest = { scaled: 0, index: 0 };
  for (const { index, value, rank } of ascending(p)) {
    const scaled = (p.length - rank) * value;
    if (scaled >= greatest.scaled) greatest = { scaled, index };
    sources[index] = greatest.scaled < 1 ? greatest.index : index;
  }
  return sources;
}

/** One test of a family after Holm: its p-value, and the test whose p-value that is a multiple of (see `holmSources`). */
interface AdjustedTest<T> {
  readonly one: T;
  readonly p: number | null;
  readonly source: T;
}

/** Holm's p-values over a family, in its order; tests without a p are left out, and have null. */
export function holmWithin<T>(family: readonly T[], pOf: (one: T) => number | null): readonly AdjustedTest<T>[] {
  const known = family.map(pOf);
  const tested = [...known.keys()].filter((at) => known[at] !== null);
  const p = known.filter((one) => one !== null);
  const [values, sources] = [holm(p), holmSources(p)];
  const adjusted = family.map((one): AdjustedTest<T> => ({ one, p: null, source: one }));
  for (const [k, at] of tested.entries()) {
    const [one, source] = [family[at], family[tested[sources[k] ?? k] ?? at]];
    if (one !== undefined && source !== undefined) adjusted[at] = { one, p: values[k] ?? null, source };
  }
  return adjusted;
}

/** Bonferroni's m p, at most 1. */
const bonferroni: Adjustment = (p) => p.map((value) => Math.min(1, p.length * value));

/** Hochberg's step-up: running minimum, from the largest, of (m - i + 1) p. Valid for positively dependent tests. */
const hochberg: Adjustment = (p) => stepUp(p, (value, rank) => (p.length - rank) * value);

/** Benjamini and Hochberg's false discovery rate: running minimum, from the largest, of m p / i. */
const benjaminiHochberg: Adjustment = (p) => stepUp(p, (value, rank) => (p.length / (rank + 1)) * value);

/** Benjamini and Yekutieli's false discovery rate under any dependence: m (1 + 1/2 + ... + 1/m) p / i. */
const benjaminiYekutieli: Adjustment = (p) => {
  const harmonic = p.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
  return stepUp(p, (value, rank) => ((harmonic * p.length) / (rank + 1)) * value);
};

/** Hommel's adjustment: the smallest level at which Simes's closed test rejects, no larger than Hochberg's. */
const hommel: Adjustment = (p) => {
  const ranked = ascending(p);
  const sorted = ranked.map(({ value }) => value);
  let adjusted = sorted.map(() => simes(sorted, sorted.length));
  for (let size = sorted.length - 1; size >= 2; size--) {
    const tail = simes(sorted, size);
    const first = sorted.length - size + 1;
    const candidate = sorted.map((value, i) => (i < first ? Math.min(size * value, tail) : 0));
    const last = candidate[first - 1] ?? 1;
    adjusted = adjusted.map((value, i) => Math.max(value, i < first ? (candidate[i] ?? 0) : last));
  }
  const result = new Array<number>(p.length).fill(1);
  for (const { index, value, rank } of ranked) result[index] = Math.max(adjusted[rank] ?? 1, value);
  return result;
};

/** The adjustments by the name that a protocol uses. */
export const adjustments = {
  holm,
  bonferroni,
  hochberg,
  bh: benjaminiHochberg,
  by: benjaminiYekutieli,
  hommel,
} as const satisfies Record<string, Adjustment>;

/** min over j of size p / j among the largest p-values; the smallest of them counts as j = 2 unless all are taken. */
function simes(sorted: readonly number[], size: number): number {
  const taken = size === sorted.length ? sorted : sorted.slice(sorted.length - size + 1);
  const start = sorted.length - taken.length > 0 ? 2 : 1;
  return Math.min(1, ...taken.map((value, i) => (size * value) / (i + start)));
}

type Scale = (value: number, rank: number) => number;

function stepDown(p: readonly number[], scale: Scale): number[] {
  return step(p, ascending(p), scale, Math.max, 0);
}

function stepUp(p: readonly number[], scale: Scale): number[] {
  return step(p, ascending(p).reverse(), scale, Math.min, 1);
}

function step(p: readonly number[], order: readonly Ranked[], scale: Scale, keep: typeof Math.max, start: number) {
  const adjusted = new Array<number>(p.length).fill(1);
  let running = start;
  for (const { index, value, rank } of order) {
    running = keep(running, scale(value, rank));
    adjusted[index] = Math.min(1, running);
  }
  return adjusted;
}

interface Ranked {
  readonly index: number;
  readonly value: number;
  readonly rank: number;
}

function ascending(p: readonly number[]): Ranked[] {
  return p
    .map((value, index) => ({ value, index }))
    .sort((one, other) => one.value - other.value || one.index - other.index)
    .map((entry, rank) => ({ ...entry, rank }));
}
