import { END_REASONS } from "../catalogue/staging.ts";
import type { SqlRow } from "../engine/engine.ts";
import { groupBy } from "../group-by.ts";
import { count, type Indicator, isPooled, naming, placeOf, share } from "./indicator.ts";

/** Reasons for which a duo counts as completed: it ran its course, or ended because a job was found. */
const COMPLETED = ["completed", "job_found"] as const;

/** How much rather others are hidden than the duos that started, the programme's first number and that of its costs. */
const STARTED_WEIGHT = 20;

/** What changes the number of duos that run. */
const FLOW = { came: "duos_started", left: "duos_ended" };

/**
 * Duos created, started, running on the period's last day and ended in it, with the share completed; by reason for
 * regions and the network.
 * @param rows of indicators.duos
 */
export function duoIndicators(rows: readonly SqlRow[]): readonly Indicator[] {
  const places = groupBy(rows, (row) => JSON.stringify(placeOf(row)));
  return [...places.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const place = placeOf(first);
    const duos = (status: string): number => Number(own.find((row) => row.status === status)?.duos ?? 0);
    const completed = COMPLETED.reduce((sum, reason) => sum + duos(`ended_${reason}`), 0);
    const reasons =
      place.dimension === "total"
        ? [...END_REASONS, "unknown"].map((reason) =>
            naming(
              count(
                "duos_ended",
                "duos",
                { ...place, dimension: "end_reason", level: reason },
                duos(`ended_${reason}`),
              ),
              `duos ended: ${reason}`,
            ),
          )
        : [];
    return [
      count("duos_created", "duos", place, duos("created")),
      { ...count("duos_started", "duos", place, duos("started")), weight: STARTED_WEIGHT },
      ...(isPooled(place) ? [] : [{ ...count("duos_running", "duos", place, duos("running")), flow: FLOW }]),
      naming(count("duos_ended", "duos", place, duos("ended")), "duos ended"),
      {
        ...naming(
          share("duos_completed", "duos", place, { numerator: completed, base: duos("ended") }),
          "duos ended",
          ...COMPLETED.map((reason) => `duos ended: ${reason}`),
        ),
        family: "duos_ended duos",
      },
      ...reasons,
    ];
  });
}
