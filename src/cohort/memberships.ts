import { sqlOf, tableOf } from "../catalogue/catalogue.ts";
import { PATTERNS } from "../catalogue/patterns.ts";
import { quoteName, type SqlEngine } from "../engine/engine.ts";

/** Distinct persons by the populations they are in, which tells any two populations apart without telling who is in them. */
export interface Membership {
  readonly arm: "participants" | "controls";
  /** Numbers of all populations that these persons are in, ascending. */
  readonly populations: readonly number[];
  readonly persons: number;
}

/** Forgets all populations. */
export async function clearMembers(engine: SqlEngine): Promise<void> {
  const none = new Int32Array();
  await engine.load("patterns.population", { population: none });
  await engine.load("patterns.members", { population: none, arm: none, person_key: none });
}

/**
 * Remembers, in the engine, the persons of the matched patterns as one population; a matched pattern's month is mature.
 * `patterns.matched` holds these patterns afterwards.
 * @param population its number, used once
 * @param matchedKeys keys of the patterns that stand in the engine now
 */
export async function addMembers(engine: SqlEngine, population: number, matchedKeys: Iterable<number>): Promise<void> {
  await engine.load("patterns.population", { population: Int32Array.of(population) });
  await engine.load("patterns.matched", { key: Int32Array.from(matchedKeys) });
  const { name, text } = sqlOf(PATTERNS.members);
  await engine.execute({ name, text: `insert into ${quoteName(name)}\n${text}` });
}

/** Counts the persons of all populations that were added. */
export async function readMemberships(engine: SqlEngine): Promise<readonly Membership[]> {
  await engine.build(sqlOf(PATTERNS.memberships), PATTERNS.memberships.grain);
  return (await engine.rows(tableOf(PATTERNS.memberships))).map(({ arm, populations, persons }) => ({
    arm: arm === 1 ? "participants" : "controls",
    populations: String(populations).split(" ").map(Number),
    persons: Number(persons),
  }));
}
