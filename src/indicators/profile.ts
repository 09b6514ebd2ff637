import type { SqlRow } from "../engine/engine.ts";
import { groupBy } from "../group-by.ts";
import { count, type Indicator, placeOf } from "./indicator.ts";

/** Characteristics by which the persons of the year's duos are told. */
export const PROFILE_DIMENSIONS = [
  "gender",
  "age_band",
  "origin",
  "qualification",
  "status_on_entry",
  "former_sector",
] as const;

/**
 * Mentees and mentors in duos that started in the period, in all and by characteristic.
 * @param rows of indicators.profile
 */
export function profile(rows: readonly SqlRow[]): readonly Indicator[] {
  const groups = groupBy(rows, ({ role, region, period }) => JSON.stringify([role, region, period]));
  return [...groups.values()].flatMap((own) => {
    const levels = own.map((row) =>
      count("persons_in_duos", `${String(row.role)}s`, placeOf(row), Number(row.persons)),
    );
    const [first] = levels;
    if (first === undefined) return [];
    const all = levels.filter(({ dimension }) => dimension === "gender").reduce((sum, { base }) => sum + base, 0);
    return [count("persons_in_duos", first.arm, { ...first, dimension: "total", level: "total" }, all), ...levels];
  });
}
