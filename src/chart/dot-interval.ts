import { grid, light } from "../theme.ts";
import type { ChartPair, ChartSpec, Labelled, LabelledInterval } from "./chart.ts";
import { type KeyItem, keyLayers, keyTexts, placeKey } from "./key.ts";
import {
  beside,
  chartSpec,
  type Frame,
  filledCircle,
  gridMark,
  type Hairline,
  hairlines,
  intervals,
  type Layer,
  link,
  openDiamond,
  type PlacedText,
  placed,
  plot,
  points,
  type Row,
  textLayers,
  uprights,
  zeroMark,
} from "./layers.ts";
import { textWidth } from "./metrics.ts";
import { type PlotScale, plotScale, position, roundTicks, tickText } from "./plot-scale.ts";
import {
  type Band,
  bottomOf,
  headerText,
  intervalRow,
  inWords,
  middleOf,
  smallText,
  stack,
  twoTexts,
  twoTextsHeight,
} from "./rows.ts";

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

/**
 * Rates of two groups joined by a line, beside the interval of their difference. Values in the units shown
 * (percent, percentage points). Solid bar: `difference.solid`.
 */
export function dotInterval(input: DotIntervalInput): ChartPair {
  return { wide: wide(input), narrow: narrow(input) };
}

const NAME = { x: 0, width: 144 };
const RATES = [152, 408] as const;
const DIFFERENCE = [424, 640] as const;
const VALUE = { x: grid.column, align: "right" } as const;
/** Room for a rate's text beside its mark. */
const RATE_INSET = { left: 50, right: 50 };
const PERCENT = [0, 100] as const;
const ANY = [-Infinity, Infinity] as const;

interface Scales {
  readonly rates: PlotScale;
  readonly difference: PlotScale;
}

function wide(input: DotIntervalInput): ChartSpec {
  const key = placeKey(keyItems(input), grid.column);
  const header = { top: key.height, height: 66 };
  const bands = stack(bottomOf(header), input.rows.map(wideHeight));
  const frame = frameOf(grid.column, bands, header);
  const scales = scalesOf(input, RATES, DIFFERENCE, RATE_INSET);
  const plots = filledBands(input, bands).map((band) => ({ top: band.top, bottom: bottomOf(band) - 1 }));
  const rows = input.rows.map((row, i) => wideRow(row, bandAt(bands, i)));
  return chartSpec(frame, rows, [
    ...plotLayers(frame, scales, plots),
    hairlines(frame, ruleLines(input, bands, header)),
    ...keyLayers(frame, key),
    ...textLayers(frame, [
      ...keyTexts(key),
      ...wideHeader(input, scales, header),
      ...input.rows.flatMap((row, i) => wideTexts(row, bandAt(bands, i))),
    ]),
  ]);
}

function wideHeight(row: DotIntervalRow): number {
  const text = twoTextsHeight(NAME, row.name, row.detail, row.sum);
  return Math.max(row.values === undefined ? 44 : 56, text + 16);
}

function wideRow(row: DotIntervalRow, band: Band): Row {
  const middle = middleOf(band);
  return rowValues(row, middle, middle);
}

function wideTexts(row: DotIntervalRow, band: Band): readonly PlacedText[] {
  const middle = middleOf(band);
  const strong = row.sum === true;
  const name = twoTexts(NAME, middle, row.name, row.detail, strong);
  if (row.values === undefined)
    return [...name, ...inWords({ x: RATES[0], width: grid.column - RATES[0] }, middle, row.words ?? "")];
  const { text, intervalText } = row.values.difference;
  return [...name, ...twoTexts(VALUE, middle, text, intervalText, strong)];
}

function wideHeader(input: DotIntervalInput, scales: Scales, header: Band): readonly PlacedText[] {
  const bottom = bottomOf(header) - 13;
  const { words } = input;
  return [
    ...headerText(NAME, bottom, words.name),
    ...headerText(VALUE, bottom, words.value),
    smallText({ x: RATES[0] }, header.top + 10, words.rates),
    smallText({ x: DIFFERENCE[0] }, header.top + 10, words.difference),
    ...groupNames(input, scales.rates, header.top + 31),
    ...tickTexts(scales.rates, bottom, input.locale, "rates"),
    ...tickTexts(scales.difference, bottom, input.locale, "difference"),
  ];
}

/** Names over the marks they stand for, where both fit: the lower group to the left. */
function groupNames({ rows, words }: DotIntervalInput, scale: PlotScale, y: number): readonly PlacedText[] {
  const last = rows.findLast((row) => row.values !== undefined)?.values;
  const [left, right] = last !== undefined && last.a.value < last.b.value ? [words.a, words.b] : [words.b, words.a];
  const middle = (scale.range[0] + scale.range[1]) / 2;
  const room = middle - scale.range[0] - 8;
  if (textWidth(left, 13) > room || textWidth(right, 13) > room) return [];
  return [
    placed(middle - 8, y, left, { align: "right", colour: light.ink2 }),
    placed(middle + 8, y, right, { colour: light.ink2 }),
  ];
}

function tickTexts(scale: PlotScale, y: number, locale: string, of: keyof Scales): readonly PlacedText[] {
  const ticks = roundTicks(scale, 60, of === "rates" ? PERCENT : ANY);
  return ticks.map((tick) =>
    placed(position(scale, tick), y, tickText(tick, locale, of === "difference"), {
      align: "center",
      colour: light.ink3,
    }),
  );
}

