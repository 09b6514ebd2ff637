/** Groups (regions, or levels of a dimension) of an earlier edition and of this one that together are the same persons. */
export interface Block {
  readonly before: readonly string[];
  readonly now: readonly string[];
}

/** Numbers by place and role; null where one was hidden. */
export type Figures = ReadonlyMap<string, number | null>;

/** More groups than this, of both editions together, aren't set against each other in every way. */
const MOST_GROUPS = 12;

/** Share of a group's figures that those unexplained must be before it is thought to be another under the same name. */
const OTHERS_IN = 0.1;

/** Persons left unexplained that a word in both names outweighs. */
const WORD = 10;

/**
 * Which of the groups gone make which of the groups new: the way to merge, split or rename them that leaves the
 * fewest persons unexplained, less some for each word that old and new names share, and among those the one of which most
 * numbers that both editions show are equal. Numbers that were hidden can be any that aren't too many. A group that
 * keeps its name can take in others or lose a part; one that is gone or new may be left over.
 * @returns without groups that are what they were
 */
export function regroupingOf(
  before: ReadonlyMap<string, Figures>,
  now: ReadonlyMap<string, Figures>,
): readonly Block[] {
  const [olds, news] = [[...before], [...now]];
  while (olds.length + news.length > MOST_GROUPS) (olds.length > news.length ? olds : news).pop();
  const known = new Map<string, Ways>();
  const fits = new Map<string, Fit>();
  const fitOf = (of: number, to: number): Fit => {
    const key = `${of} ${to}`;
    const found = fits.get(key) ?? judged(chosen(olds, of), chosen(news, to));
    fits.set(key, found);
    return found;
  };
  const isKept = (of: number, to: number): boolean =>
    olds.every(([name], i) => {
      const k = news.findIndex(([other]) => other === name);
      return k < 0 || ((of & (1 << i)) !== 0) === ((to & (1 << k)) !== 0);
    });
  const best = (left: number, right: number): Ways => {
    const key = `${left} ${right}`;
    const found =
      known.get(key) ??
      bestOf(
        options(left, right)
          .filter(([of, to]) => isKept(of, to))
          .map(([of, to]) => joined(of, to, left, right)),
      );
    known.set(key, found);
    return found;
  };
  const joined = (of: number, to: number, left: number, right: number): Ways => {
    const [one, rest] = [fitOf(of, to), best(left & ~of, right & ~to)];
    const blocks = of === 0 || to === 0 ? rest.blocks : [[of, to] as const, ...rest.blocks];
    const [missing, equal] = [one.missing + rest.missing, one.equal + rest.equal];
    return { missing, equal, named: one.named + rest.named, blocks };
  };
  const { blocks } = best(2 ** olds.length - 1, 2 ** news.length - 1);
  return blocks
    .map(([of, to]) => ({
      before: chosen(olds, of).map(([name]) => name),
      now: chosen(news, to).map(([name]) => name),
    }))
    .filter(({ before: [old, ...others], now: [own, ...parts] }) => old !== own || others.length + parts.length > 0);
}

/** Persons left unexplained, numbers seen to be equal, and words that old and new names share. */
interface Fit {
  readonly missing: number;
  readonly equal: number;
  readonly named: number;
}

interface Ways extends Fit {
  readonly blocks: ReadonlyArray<readonly [of: number, to: number]>;
}

const NOTHING: Ways = { missing: 0, equal: 0, named: 0, blocks: [] };

const leftOf = ({ missing, named }: Fit): number => missing - WORD * named;

const bestOf = (ways: readonly Ways[]): Ways =>
  ways.toSorted((a, b) => leftOf(a) - leftOf(b) || b.equal - a.equal)[0] ?? NOTHING;

const chosen = <T>(from: readonly T[], bits: number): readonly T[] => from.filter((_, i) => (bits & (1 << i)) !== 0);

/** What may become of the first group that is left: nothing, one with others, or several by itself. */
function options(left: number, right: number): ReadonlyArray<readonly [of: number, to: number]> {
  const own = left & -left;
  if (left === 0) return right === 0 ? [] : [[0, right & -right]];
  const others = subsets(left & ~own);
  const [ones, several] = [singles(right), subsets(right).filter((to) => to !== 0 && (to & (to - 1)) !== 0)];
  return [
    [own, 0],
    ...ones.flatMap((to) => others.map((with_) => [own | with_, to] as const)),
    ...several.map((to) => [own, to] as const),
  ];
}

const singles = (bits: number): readonly number[] =>
  subsets(bits).filter((one) => one !== 0 && (one & (one - 1)) === 0);

const subsets = (bits: number): readonly number[] =>
  Array.from({ length: bits + 1 }, (_, some) => some).filter((some) => (some & ~bits) === 0);

function judged(
  before: ReadonlyArray<readonly [string, Figures]>,
  now: ReadonlyArray<readonly [string, Figures]>,
): Fit {
  let [missing, equal] = [0, 0];
  for (const key of new Set([...before, ...now].flatMap(([, figures]) => [...figures.keys()]))) {
    const told = before.map(([, figures]) => figures.get(key) ?? (figures.has(key) ? null : 0));
    const shown = told.reduce((sum: number, value) => sum + (value ?? 0), 0);
    const current = now.reduce((sum, [, figures]) => sum + (figures.get(key) ?? 0), 0);
    const hidden = told.filter((value) => value === null).length;
    if (hidden > 0) missing += Math.max(0, now.length === 0 ? shown + hidden : shown - current);
    else missing += Math.abs(shown - current);
    if (hidden === 0 && shown === current && shown > 0 && before.length > 0 && now.length > 0) equal += 1;
  }
  const kept = before.filter(([name]) => now.some(([other]) => other === name));
  if (kept.length > 0 && before.length + now.length > 2)
    for (const [, figures] of kept) for (const value of figures.values()) missing += OTHERS_IN * (value ?? 0);
  const names = [before, now].map((told) => told.map(([name]) => name));
  return { missing, equal, named: sharedWords(names[0] ?? [], names[1] ?? []) };
}

/** How many words stand in names of either side. */
function sharedWords(before: readonly string[], now: readonly string[]): number {
  const [old, own] = [before, now].map(
    (names) => new Set(names.flatMap((name) => name.toLowerCase().split(/[^\p{L}\p{N}]+/u))),
  );
  return [...(old ?? [])].filter((word) => own?.has(word)).length;
}
