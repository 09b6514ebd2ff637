import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { shown } from "./bands.ts";
import { byExact, byWeighting, type Found } from "./methods.ts";
import { type Simulated, simulate } from "./replicate.ts";
import type { Shaped } from "./shape.ts";
import { byTwins } from "./twins.ts";
import { WORLDS, type WorldName, worldOf } from "./worlds.ts";

/*
 * Writes coverage.csv and profile.csv beside this file: npx tsx test/simulation/coverage.ts [replicates]
 * Small worlds get that many replicates (4,000 by default), large ones an eighth.
 */
const FOLDER = import.meta.dirname;

export const COLUMNS = "world,persons,replicates,method,error,truth,unanswered,covered,coverage,bias,sd,se,shown";
const PROFILE = "world,replicates,participants,matched,control_rows,control_persons,crossed_share";

/** Replicates of a world where small ones get `replicates`: a large sample costs twenty times a small one. */
export const replicatesOf = (name: WorldName, replicates: number): number =>
  WORLDS[name].persons > 1000 ? Math.ceil(replicates / 8) : replicates;

/** Every method that answers in a world: strata of few units are for exact matching, and so are the twins' worlds. */
export function methodsOf(name: WorldName): (shaped: Shaped) => Found[] {
  if (WORLDS[name].areas > 1) return byExact;
  if (name === "large own-month" || name === "large two years") return (s) => [...byExact(s), ...byTwins(s)];
  return (s) => [...byExact(s), ...byWeighting(s), ...byTwins(s)];
}

/** One line a method, error and truth of one world. */
export function linesOf(name: WorldName, replicates: number, { tallies }: Simulated): string[] {
  return tallies.map(({ world, method, error, truth, answered, covered, gap, squares, variance }) =>
    [
      ...[world, WORLDS[name].persons, replicates, method, error, truth, replicates - answered, covered],
      (covered / answered).toFixed(4),
      ...[gap / answered, Math.sqrt(squares / answered), Math.sqrt(variance / answered)].map((x) => x.toFixed(5)),
      shown(covered, answered),
    ].join(","),
  );
}

function profileLine(name: WorldName, { profile }: Simulated): string {
  const { replicates, participants, matched, controlRows, controlPersons, crossed } = profile;
  const means = [participants, matched, controlRows, controlPersons].map((total) => (total / replicates).toFixed(1));
  return [name, replicates, ...means, (crossed / controlRows).toFixed(3)].join(",");
}

if (process.argv[1]?.endsWith(join("test", "simulation", "coverage.ts"))) {
  const asked = Number(process.argv[2] ?? 4000);
  const lines: string[] = [];
  const profiles: string[] = [];
  for (const name of Object.keys(WORLDS) as WorldName[]) {
    const replicates = replicatesOf(name, asked);
    const simulated = simulate(worldOf(name), replicates, methodsOf(name));
    lines.push(...linesOf(name, replicates, simulated));
    profiles.push(profileLine(name, simulated));
    process.stderr.write(`${name}: ${replicates} replicates\n`);
  }
  writeFileSync(join(FOLDER, "coverage.csv"), `${[COLUMNS, ...lines].join("\n")}\n`);
  writeFileSync(join(FOLDER, "profile.csv"), `${[PROFILE, ...profiles].join("\n")}\n`);
}