const NARROW_VALUE = { x: grid.narrowChart, align: "right" } as const;
const NARROW_NAME = { x: 0, width: 150 };

function narrow(input: DotIntervalInput): ChartSpec {
  const width = grid.narrowChart;
  const key = placeKey(keyItems(input), width);
  const header = { top: key.height, height: 1 };
  const bands = stack(bottomOf(header), input.rows.map(narrowHeight));
  const frame = frameOf(width, bands, header);
  const scales = scalesOf(input, [0, width], [0, width], RATE_INSET);
  const filled = filledBands(input, bands);
  const rates = filled.map((band) => ({ top: bottomOf(band) - 106, bottom: bottomOf(band) - 72 }));
  const differences = filled.map((band) => ({ top: bottomOf(band) - 46, bottom: bottomOf(band) - 10 }));
  const rows = input.rows.map((row, i) =>
    rowValues(row, bottomOf(bandAt(bands, i)) - 89, bottomOf(bandAt(bands, i)) - 28),
  );
  return chartSpec(frame, rows, [
    ...plotLayers(frame, scales, rates, differences),
    hairlines(frame, ruleLines(input, bands, header)),
    ...keyLayers(frame, key),
    ...textLayers(frame, [
      ...keyTexts(key),
      ...input.rows.flatMap((row, i) => narrowTexts(input, row, bandAt(bands, i), scales)),
    ]),
  ]);
}

function narrowHeight(row: DotIntervalRow): number {
  const name = twoTextsHeight(NARROW_NAME, row.name, row.detail, row.sum);
  if (row.values !== undefined) return name + 10 + 130;
  return name + 16 + twoTextsHeight({ x: 0, width: grid.narrowChart }, row.words ?? "", undefined);
}

function narrowTexts(input: DotIntervalInput, row: DotIntervalRow, band: Band, scales: Scales): readonly PlacedText[] {
  const strong = row.sum === true;
  const height = twoTextsHeight(NARROW_NAME, row.name, row.detail, strong);
  const name = twoTexts(NARROW_NAME, band.top + 8 + height / 2, row.name, row.detail, strong);
  if (row.values === undefined) {
    const column = { x: 0, width: grid.narrowChart };
    const words = twoTextsHeight(column, row.words ?? "", undefined);
    return [...name, ...inWords(column, band.top + 8 + height + words / 2, row.words ?? "")];
  }
  const { text, intervalText } = row.values.difference;
  const zero = position(scales.difference, 0);
  return [
    ...name,
    ...twoTexts(NARROW_VALUE, band.top + 8 + 19, text, intervalText, strong),
    smallText({ x: 0 }, bottomOf(band) - 116, input.words.ratesShort),
    smallText({ x: 0 }, bottomOf(band) - 56, input.words.differenceShort),
    smallText({ x: zero - 5, align: "right" }, bottomOf(band) - 14, "0"),
  ];
}

interface Stretch {
  readonly top: number;
  readonly bottom: number;
}

function plotLayers(
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

function rowValues(row: DotIntervalRow, rateMiddle: number, differenceMiddle: number): Row {
  const base = { name: row.name, strong: row.sum === true, markY: rateMiddle };
  if (row.values === undefined) return base;
  const { a, b, difference } = row.values;
  const [low, high] = a.value < b.value ? [a, b] : [b, a];
  return {
    ...base,
    a: a.value,
    b: b.value,
    low: low.value,
    lowText: low.text,
    high: high.value,
    highText: high.text,
    ...intervalRow(difference, differenceMiddle, row.sum === true),
  };
}

function scalesOf(
  { rows }: DotIntervalInput,
  rates: readonly [number, number],
  difference: readonly [number, number],
  inset: { left: number; right: number },
): Scales {
  const values = rows.flatMap((row) => (row.values === undefined ? [] : [row.values]));
  const differences = values.flatMap(({ difference: d }) => [d.lower, d.estimate, d.upper]);
  return {
    rates: plotScale(
      values.flatMap(({ a, b }) => [a.value, b.value]),
      rates,
      inset,
    ),
    difference: plotScale([0, ...differences], difference, { left: 24, right: 8 }),
  };
}

function keyItems({ words }: DotIntervalInput): readonly KeyItem[] {
  return [
    { shape: "circle", text: words.a },
    { shape: "diamond", text: words.b },
    { shape: "solidBar", text: words.solid },
    { shape: "outlinedBar", text: words.outlined },
  ];
}

function ruleLines({ rows }: DotIntervalInput, bands: readonly Band[], header: Band): readonly Hairline[] {
  const under = bands.map((band, i) => ({
    y: bottomOf(band) - 0.5,
    colour: i === bands.length - 1 ? light.rule : rows[i + 1]?.sum === true ? light.axis : light.grid,
  }));
  return [{ y: bottomOf(header) - 0.5, colour: light.axis }, ...under];
}

function frameOf(width: number, bands: readonly Band[], header: Band): Frame {
  return { width, height: bottomOf(bands.at(-1) ?? header) };
}

/** Bands of the rows that have values. */
function filledBands({ rows }: DotIntervalInput, bands: readonly Band[]): readonly Band[] {
  return bands.filter((_, i) => rows[i]?.values !== undefined);
}

function bandAt(bands: readonly Band[], i: number): Band {
  const band = bands[i];
  if (band === undefined) throw new Error(`no row ${i}`);
  return band;
}
