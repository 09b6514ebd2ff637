import { grid, light } from "../theme.ts";
import type { ChartPair, ChartSpec, Labelled, LabelledInterval } from "./chart.ts";
import { type KeyItem, keyLayers, keyTexts, placeKey } from "./key.ts";
import {
  chartSpec,
  gridMark,
  type Hairline,
  hairlines,
  intervals,
  type PlacedText,
  placed,
  plot,
  type Row,
  referenceMark,
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
  stack,
  twoTexts,
  twoTextsHeight,
} from "./rows.ts";
import { tipText } from "./tips.ts";

/** One interval; `words` say why where it is not published. */
export interface ForestRow {
  readonly name: string;
  /** Sample size in words: `148`. */
  readonly n?: string;
  readonly interval?: LabelledInterval;
  readonly words?: string;
}

/** Rows in the order in which they are drawn, estimates in the unit of the axis; `words` are headers and the key. */
export interface ForestInput {
  readonly locale: string;
  readonly words: {
    readonly name: string;
    readonly n: string;
    readonly value: string;
    readonly solid: string;
    readonly outlined: string;
  };
  readonly groups: ReadonlyArray<{ readonly name: string; readonly rows: readonly ForestRow[] }>;
  /** The last row, bold and thick. */
  readonly sum?: ForestRow;
  /** A dotted line with its text over the plot, e.g. the pooled estimate. */
  readonly reference?: Labelled;
}

/** Intervals of one measure, grouped, one row each; a row without an interval keeps its place and says why. */
export function forest(input: ForestInput): ChartPair {
  return { wide: wide(input), narrow: narrow(input) };
}

interface Line {
  readonly kind: "group" | "row" | "sum";
  readonly row: ForestRow;
}

const NAME = { x: 0, width: 184 };
const N = { x: 236, align: "right" } as const;
const PLOT = [256, 606] as const;
const WORDS = { x: 256, width: grid.column - 256 };
const VALUE = { x: grid.column, align: "right" } as const;

function wide(input: ForestInput): ChartSpec {
  const lines = linesOf(input);
  const key = placeKey(keyItems(input), grid.column);
  const header = { top: key.height, height: 48 };
  const bands = stack(bottomOf(header), lines.map(wideHeight));
  const frame = { width: grid.column, height: bottomOf(bands.at(-1) ?? header) };
  const scale = scaleOf(lines, PLOT);
  const plots = lines.flatMap(({ row }, i) => (row.interval === undefined ? [] : [stretch(bands[i])]));
  const rows = lines.map((line, i) => rowValues(line, middleOf(bands[i] ?? header), input.words.n));
  const texts = [
    ...keyTexts(key),
    ...headerText(NAME, bottomOf(header) - 14, input.words.name),
    ...headerText(N, bottomOf(header) - 14, input.words.n),
    ...headerText(VALUE, bottomOf(header) - 14, input.words.value),
    ...tickTexts(input, scale, bottomOf(header) - 14),
    ...lines.flatMap((line, i) => wideTexts(line, bands[i] ?? header)),
  ];
  return chartSpec(frame, rows, [
    ...lineLayers(frame, input, scale, plots),
    hairlines(frame, ruleLines(lines, bands, header)),
    ...keyLayers(frame, key),
    ...textLayers(frame, texts),
  ]);
}

function wideHeight({ kind, row }: Line): number {
  if (kind === "group") return 42;
  if (kind === "sum") return 46;
  const words = row.interval === undefined ? twoTextsHeight(WORDS, row.words ?? "", undefined) : 0;
  return Math.max(34, twoTextsHeight(NAME, row.name, undefined) + 14, words + 14);
}

function wideTexts({ kind, row }: Line, band: Band): readonly PlacedText[] {
  if (kind === "group") return [groupName(row.name, band)];
  const strong = kind === "sum" || row.interval?.solid === true;
  const middle = middleOf(band);
  const name = twoTexts(NAME, middle, row.name, undefined, strong);
  if (row.interval === undefined) return [...name, ...inWords(WORDS, middle, row.words ?? "")];
  const n = twoTexts(N, middle, row.n ?? "", undefined, kind === "sum");
  return [...name, ...n, ...twoTexts(VALUE, middle, valueText(row.interval), undefined, strong)];
}

const WIDTH = grid.narrowChart;
const NARROW_NAME = { x: 0, width: 150 };
const NARROW_VALUE = { x: WIDTH, align: "right" } as const;
const NARROW_WORDS = { x: 0, width: WIDTH };

function narrow(input: ForestInput): ChartSpec {
  const lines = linesOf(input);
  const key = placeKey(keyItems(input), WIDTH);
  const header = { top: key.height, height: 48 };
  const bands = stack(
    bottomOf(header),
    lines.map((line) => narrowHeight(line, input)),
  );
  const frame = { width: WIDTH, height: bottomOf(bands.at(-1) ?? header) };
  const scale = scaleOf(lines, [0, WIDTH]);
  const bars = bands.map((band) => ({ top: bottomOf(band) - 38, bottom: bottomOf(band) - 6 }));
  const plots = lines.flatMap(({ row }, i) => (row.interval === undefined ? [] : [stretch(undefined, bars[i])]));
  const rows = lines.map((line, i) => rowValues(line, bottomOf(bands[i] ?? header) - 22, input.words.n));
  const texts = [
    ...keyTexts(key),
    ...tickTexts(input, scale, bottomOf(header) - 14),
    ...lines.flatMap((line, i) => narrowTexts(line, bands[i] ?? header, input)),
  ];
  return chartSpec(frame, rows, [
    ...lineLayers(frame, input, scale, plots),
    hairlines(frame, ruleLines(lines, bands, header)),
    ...keyLayers(frame, key),
    ...textLayers(frame, texts),
  ]);
}

