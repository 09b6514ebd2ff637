import { light } from "../theme.ts";
import { type PlacedText, placed } from "./layers.ts";

/** Px of a year between the first and the last; one year stands in the middle. */
export function yearAt(years: readonly number[], year: number, left: number, right: number): number {
  const [first, last] = [years[0] ?? year, years.at(-1) ?? year];
  return first === last ? (left + right) / 2 : left + ((year - first) / (last - first)) * (right - left);
}

/** Where moments of a horizontal axis are written: `between` is the least px that two of them leave to each other. */
interface TimeAxis {
  readonly x: (moment: number) => number;
  readonly y: number;
  readonly between: number;
  readonly text: (moment: number) => string;
}

/** The last moment, and those before it that have room. */
export function timeTexts(moments: readonly number[], { x, y, between, text }: TimeAxis): readonly PlacedText[] {
  let next = Number.POSITIVE_INFINITY;
  return moments.toReversed().flatMap((moment) => {
    if (x(moment) > next - between) return [];
    next = x(moment);
    return [placed(x(moment), y, text(moment), { align: "center", colour: light.ink3 })];
  });
}
