import type { SqlRow } from "../engine/engine.ts";
import { groupBy } from "../group-by.ts";
import { average, count, type Indicator, isPooled, naming, placeOf, share } from "./indicator.ts";

/** The eight steps of the programme (domain.md); the third, the training, is the mentors' own. */
export const STEPS = { mentee: [1, 2, 4, 5, 6, 7, 8], mentor: [1, 2, 3, 4, 5, 6, 7, 8] } as const;

type Role = keyof typeof STEPS;

/** The step at which a duo has started: the mentoring agreement is signed. */
const START = 6;

/**
 * How many entered the programme in the period, how many of them reached each step, which share of those who reached a step reached the next, and the
 * median wait between the two in days. A branch is told who entered and who started a duo. Few mentors enter in a year and
 * fewer are lost at a step: their steps are told of several years together, where there are several.
 * @param rows of indicators.funnel
 */
export function funnel(rows: readonly SqlRow[]): readonly Indicator[] {
  const places = groupBy(rows, (row) => JSON.stringify([row.role, placeOf(row)]));
  const hasPooled = rows.some((row) => isPooled(placeOf(row)));
  return [...places.values()].flatMap((own) => funnelOfPlace(own, hasPooled));
}

function funnelOfPlace(rows: readonly SqlRow[], hasPooled: boolean): readonly Indicator[] {
  const [first] = rows;
  if (first === undefined) return [];
  const place = placeOf(first);
  const role: Role = first.role === "mentor" ? "mentor" : "mentee";
  const arm = `${role}s`;
  const reached = (step: number): number => Number(rows.find((row) => row.step === step)?.persons ?? 0);
  const steps: readonly number[] = STEPS[role];
  // mentors who all went on from one step to the next are the same persons, under one name
  const nobodyLost = (step: number, previous: number): boolean =>
    role === "mentor" && reached(step) === reached(previous);
  const stepSet = (step: number): string =>
    `${arm} at step ${steps.find((one) => one === step || nobodyLost(step, one))}`;
  const family = `entered ${arm}`;
  const entered = { ...naming(count("entered", arm, place, reached(1)), stepSet(1)), family };
  const startedCounts = { numerator: reached(START), base: reached(1) };
  const started = {
    ...naming(share("entrants_started", arm, place, startedCounts), stepSet(1), stepSet(START)),
    family,
  };
  if (place.dimension !== "total") return [entered, started];
  if (role === "mentor" && hasPooled && !isPooled(place)) return [entered, started];
  const each = steps.slice(1).flatMap((step, i) => {
    const at = { ...place, dimension: "step", level: String(step) };
    const row = rows.find((one) => one.step === step);
    const previous = steps[i] ?? 1;
    const counts = { numerator: reached(step), base: reached(previous) };
    const conversion = naming(share("step_conversion", arm, at, counts), stepSet(previous), stepSet(step));
    return [
      { ...naming(count("step_reached", arm, at, reached(step)), stepSet(step)), family: `step ${arm}` },
      { ...(nobodyLost(step, previous) ? everybody(conversion) : conversion), family: `step ${arm}` },
      {
        ...average("step_wait", arm, at, row === undefined ? null : numberOrNull(row.median_days), {
          unit: "days",
          base: Number(row?.waited ?? 0),
        }),
        family: `step ${arm}`,
      },
    ];
  });
  return [entered, started, ...each];
}

/** That no mentor was lost at a step may be told wherever the number of those who went on may: it says nothing of a person. */
function everybody(conversion: Indicator): Indicator {
  return { ...conversion, kind: "mean", sets: { base: conversion.sets?.base ?? [], numerator: [] } };
}

const numberOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
