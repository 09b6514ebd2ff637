import {
  jobChance,
  KINDS,
  type Kind,
  lossChance,
  MONTHS,
  PLACED_FROM,
  startChance,
  WINDOW,
  type World,
} from "./worlds.ts";

/** What a world holds true, computed exactly (no simulation): every step is a Markov chain of known chances. */
export interface Chances {
  /** Chance of placement by kind and index month, for persons at risk who start in it, and who do not. */
  readonly started: readonly Float64Array[];
  readonly notYet: readonly Float64Array[];
  /** Mean effect on the participants of the world, had it infinitely many persons. */
  readonly population: number;
}

export function chancesOf(world: World): Chances {
  const table = (startsNow: boolean) =>
    KINDS.map((kind) => Float64Array.from({ length: MONTHS }, (_, month) => placed(world, kind, month, startsNow)));
  const [started, notYet] = [table(true), table(false)];
  let [gains, starts] = [0, 0];
  KINDS.forEach((kind, k) => {
    startsByMonth(world, kind).forEach((mass, month) => {
      starts += mass;
      gains += mass * ((started[k]?.[month] ?? 0) - (notYet[k]?.[month] ?? 0));
    });
  });
  return { started, notYet, population: gains / starts };
}

/** Chance of placement of one at risk at the index month; who does not start in it may start later, as controls may. */
function placed(world: World, kind: Kind, index: number, startsNow: boolean): number {
  // chance[started][in work][months worked so far, capped]
  const empty = () => [0, 1].map(() => [0, 1].map(() => new Float64Array(PLACED_FROM + 1)));
  let chance = empty();
  add(chance, startsNow ? 1 : 0, 0, 0, 1);
  for (let month = index; month < index + WINDOW; month++) {
    const next = empty();
    for (const started of [0, 1] as const)
      for (const working of [0, 1] as const)
        for (let worked = 0; worked <= PLACED_FROM; worked++) {
          const mass = chance[started]?.[working]?.[worked] ?? 0;
          if (mass === 0) continue;
          const mayStart = started === 0 && working === 0 && month > index;
          const begins = mayStart ? startChance(world, kind, month) : 0;
          for (const [now, share] of [[started, 1 - begins] as const, [1, begins] as const]) {
            const works = working === 1 ? 1 - lossChance(kind) : jobChance(world, kind, month, now);
            add(next, now, 1, Math.min(PLACED_FROM, worked + 1), mass * share * works);
            add(next, now, 0, worked, mass * share * (1 - works));
          }
        }
    chance = next;
  }
  return chance.flat().reduce((total, worked) => total + (worked[PLACED_FROM] ?? 0), 0);
}

/** Expected starts by index month of one person of the world, times the share of the kind. */
function startsByMonth(world: World, kind: Kind): Float64Array {
  const loss = lossChance(kind);
  let seeking = kind.share * (loss / (loss + jobChance(world, kind, 0, 0)));
  let working = kind.share - seeking;
  return Float64Array.from({ length: MONTHS }, (_, month) => {
    const starts = seeking * startChance(world, kind, month);
    const stay = seeking - starts;
    const job = jobChance(world, kind, month, 0);
    [seeking, working] = [stay * (1 - job) + working * loss, stay * job + working * (1 - loss)];
    return starts;
  });
}

function add(
  chance: readonly (readonly Float64Array[])[],
  started: number,
  working: number,
  worked: number,
  mass: number,
) {
  const cell = chance[started]?.[working];
  if (cell !== undefined) cell[worked] = (cell[worked] ?? 0) + mass;
}
