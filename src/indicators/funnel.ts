import type { SqlRow } from "../engine/engine.ts";
import { groupBy } from "../group-by.ts";
import { average, count, type Indicator, naming, placeOf, share } from "./indicator.ts";

/** The eight steps of the programme (domain.md); the third, the training, is the mentors' own. */
export const STEPS = { mentee: [1, 2, 4, 5, 6, 7, 8], mentor: [1, 2, 3, 4, 5, 6, 7, 8] } as const;

type Role = keyof typeof STEPS;

/** The step at which a duo has started: the mentoring agreement is signed. */
const START = 6;

/**
 * How many entered the programme in the period, how many of them reached each step, which share of those who reached a step reached the next, and the
 * median wait between the two in days. A branch is told who entered and who started a duo.
 * @param rows of indicators.funnel
 */
export function funnel(rows: readonly SqlRow[]): readonly Indicator[] {
  const places = groupBy(rows, (row) => JSON.stringify([row.role, placeOf(row)]));
  return [...places.values()].flatMap(funnelOfPlace);
}

function funnelOfPlace(rows: readonly SqlRow[]): readonly Indicator[] {
  const [first] = rows;
  if (first === undefined) return [];
  const place = placeOf(first);
  const role: Role = first.role === "mentor" ? "mentor" : "mentee";
  const arm = `${role}s`;
  const reached = (step: number): number => Number(rows.find((row) => row.step === step)?.persons ?? 0);
  const stepSet = (step: number): string => `${arm} at step ${step}`;
  const family = `entered ${arm}`;
  const entered = { ...naming(count("entered", arm, place, reached(1)), stepSet(1)), family };
  const startedCounts = { numerator: reached(START), base: reached(1) };
  const started = {
    ...naming(share("entrants_started", arm, place, startedCounts), stepSet(1), stepSet(START)),
    family,
  };
  if (place.dimension !== "total") return [entered, started];
  const steps = STEPS[role].slice(1).flatMap((step, i) => {
    const at = { ...place, dimension: "step", level: String(step) };
    const row = rows.find((one) => one.step === step);
    const previous = STEPS[role][i] ?? 1;
    const conversion = share("step_conversion", arm, at, { numerator: reached(step), base: reached(previous) });
    return [
      { ...naming(count("step_reached", arm, at, reached(step)), stepSet(step)), family: `step ${arm}` },
      { ...naming(conversion, stepSet(previous), stepSet(step)), family: `step ${arm}` },
      {
        ...average("step_wait", arm, at, row === undefined ? null : numberOrNull(row.median_days), {
          unit: "days",
          base: Number(row?.waited ?? 0),
        }),
        family: `step ${arm}`,
      },
    ];
  });
  return [entered, started, ...steps];
}

const numberOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
