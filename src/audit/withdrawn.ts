import type { Solver } from "../disclose/solver.ts";
import { doesFit } from "./recover.ts";
import { BELIEFS, type Belief, type Line, type Unknown } from "./sheet.ts";

/** Beliefs about two editions: where one of them is wrong, no reader knows which. */
const ALL_OR_NONE: ReadonlySet<Belief> = new Set(["regions", "levels", "some came or left", "unchanged"]);

/**
 * What is left of what a reader believes where no numbers fit all of it: beliefs are taken up one after the other, the
 * surest first, each unless it contradicts those before; of what is believed of two editions a whole kind is. What the
 * files say themselves stands in any case.
 * @param contradictory names of numbers, one of each group that nothing fits
 */
export function withoutContradicted(
  unknowns: readonly Unknown[],
  lines: readonly Line[],
  contradictory: readonly string[],
  solver: Solver,
): readonly Line[] {
  const left = new Set(lines);
  for (const name of contradictory) {
    const near = around(unknowns, lines, name);
    const own = unknowns.filter((unknown) => near.has(unknown.name));
    const concerned = lines.filter(({ terms }) => terms.every(([other]) => near.has(other)));
    const kept = concerned.filter(({ belief }) => belief === undefined);
    const take = (some: readonly Line[], isWhole: boolean): void => {
      if (some.length === 0) return;
      if (doesFit(own, [...kept, ...some], solver)) kept.push(...some);
      else if (some.length > 1 && !isWhole) {
        take(some.slice(0, some.length / 2), isWhole);
        take(some.slice(some.length / 2), isWhole);
      }
    };
    if (!doesFit(own, kept, solver)) continue;
    for (const kind of BELIEFS)
      take(
        concerned.filter(({ belief }) => belief === kind),
        ALL_OR_NONE.has(kind),
      );
    for (const line of concerned) left.delete(line);
    for (const line of kept) left.add(line);
  }
  return lines.filter((line) => left.has(line));
}

/** All numbers that hang together with one, by others that aren't shown, and those shown beside them. */
function around(unknowns: readonly Unknown[], lines: readonly Line[], from: string): ReadonlySet<string> {
  const shown = new Set(unknowns.flatMap(({ name, least, most }) => (least === most ? [name] : [])));
  const linesOf = new Map<string, Line[]>();
  for (const line of lines)
    for (const [name] of line.terms) {
      const own = linesOf.get(name) ?? [];
      own.push(line);
      linesOf.set(name, own);
    }
  const reached = new Set([from]);
  for (const name of reached)
    if (name === from || !shown.has(name))
      for (const { terms } of linesOf.get(name) ?? []) for (const [other] of terms) reached.add(other);
  return reached;
}