function narrowHeight({ kind, row }: Line, { words }: ForestInput): number {
  if (kind === "group") return 42;
  const name = twoTextsHeight(NARROW_NAME, row.name, sampleSize(row, words.n), kind === "sum");
  if (row.interval !== undefined) return name + 8 + 40;
  return name + 16 + twoTextsHeight(NARROW_WORDS, row.words ?? "", undefined);
}

function narrowTexts({ kind, row }: Line, band: Band, { words }: ForestInput): readonly PlacedText[] {
  if (kind === "group") return [groupName(row.name, band)];
  const strong = kind === "sum" || row.interval?.solid === true;
  const detail = sampleSize(row, words.n);
  const height = twoTextsHeight(NARROW_NAME, row.name, detail, strong);
  const name = twoTexts(NARROW_NAME, band.top + 8 + height / 2, row.name, detail, strong);
  if (row.interval !== undefined)
    return [...name, ...twoTexts(NARROW_VALUE, band.top + 18, valueText(row.interval), undefined, strong)];
  const below = twoTextsHeight(NARROW_WORDS, row.words ?? "", undefined);
  return [...name, ...inWords(NARROW_WORDS, band.top + 8 + height + below / 2, row.words ?? "")];
}

const sampleSize = (row: ForestRow, header: string): string | undefined =>
  row.n === undefined || row.interval === undefined ? undefined : `${header} = ${row.n}`;

function lineLayers(
  frame: { width: number; height: number },
  input: ForestInput,
  scale: PlotScale,
  plots: ReadonlyArray<{ top: number; bottom: number }>,
): ReturnType<typeof plot>[] {
  const lines = (values: readonly number[]): readonly Row[] =>
    values.flatMap((value) => plots.map((place) => ({ value, ...place })));
  const ticks = ticksOf(scale).filter((tick) => tick !== 0);
  const reference = input.reference === undefined ? [] : lines([input.reference.value]);
  return [
    plot(
      uprights(frame, scale, lines(ticks), gridMark),
      uprights(frame, scale, lines([0]), zeroMark),
      ...(reference.length === 0 ? [] : [uprights(frame, scale, reference, referenceMark)]),
      ...intervals(frame, scale),
    ),
  ];
}

function tickTexts({ locale, reference }: ForestInput, scale: PlotScale, y: number): readonly PlacedText[] {
  const ticks = ticksOf(scale).map((tick) =>
    placed(position(scale, tick), y, tickText(tick, locale, true), { align: "center", colour: light.ink3 }),
  );
  if (reference === undefined) return ticks;
  const half = textWidth(reference.text, 13) / 2;
  const x = Math.min(Math.max(position(scale, reference.value), scale.range[0] + half), scale.range[1] - half);
  return [...ticks, placed(x, y - 22, reference.text, { align: "center", colour: light.ink2 })];
}

function linesOf({ groups, sum }: ForestInput): readonly Line[] {
  const body = groups.flatMap(({ name, rows }): readonly Line[] => [
    { kind: "group", row: { name } },
    ...rows.map((row) => ({ kind: "row" as const, row })),
  ]);
  return sum === undefined ? body : [...body, { kind: "sum", row: sum }];
}

function rowValues({ kind, row }: Line, middle: number, header: string): Row {
  const base = { name: row.name, kind, n: row.n ?? null };
  if (row.interval === undefined) return base;
  const tip = tipText(row.name, valueText(row.interval), sampleSize(row, header));
  return { ...base, tip, ...intervalRow(row.interval, middle, kind === "sum") };
}

function scaleOf(lines: readonly Line[], range: readonly [number, number]): PlotScale {
  const found = lines.flatMap(({ row }) => (row.interval === undefined ? [] : [row.interval]));
  return plotScale([0, ...found.flatMap(({ lower, upper }) => [lower, upper])], range, { left: 16, right: 16 });
}

const ticksOf = (scale: PlotScale): readonly number[] => roundTicks(scale, 56, [-Infinity, Infinity]);

const groupName = (name: string, band: Band): PlacedText =>
  placed(0, bottomOf(band) - 15, name, { colour: light.ink3 });

const valueText = ({ text, intervalText }: LabelledInterval): string => `${text} ${intervalText}`;

function ruleLines(lines: readonly Line[], bands: readonly Band[], header: Band): readonly Hairline[] {
  const under = bands.map((band, i) => ({ y: bottomOf(band) - 0.5, colour: colourUnder(lines, i) }));
  return [{ y: bottomOf(header) - 0.5, colour: light.axis }, ...under];
}

function colourUnder(lines: readonly Line[], i: number): string {
  const next = lines[i + 1];
  if (next === undefined || lines[i]?.kind === "group") return light.rule;
  return next.kind === "sum" ? light.axis : light.grid;
}

function stretch(band: Band | undefined, own?: { top: number; bottom: number }): { top: number; bottom: number } {
  return own ?? { top: band?.top ?? 0, bottom: band === undefined ? 0 : bottomOf(band) - 1 };
}

function keyItems({ words }: ForestInput): readonly KeyItem[] {
  return [
    { shape: "solidBar", text: words.solid },
    { shape: "outlinedBar", text: words.outlined },
  ];
}
