import { light } from "../theme.ts";
import type { Labelled, LabelledInterval } from "./chart.ts";
import type { KeyItem } from "./key.ts";
import {
  beside,
  type Frame,
  filledCircle,
  gridMark,
  type Hairline,
  intervals,
  type Layer,
  link,
  openDiamond,
  plot,
  points,
  type Row,
  uprights,
  zeroMark,
} from "./layers.ts";
import { type PlotScale, plotScale, roundTicks } from "./plot-scale.ts";
import { type Band, bottomOf, intervalRow } from "./rows.ts";
import { tipText } from "./tips.ts";

/** One comparison of two groups; `words` say why where there are no values. */
export interface DotIntervalRow {
  readonly name: string;
  readonly detail?: string;
  readonly values?: { readonly a: Labelled; readonly b: Labelled; readonly difference: LabelledInterval };
  readonly words?: string;
  /** The last row, ruled and bold, that sums up the others. */
  readonly sum?: boolean;
}

export interface DotIntervalInput {
  /** BCP 47, for the text of ticks. */
  readonly locale: string;
  readonly words: {
    /** Headers; `\n` breaks a line. */
    readonly name: string;
    readonly rates: string;
    readonly difference: string;
    readonly value: string;
    /** Names of the two plots on a telephone. */
    readonly ratesShort: string;
    readonly differenceShort: string;
    /** The key: groups (filled circle, open diamond), solid and outlined bars. */
    readonly a: string;
    readonly b: string;
    readonly solid: string;
    readonly outlined: string;
  };
  readonly rows: readonly DotIntervalRow[];
}

/** Room for a rate's text beside its mark. */
const RATE_INSET = { left: 50, right: 50 };
export const PERCENT = [0, 100] as const;
export const ANY = [-Infinity, Infinity] as const;

export interface Scales {
  readonly rates: PlotScale;
  readonly difference: PlotScale;
}

interface Stretch {
  readonly top: number;
  readonly bottom: number;
}

/** Ticks, marks and intervals of both panels; upright lines run along `stretches`, in pixels from the top. */
export function plotLayers(
  frame: Frame,
  scales: Scales,
  rates: readonly Stretch[],
  differences: readonly Stretch[] = rates,
): readonly Layer[] {
  const lines = (ticks: readonly number[], stretches: readonly Stretch[]): readonly Row[] =>
    ticks.flatMap((value) => stretches.map((stretch) => ({ value, ...stretch })));
  const rateTicks = roundTicks(scales.rates, 60, PERCENT);
  const ticks = roundTicks(scales.difference, 60, ANY).filter((tick) => tick !== 0);
  return [
    plot(
      uprights(frame, scales.rates, lines(rateTicks, rates), gridMark),
      link(frame, scales.rates, "low", "high"),
      points(frame, scales.rates, "b", openDiamond),
      points(frame, scales.rates, "a", filledCircle),
      beside(frame, scales.rates, "low", "lowText", -12),
      beside(frame, scales.rates, "high", "highText", 12),
    ),
    plot(
      uprights(frame, scales.difference, lines(ticks, differences), gridMark),
      uprights(frame, scales.difference, lines([0], differences), zeroMark),
      ...intervals(frame, scales.difference),
    ),
  ];
}

/** One row of the specification's data: its values, and the pixels at which its marks stand. */
export function rowValues(
  row: DotIntervalRow,
  words: DotIntervalInput["words"],
  rateMiddle: number,
  differenceMiddle: number,
): Row {
  const base = { name: row.name, strong: row.sum === true, markY: rateMiddle };
  if (row.values === undefined) return base;
  const { a, b, difference } = row.values;
  const [low, high] = a.value < b.value ? [a, b] : [b, a];
  return {
    ...base,
    tip: tipText(
      row.name,
      `${words.a}: ${a.text}`,
      `${words.b}: ${b.text}`,
      `${words.differenceShort}: ${difference.text} ${difference.intervalText}`,
    ),
    a: a.value,
    b: b.value,
    low: low.value,
    lowText: low.text,
    high: high.value,
    highText: high.text,
    ...intervalRow(difference, differenceMiddle, row.sum === true),
  };
}

/** Scales that hold every interval, 0 of the difference too; ranges are in pixels. */
export function scalesOf(
  { rows }: DotIntervalInput,
  rates: readonly [number, number],
  difference: readonly [number, number],
): Scales {
  const values = rows.flatMap((row) => (row.values === undefined ? [] : [row.values]));
  const differences = values.flatMap(({ difference: d }) => [d.lower, d.estimate, d.upper]);
  return {
    rates: plotScale(
      values.flatMap(({ a, b }) => [a.value, b.value]),
      rates,
      RATE_INSET,
    ),
    difference: plotScale([0, ...differences], difference, { left: 24, right: 8 }),
  };
}

/** What the marks mean, in the chart's words. */
export function keyItems({ words }: DotIntervalInput): readonly KeyItem[] {
  return [
    { shape: "circle", text: words.a },
    { shape: "diamond", text: words.b },
    { shape: "solidBar", text: words.solid },
    { shape: "outlinedBar", text: words.outlined },
  ];
}

/** Hairlines under the header and under every row; darker above a row of sums. */
export function ruleLines({ rows }: DotIntervalInput, bands: readonly Band[], header: Band): readonly Hairline[] {
  const under = bands.map((band, i) => ({
    y: bottomOf(band) - 0.5,
    colour: i === bands.length - 1 ? light.rule : rows[i + 1]?.sum === true ? light.axis : light.grid,
  }));
  return [{ y: bottomOf(header) - 0.5, colour: light.axis }, ...under];
}

/** A drawing as high as its last row reaches. */
export function frameOf(width: number, bands: readonly Band[], header: Band): Frame {
  return { width, height: bottomOf(bands.at(-1) ?? header) };
}

/** Bands of the rows that have values. */
export function filledBands({ rows }: DotIntervalInput, bands: readonly Band[]): readonly Band[] {
  return bands.filter((_, i) => rows[i]?.values !== undefined);
}

/** Where row `i` stands; a row that wasn't laid out is a bug. */
export function bandAt(bands: readonly Band[], i: number): Band {
  const band = bands[i];
  if (band === undefined) throw new Error(`no row ${i}`);
  return band;
}
