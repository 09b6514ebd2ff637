/* The obvious oracle of nearest matching: looks at every pair, every time. */

export interface GreedyUnit {
  /** Position, which is the order of ids too. */
  readonly unit: number;
  readonly treated: boolean;
  readonly block: number;
}

export interface GreedySettings {
  readonly ratio: number;
  readonly replace: boolean;
  readonly caliper: number;
  readonly order: "largest" | "smallest" | "closest" | "data";
  /** Which of two controls as near comes first; by id where absent. */
  readonly tie?: (treated: number, a: number, b: number) => number;
}

export interface GreedyPair {
  readonly treated: number;
  readonly control: number;
  readonly distance: number;
}

/** Pairs in the order they are made; `score` orders participants, `distance` compares. */
export function greedyPairs(
  units: readonly GreedyUnit[],
  score: (unit: number) => number,
  distance: (a: number, b: number) => number,
  { ratio, replace, caliper, order, tie = (_, a, b) => a - b }: GreedySettings,
): GreedyPair[] {
  const treated = units.filter((u) => u.treated);
  const controls = units.filter((u) => !u.treated);
  const used = new Set<number>();
  const pairs: GreedyPair[] = [];
  const own = (t: GreedyUnit) => new Set(pairs.filter((pair) => pair.treated === t.unit).map((pair) => pair.control));
  const candidates = (t: GreedyUnit): GreedyPair[] => {
    const mine = own(t);
    return controls
      .filter((c) => c.block === t.block && !mine.has(c.unit) && (replace || !used.has(c.unit)))
      .map((c) => ({ treated: t.unit, control: c.unit, distance: distance(t.unit, c.unit) }))
      .filter((pair) => pair.distance <= caliper);
  };
  const make = (pair: GreedyPair | undefined) => {
    if (pair === undefined) return;
    used.add(pair.control);
    pairs.push(pair);
  };
  for (let round = 1; round <= ratio; round++) {
    const waiting = new Set(treated);
    while (waiting.size > 0) {
      const asked = order === "closest" ? [...waiting] : [chooser(waiting, score, order)];
      const best = asked
        .flatMap(candidates)
        .sort((a, b) => a.distance - b.distance || a.treated - b.treated || tie(a.treated, a.control, b.control))[0];
      make(best);
      for (const t of asked) if (best === undefined || t.unit === best.treated) waiting.delete(t);
    }
  }
  return pairs;
}

function chooser(waiting: Set<GreedyUnit>, score: (unit: number) => number, order: "largest" | "smallest" | "data") {
  const sign = order === "largest" ? -1 : order === "smallest" ? 1 : 0;
  const [first] = [...waiting].sort((a, b) => sign * (score(a.unit) - score(b.unit)) || a.unit - b.unit);
  if (first === undefined) throw new Error("nobody is waiting");
  return first;
}
