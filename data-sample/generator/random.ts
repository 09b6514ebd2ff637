/** Draws of one named stream: the same text gives the same numbers on every machine. */
export interface Random {
  /** In [0, 1). */
  readonly unit: () => number;
  /** Whole number from `from` to `to`, both included. */
  readonly whole: (from: number, to: number) => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  /** Draws a key with a probability proportional to its number. */
  readonly weighted: <K extends string>(weights: Readonly<Record<K, number>>) => K;
  readonly normal: () => number;
  readonly shuffled: <T>(items: readonly T[]) => T[];
}

/** A stream keyed by a text: FNV-1a makes the seed, mulberry32 the numbers. */
export function randomOf(stream: string): Random {
  let state = seedOf(stream);
  const unit = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (from: number, to: number) => from + Math.floor(unit() * (to - from + 1));
  return {
    unit,
    whole,
    chance: (share) => unit() < share,
    pick: (items) => at(items, whole(0, items.length - 1)),
    weighted: (weights) => weightedKey(weights, unit()),
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    shuffled: (items) => shuffle([...items], whole),
  };
}

/** The item at a position that must exist. */
export function at<T>(items: readonly T[], position: number): T {
  const item = items[position];
  if (item === undefined) throw new Error(`nothing at position ${position} of ${items.length}`);
  return item;
}

function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}

function weightedKey<K extends string>(weights: Readonly<Record<K, number>>, unit: number): K {
  const keys = Object.keys(weights) as K[];
  let left = unit * keys.reduce((sum, key) => sum + weights[key], 0);
  for (const key of keys) {
    left -= weights[key];
    if (left < 0) return key;
  }
  return at(keys, keys.length - 1);
}

function shuffle<T>(items: T[], whole: (from: number, to: number) => number): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = whole(0, i);
    const kept = at(items, i);
    items[i] = at(items, j);
    items[j] = kept;
  }
  return items;
}
