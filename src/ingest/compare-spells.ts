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
 * Compares each person's spells, in time proportional to their number. Most persons' spells follow each other in their
 * file; only those of whom one begins before an earlier row's end, be it for want of order, are laid out by person and
 * compared, less the rejected ones. Spells of nobody and without a first day are compared with none.
 */
export function compareSpells(spells: KeyedSpells, isRejected: (place: number) => boolean): Compared {
  const { from, to } = spells;
  const { starts, places } = byPerson(spells, touching(spells));
  const overlapping: number[] = [];
  const alike: number[] = [];
  for (let person = 0; person + 1 < starts.length; person++) {
    const [begin = 0, end = 0] = [starts[person], starts[person + 1]];
    if (end - begin < 2) continue;
    const kept = keepOrdered(places, begin, end, spells, isRejected);
    let latest = NO_DAY;
    for (let i = begin; i < kept; i++) {
      const place = places[i] ?? 0;
      const day = from[place] ?? 0;
      if (i > begin && day <= latest) overlapping.push(place);
      if (i > begin && day === from[places[i - 1] ?? 0]) alike.push(place);
      else if (i + 1 < kept && day === from[places[i + 1] ?? 0]) alike.push(place);
      latest = Math.max(latest, to[place] ?? 0);
    }
  }
  return { overlapping, alike };
}

/** So many spells of one person are no longer sorted by moving each to its place. */
const MANY = 50;

/** Puts one person's accepted spells in order from `begin` on, and returns where they end; most persons have a few. */
function keepOrdered(
  places: Int32Array,
  begin: number,
  end: number,
  spells: KeyedSpells,
  isRejected: (place: number) => boolean,
): number {
  let kept = begin;
  for (let i = begin; i < end; i++) {
    const place = places[i] ?? 0;
    if (isRejected(place)) continue;
    let at = kept++;
    for (; end - begin < MANY && at > begin && after(spells, places[at - 1] ?? 0, place) > 0; at--)
      places[at] = places[at - 1] ?? 0;
    places[at] = place;
  }
  if (end - begin >= MANY) places.subarray(begin, kept).sort((a, b) => after(spells, a, b));
  return kept;
}

interface Persons {
  /** The least key; a person's number is the key less this one. */
  readonly least: number;
  /** By number: 1 for persons whose spells are to be compared. */
  readonly asked: Uint8Array;
}

/** The persons of whom a row begins no later than the end, or the first day, of a row above it. */
function touching({ person, from, to }: KeyedSpells): Persons {
  let least = 0;
  let most = 0;
  for (let i = 0; i < person.length; i++) {
    const key = person[i] ?? 0;
    if (key < least) least = key;
    if (key > most) most = key;
  }
  const asked = new Uint8Array(most - least + 1);
  const latest = new Int32Array(asked.length).fill(NO_DAY);
  for (let i = 0; i < person.length; i++) {
    const key = (person[i] ?? 0) - least;
    const day = from[i] ?? 0;
    const end = to[i] ?? 0;
    const before = latest[key] ?? 0;
    if (day === NO_DAY) continue;
    if (day <= before) asked[key] = 1;
    const last = Math.max(end, day);
    if (last > before) latest[key] = last;
  }
  asked[-least] = 0;
  return { least, asked };
}

/** Places of the asked persons' spells, laid out by person: those of one lie from `starts[number]` to `starts[number + 1]`. */
function byPerson(
  { person, from }: KeyedSpells,
  { least, asked }: Persons,
): { readonly starts: Int32Array; readonly places: Int32Array } {
  const starts = new Int32Array(asked.length + 1);
  for (let i = 0; i < person.length; i++) {
    const key = (person[i] ?? 0) - least;
    if (asked[key] === 1 && from[i] !== NO_DAY) starts[key + 1] = (starts[key + 1] ?? 0) + 1;
  }
  for (let k = 1; k < starts.length; k++) starts[k] = (starts[k] ?? 0) + (starts[k - 1] ?? 0);
  const next = starts.slice();
  const places = new Int32Array(starts[starts.length - 1] ?? 0);
  for (let i = 0; i < person.length; i++) {
    const key = (person[i] ?? 0) - least;
    if (asked[key] !== 1 || from[i] === NO_DAY) continue;
    const at = next[key] ?? 0;
    places[at] = i;
    next[key] = at + 1;
  }
  return { starts, places };
}

const after = ({ from, file, row }: KeyedSpells, a: number, b: number): number =>
  (from[a] ?? 0) - (from[b] ?? 0) || (file[a] ?? 0) - (file[b] ?? 0) || (row[a] ?? 0) - (row[b] ?? 0);
