import { type Programme, type Solver, solved } from "../disclose/solver.ts";
import { enumerated } from "./enumerate.ts";
import type { PublishedEdition } from "./published.ts";
import { type Line, suspicionsOf } from "./suspicions.ts";

/** A group that the published files give away: it has fewer people than may be shown. */
export interface Recovered {
  readonly what: string;
  readonly least: number;
  readonly most: number;
}

/** What a stranger got out of the files. */
export interface Audit {
  readonly recovered: readonly Recovered[];
  /** Statuses that differ between files. */
  readonly disagreements: readonly string[];
  /** Numbers looked for, and equations written down. */
  readonly targets: number;
  readonly equations: number;
}

/**
 * Attacks published editions with nothing but what they show: writes down every equation, bounds every number that is
 * hidden or was never told, and lists those that must lie below the threshold. Knows nothing of how they were hidden.
 * @param editions the one under audit first, then an earlier one
 */
export function audit(editions: readonly PublishedEdition[], solver: Solver): Audit {
  const { unknowns, lines } = suspicionsOf(editions);
  const threshold = editions[0]?.threshold ?? 5;
  const fixed = new Map(
    [...unknowns.values()].filter((own) => own.least === own.most).map((own) => [own.name, own.least]),
  );
  const open = lines.flatMap((line): readonly Line[] => {
    const terms = line.terms.filter(([name]) => !fixed.has(name));
    const known = line.terms.reduce((sum, [name, factor]) => sum + factor * (fixed.get(name) ?? 0), 0);
    return terms.length === 0 ? [] : [{ terms, lower: line.lower - known, upper: line.upper - known }];
  });
  const targets = [...unknowns.values()].filter(({ isTarget }) => isTarget);
  const recovered = targets.flatMap(({ name }): readonly Recovered[] => {
    const value = fixed.get(name);
    const [least, most] = value === undefined ? bounds(name, open, unknowns, solver) : [value, value];
    return most < threshold && most > 0 ? [{ what: name, least, most }] : [];
  });
  const disagreements = editions.flatMap((edition) => edition.disagreements);
  return { recovered, disagreements, targets: targets.length, equations: lines.length };
}

type Unknowns = ReturnType<typeof suspicionsOf>["unknowns"];

function bounds(target: string, lines: readonly Line[], unknowns: Unknowns, solver: Solver): readonly [number, number] {
  const names = new Set([target]);
  const own = new Set<Line>();
  for (let before = -1; before < own.size; ) {
    before = own.size;
    for (const line of lines)
      if (!own.has(line) && line.terms.some(([name]) => names.has(name))) {
        own.add(line);
        for (const [name] of line.terms) names.add(name);
      }
  }
  const order = [...names];
  const beyond =
    1000 +
    10 * Math.max(0, ...[...own].flatMap(({ lower, upper }) => [lower, upper].filter(Number.isFinite).map(Math.abs)));
  const programme: Omit<Programme, "sense"> = {
    isWhole: true,
    objective: [[0, 1]],
    rows: [...own].map((line) => ({
      ...line,
      terms: line.terms.map(([name, c]) => [order.indexOf(name), c] as const),
    })),
    lower: order.map((name) => unknowns.get(name)?.least ?? 0),
    upper: order.map((name) => Math.min(beyond, unknowns.get(name)?.most ?? beyond)),
  };
  const end = (sense: Programme["sense"]): number => {
    const small = enumerated({ ...programme, sense });
    return Math.round(small ?? solved(solver, { ...programme, sense }).objective);
  };
  return [end("minimize"), end("maximize")];
}
