import type { SqlRow } from "../engine/engine.ts";
import { average, count, type Indicator, type IndicatorPlace, isPooled, naming, placeOf, share } from "./indicator.ts";

const CAPACITY = ["active", "waiting_first", "waiting_next", "dormant"] as const;

/**
 * Trained mentors on the period's last day and what they do: in a duo, waiting for their first, between two, without a
 * duo for 24 months. `mentors_with_several_duos` breaks the rule of one mentee at a time.
 * @param rows of indicators.mentor_capacity
 */
export const mentorCapacity = (rows: readonly SqlRow[]): readonly Indicator[] =>
  rows.flatMap((row) => {
    const place = placeOf(row);
    if (isPooled(place)) return [];
    const trained = naming(count("mentors_trained", "mentors", place, Number(row.trained)), "mentors trained");
    const counts = { numerator: Number(row.active), base: Number(row.trained) };
    const active = {
      ...naming(share("mentors_active", "mentors", place, counts), "mentors trained", "mentors active"),
      family: "mentors_trained mentors",
    };
    if (place.dimension !== "total") return [trained, active];
    const statuses = CAPACITY.map((status) =>
      naming(
        count(
          "mentors_trained",
          "mentors",
          { ...place, dimension: "availability", level: status },
          Number(row[status]),
        ),
        `mentors ${status}`,
      ),
    );
    const several = count("mentors_with_several_duos", "mentors", place, Number(row.several_duos));
    return [trained, active, several, ...statuses];
  });

/**
 * Of the mentors whose first duo ended in the period, the share who started another one: by the day of the data, and
 * within so many months for those whose first duo ended at least that long ago (the retention curve). Few end in one
 * year, so the curve is that of all years together where there are several.
 * @param rows of indicators.mentor_returns
 */
export function mentorReturns(rows: readonly SqlRow[]): readonly Indicator[] {
  const hasPooled = rows.some((row) => isPooled(placeOf(row)));
  return rows.flatMap((row) => {
    const place = placeOf(row);
    const counts = { numerator: Number(row.returned), base: Number(row.mentors) };
    const returned = (at: IndicatorPlace): Indicator => share("mentors_returned", "mentors", at, counts);
    const isAll = place.dimension === "total";
    if (row.since === "all")
      return isAll ? [{ ...returned(place), weight: 20, guard: { within: null } }] : [returned(place)];
    if (!isAll || (hasPooled && !isPooled(place))) return [];
    const at = { ...place, dimension: "months_since_first_duo", level: String(row.since) };
    return [{ ...returned(at), guard: { within: Number(row.since) } }];
  });
}

const DUO_COUNTS = { "1": "one", "2": "two", "3+": "three_or_more" } as const;

/**
 * Mentors with a started duo by the period's last day, their duos so far, and the median days from the end of one duo
 * to the start of the next, for those that started in the period.
 * @param rows of indicators.mentor_duos
 */
export const mentorDuoCounts = (rows: readonly SqlRow[]): readonly Indicator[] =>
  rows.flatMap((row) => {
    const place = placeOf(row);
    const [mentors, duos] = [Number(row.mentors), Number(row.duos)];
    const perMentor = average("duos_per_mentor", "mentors", place, mentors > 0 ? duos / mentors : null, {
      unit: "ratio",
      base: mentors,
      ...(duos > 0 ? { largestShare: Number(row.most) / duos } : {}),
    });
    const all = naming(count("mentors_with_duo", "mentors", place, mentors), "mentors with duo");
    const family = `${all.metric} mentors`;
    const isSplit = place.dimension === "total";
    const levels = isSplit ? Object.keys(DUO_COUNTS).map((level) => ({ family, dimension: "duos", level })) : [];
    // mentors times mean are all duos: what the mentors with one leave over says how many of the others have more than two
    const mean = { ...naming(perMentor, "mentors with duo"), guard: { alongside: [{ family }, ...levels] } };
    const gap = average(
      "days_between_duos",
      "mentors",
      place,
      row.median_days === null ? null : Number(row.median_days),
      {
        unit: "days",
        base: Number(row.waited),
      },
    );
    if (isPooled(place)) return [gap];
    const own = [all, mean, gap];
    if (!isSplit) return own;
    const split = Object.entries(DUO_COUNTS).map(([level, column]) =>
      count("mentors_with_duo", "mentors", { ...place, dimension: "duos", level }, Number(row[column])),
    );
    return [...own, ...split];
  });
