import { UserError } from "../../user-error.ts";
import type { Place } from "../place.ts";
import { connected } from "../suppression/connected.ts";
import type { Block } from "./regrouping.ts";

/** By dimension (`region` too), the groups of an earlier edition that the persons of each new group were in. */
export type Regrouped = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Name of the dimension under which a project declares regions. */
export const REGION = "region";

/**
 * Refuses declarations of old groups that none of the earlier editions tells of.
 * @throws UserError with a line for each
 */
export function checkDeclared(regrouped: Regrouped = {}, earlier: ReadonlyArray<{ readonly place: Place }>): void {
  const told = new Set(
    earlier.flatMap(({ place: { region, dimension, level } }) => [`${REGION} ${region}`, `${dimension} ${level}`]),
  );
  const problems = Object.entries(regrouped).flatMap(([dimension, groups]) =>
    Object.entries(groups).flatMap(([name, old]) =>
      old
        .filter((one) => !told.has(`${dimension} ${one}`))
        .map((one) => `disclosure.regrouped.${dimension}.${name}: no earlier edition tells of '${one}'`),
    ),
  );
  if (problems.length > 0) throw new UserError(problems);
}

/**
 * Which groups of an earlier edition are, together, which of this one, as declared: a declaration holds where the earlier
 * edition tells of one of its old groups; all others go by names.
 * @returns null where nothing is declared of them, or of groups of which this edition doesn't tell: then it is guessed
 */
export function declaredBlocks(
  before: readonly string[],
  now: readonly string[],
  declared: Regrouped[string] | undefined,
): readonly Block[] | null {
  if (declared === undefined) return null;
  const isUntold = ([name, old]: readonly [string, readonly string[]]): boolean =>
    !now.includes(name) && old.some((one) => before.includes(one));
  if (Object.entries(declared).some(isUntold)) return null;
  const links = now.flatMap((name, k) => {
    const old = (declared[name] ?? []).filter((one) => before.includes(one));
    return (old.length > 0 ? old : [name]).flatMap((one) => {
      const i = before.indexOf(one);
      return i < 0 ? [] : [[i, before.length + k] as const];
    });
  });
  const rows = links.map(([i, k]) => ({ terms: [[i, 1] as const, [k, 1] as const], lower: 0, upper: 0 }));
  const linked = connected(before.length + now.length, rows).map(({ variables }) => variables);
  const blocks = linked.map((variables) => ({
    before: [...variables].flatMap((i) => before[i] ?? []),
    now: [...variables].flatMap((i) => now[i - before.length] ?? []),
  }));
  const known = new Set(blocks.flatMap((block) => block.before));
  return [...blocks, ...before.filter((one) => !known.has(one)).map((one) => ({ before: [one], now: [] }))];
}
