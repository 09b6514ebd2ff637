import type { Chances } from "./chances.ts";
import { chancesOf } from "./chances.ts";
import { drawSample, type Row } from "./draw.ts";
import type { Found } from "./methods.ts";
import { type Shaped, shape } from "./shape.ts";
import type { World } from "./worlds.ts";

/** What an interval is held against. */
export const TRUTHS = ["sample", "matched", "population"] as const;
export type Truth = (typeof TRUTHS)[number];

/** How often one method's intervals held one truth, and where its estimates lay. */
export interface Tally {
  readonly world: string;
  readonly method: string;
  readonly error: string;
  readonly truth: Truth;
  /** Replicates that had an interval, and those whose interval held the truth. */
  answered: number;
  covered: number;
  /** Sums of (estimate - truth), of its square, and of squared errors. */
  gap: number;
  squares: number;
  variance: number;
}

/** What a world's samples look like, on average. */
export interface Profile {
  replicates: number;
  participants: number;
  matched: number;
  controlRows: number;
  controlPersons: number;
  /** Control rows whose person starts a duo within the window. */
  crossed: number;
}

export interface Simulated {
  readonly tallies: readonly Tally[];
  readonly profile: Profile;
}

/** Draws the replicates 1 to `replicates` of a world and holds each method's interval against the three truths. */
export function simulate(world: World, replicates: number, methods: (shaped: Shaped) => readonly Found[]): Simulated {
  const chances = chancesOf(world);
  const tallies = new Map<string, Tally>();
  const profile: Profile = { replicates, participants: 0, matched: 0, controlRows: 0, controlPersons: 0, crossed: 0 };
  for (let replicate = 1; replicate <= replicates; replicate++) {
    const rows = drawSample(world, replicate);
    const shaped = shape(rows, world.areas);
    const all = methods(shaped);
    for (const found of all) count(tallies, world.name, found, truthsOf(shaped, found.weights, chances));
    addProfile(profile, shaped, all[0]);
  }
  return { tallies: [...tallies.values()], profile };
}

/**
 * The three truths of one sample, over its matched participants: the effect they realised (both lives are known here),
 * their mean expected effect by kind and month (frailty too), and the mean effect on participants of the whole world.
 */
export function truthsOf({ rows, keys }: Shaped, weights: Float64Array, chances: Chances): Record<Truth, number> {
  let [participants, realised, expected] = [0, 0, 0];
  rows.forEach((row, i) => {
    if (row.arm !== 1 || !((weights[keys[i] ?? -1] ?? 0) > 0)) return;
    participants++;
    realised += row.y - row.without;
    expected += gainOf(row, chances);
  });
  return { sample: realised / participants, matched: expected / participants, population: chances.population };
}

const gainOf = ({ kind, month }: Row, { started, notYet }: Chances): number =>
  (started[kind]?.[month] ?? 0) - (notYet[kind]?.[month] ?? 0);

function count(tallies: Map<string, Tally>, world: string, found: Found, truths: Record<Truth, number>): void {
  const { method, error, estimate, se, lower, upper } = found;
  for (const truth of TRUTHS) {
    const name = `${method}/${error}/${truth}`;
    const fresh = { world, method, error, truth, answered: 0, covered: 0, gap: 0, squares: 0, variance: 0 };
    const tally = tallies.get(name) ?? fresh;
    tallies.set(name, tally);
    if (estimate === null || se === null || lower === null || upper === null) continue;
    tally.answered++;
    if (lower <= truths[truth] && truths[truth] <= upper) tally.covered++;
    tally.gap += estimate - truths[truth];
    tally.squares += (estimate - truths[truth]) ** 2;
    tally.variance += se ** 2;
  }
}

function addProfile(profile: Profile, { rows, keys }: Shaped, found: Found | undefined): void {
  const controls = rows.filter((row) => row.arm === 0);
  profile.participants += rows.length - controls.length;
  profile.matched += rows.filter((row, i) => row.arm === 1 && (found?.weights[keys[i] ?? -1] ?? 0) > 0).length;
  profile.controlRows += controls.length;
  profile.controlPersons += new Set(controls.map((row) => row.person)).size;
  profile.crossed += controls.filter((row) => row.crossed).length;
}
