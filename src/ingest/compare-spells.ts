/** Spells as columns, one place a spell: its file and row, its person (0: nobody known), its first and last day since 1970-01-01. */
export interface KeyedSpells {
  readonly file: Int32Array;
  readonly row: Int32Array;
  readonly person: Int32Array;
  /** NO_DAY where the spell has no first day. */
  readonly from: Int32Array;
  /** 2^31 - 1 where the spell has not ended. */
  readonly to: Int32Array;
}

/** Places in the columns, in no order that matters. */
export interface Compared {
  /** Spells that begin before an earlier one of the same person has ended; earlier is by first day, then file and row. */
  readonly overlapping: readonly number[];
  /** Spells that share person and first day with another: those that may be repeated. */
  readonly alike: readonly number[];
}

/** `date '-infinity'` of the engine. */
export const NO_DAY = -(2 ** 31 - 1);

/**
 * Compares each person's spells, in time proportional to their number: they are laid out by person (a counting sort), and
 * only where a first look finds two that touch are rejected spells left out. Spells of nobody and without a first day are
 * compared with none.
 */
export function compareSpells(spells: KeyedSpells, isRejected: (place: number) => boolean): Compared {
  const { from, to } = spells;
  const { starts, places } = byPerson(spells);
  const overlapping: number[] = [];
  const alike: number[] = [];
  for (let person = 0; person + 1 < starts.length; person++) {
    const begin = starts[person] ?? 0;
    const end = starts[person + 1] ?? 0;
    if (end - begin < 2) continue;
    inOrder(places, begin, end, spells);
    if (!touches(places, begin, end, spells)) continue;
    const own = places.subarray(begin, end).filter((place) => !isRejected(place));
    let latest = NO_DAY;
    for (let i = 0; i < own.length; i++) {
      const place = own[i] ?? 0;
      const day = from[place] ?? 0;
      if (i > 0 && day <= latest) overlapping.push(place);
      if (day === from[own[i - 1] ?? -1] || day === from[own[i + 1] ?? -1]) alike.push(place);
      latest = Math.max(latest, to[place] ?? 0);
    }
  }
  return { overlapping, alike };
}

/** Places laid out by person: those of one person lie from `starts[person]` to `starts[person + 1]`. */
function byPerson({ person, from }: KeyedSpells): { readonly starts: Int32Array; readonly places: Int32Array } {
  let least = 0;
  let most = 0;
  for (const key of person) {
    if (key < least) least = key;
    if (key > most) most = key;
  }
  const starts = new Int32Array(most - least + 2);
  const isCompared = (i: number): boolean => person[i] !== 0 && from[i] !== NO_DAY;
  for (let i = 0; i < person.length; i++) if (isCompared(i)) add(starts, (person[i] ?? 0) - least + 1, 1);
  for (let k = 1; k < starts.length; k++) add(starts, k, starts[k - 1] ?? 0);
  const next = starts.slice();
  const places = new Int32Array(starts[starts.length - 1] ?? 0);
  for (let i = 0; i < person.length; i++) {
    if (!isCompared(i)) continue;
    const key = (person[i] ?? 0) - least;
    places[next[key] ?? 0] = i;
    add(next, key, 1);
  }
  return { starts, places };
}

const add = (counts: Int32Array, at: number, more: number): void => {
  counts[at] = (counts[at] ?? 0) + more;
};

/** Most persons have a few spells, and most files have them in order. */
function inOrder(places: Int32Array, begin: number, end: number, spells: KeyedSpells): void {
  if (end - begin > 50) {
    places.subarray(begin, end).sort((a, b) => after(spells, a, b));
    return;
  }
  for (let i = begin + 1; i < end; i++) {
    const place = places[i] ?? 0;
    let k = i;
    for (; k > begin && after(spells, places[k - 1] ?? 0, place) > 0; k--) places[k] = places[k - 1] ?? 0;
    places[k] = place;
  }
}

const after = ({ from, file, row }: KeyedSpells, a: number, b: number): number =>
  (from[a] ?? 0) - (from[b] ?? 0) || (file[a] ?? 0) - (file[b] ?? 0) || (row[a] ?? 0) - (row[b] ?? 0);

/** Whether a spell begins on the first day of another or before the end of one. */
function touches(places: Int32Array, begin: number, end: number, { from, to }: KeyedSpells): boolean {
  let latest = to[places[begin] ?? 0] ?? 0;
  let previous = from[places[begin] ?? 0];
  for (let i = begin + 1; i < end; i++) {
    const place = places[i] ?? 0;
    const day = from[place] ?? 0;
    if (day <= latest || day === previous) return true;
    previous = day;
    if ((to[place] ?? 0) > latest) latest = to[place] ?? 0;
  }
  return false;
}
