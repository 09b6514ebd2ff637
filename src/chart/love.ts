import { grid, light } from "../theme.ts";
import type { ChartPair, ChartSpec, Labelled } from "./chart.ts";
import { type KeyItem, keyLayers, keyTexts, placeKey } from "./key.ts";
import {
  chartSpec,
  type Frame,
  filledCircle,
  hairlines,
  type Layer,
  link,
  openCircle,
  type PlacedText,
  placed,
  plot,
  points,
  type Row,
  referenceMark,
  textLayers,
  uprights,
  zeroMark,
} from "./layers.ts";
import { type PlotScale, plotScale, position, roundTicks, tickText } from "./plot-scale.ts";
import {
  type Band,
  bottomOf,
  headerText,
  inWords,
  middleOf,
  rowLines,
  stack,
  twoTexts,
  twoTextsHeight,
} from "./rows.ts";
import { tipText } from "./tips.ts";

/** Absolute standardised differences of one covariate; `words` say why where there are none. */
interface LoveRow {
  readonly name: string;
  readonly detail?: string;
  readonly before?: Labelled;
  readonly after?: Labelled;
  readonly words?: string;
}

/** Covariates in the order in which they are drawn; differences in standard deviations, without their sign. */
export interface LoveInput {
  readonly locale: string;
  readonly words: {
    readonly name: string;
    readonly before: string;
    readonly after: string;
  };
  readonly rows: readonly LoveRow[];
  /** Dotted lines with their text, e.g. at .05 and .1. */
  readonly lines: readonly Labelled[];
}

/** Differences before (open circle) and after (filled), one row a covariate, from zero to the right. */
export function love(input: LoveInput): ChartPair {
  return { wide: wide(input), narrow: narrow(input) };
}

const NAME = { x: 0, width: 248 };
const PLOT = [272, 616] as const;
const BEFORE = { x: 688, align: "right", width: 64 } as const;
const AFTER = { x: grid.column, align: "right", width: 64 } as const;

function wide(input: LoveInput): ChartSpec {
  const key = placeKey(keyItems(input), grid.column);
  const header = { top: key.height, height: 30 };
  const heights = input.rows.map((row) => Math.max(32, twoTextsHeight(NAME, row.name, row.detail) + 12));
  const bands = stack(bottomOf(header), heights);
  const frame = { width: grid.column, height: bottomOf(bands.at(-1) ?? header) };
  const scale = scaleOf(input, PLOT);
  const plots = input.rows.flatMap((row, i) => {
    const band = bands[i] ?? header;
    return row.after === undefined ? [] : [{ top: band.top, bottom: bottomOf(band) - 1 }];
  });
  const rows = input.rows.map((row, i) => rowValues(row, middleOf(bands[i] ?? header), input.words));
  const bottom = bottomOf(header) - 14;
  const texts = [
    ...keyTexts(key),
    ...headerText(NAME, bottom, input.words.name),
    ...headerText({ ...BEFORE }, bottom, input.words.before),
    ...headerText({ ...AFTER }, bottom, input.words.after),
    ...tickTexts(input, scale, bottom),
    ...input.rows.flatMap((row, i) => wideTexts(row, middleOf(bands[i] ?? header))),
  ];
  return loveSpec(frame, rows, input, scale, plots, key, bands, header, texts);
}

function wideTexts(row: LoveRow, middle: number): readonly PlacedText[] {
  const name = twoTexts(NAME, middle, row.name, row.detail);
  if (row.after === undefined)
    return [...name, ...inWords({ x: PLOT[0], width: grid.column - PLOT[0] }, middle, row.words ?? "")];
  const before = twoTexts({ x: BEFORE.x, align: "right" }, middle, row.before?.text ?? "", undefined);
  return [
    ...name,
    ...before.map((text) => ({ ...text, colour: light.ink2 })),
    ...twoTexts({ x: AFTER.x, align: "right" }, middle, row.after.text, undefined),
  ];
}

const WIDTH = grid.narrowChart;
const NARROW_NAME = { x: 0, width: 196 };

function narrow(input: LoveInput): ChartSpec {
  const key = placeKey(keyItems(input), WIDTH);
  const header = { top: key.height, height: 30 };
  const heights = input.rows.map((row) => nameHeight(row) + 8 + 32);
  const bands = stack(bottomOf(header), heights);
  const frame = { width: WIDTH, height: bottomOf(bands.at(-1) ?? header) };
  const scale = scaleOf(input, [8, WIDTH]);
  const plots = input.rows.flatMap((row, i) => {
    const band = bands[i] ?? header;
    return row.after === undefined ? [] : [{ top: bottomOf(band) - 28, bottom: bottomOf(band) - 4 }];
  });
  const rows = input.rows.map((row, i) => rowValues(row, bottomOf(bands[i] ?? header) - 16, input.words));
  const texts = [
    ...keyTexts(key),
    ...tickTexts(input, scale, bottomOf(header) - 14),
    ...input.rows.flatMap((row, i) => narrowTexts(row, bands[i] ?? header, input.words)),
  ];
  return loveSpec(frame, rows, input, scale, plots, key, bands, header, texts);
}

const nameHeight = (row: LoveRow): number =>
  Math.max(row.before === undefined ? 0 : 38, twoTextsHeight(NARROW_NAME, row.name, row.detail));

function narrowTexts(row: LoveRow, band: Band, words: LoveInput["words"]): readonly PlacedText[] {
  const height = twoTextsHeight(NARROW_NAME, row.name, row.detail);
  const name = twoTexts(NARROW_NAME, band.top + 8 + height / 2, row.name, row.detail);
  if (row.after === undefined)
    return [...name, ...inWords({ x: 0, width: WIDTH }, bottomOf(band) - 18, row.words ?? "")];
  const before = row.before === undefined ? undefined : `${words.before} ${row.before.text}`;
  return [...name, ...twoTexts({ x: WIDTH, align: "right" }, band.top + 8 + 19, row.after.text, before)];
}

function loveSpec(
  frame: Frame,
  rows: readonly Row[],
  input: LoveInput,
  scale: PlotScale,
  plots: readonly Row[],
  key: ReturnType<typeof placeKey>,
  bands: readonly Band[],
  header: Band,
  texts: readonly PlacedText[],
): ChartSpec {
  return chartSpec(frame, rows, [
    plotLayer(frame, input, scale, plots),
    hairlines(frame, rowLines(bands, header)),
    ...keyLayers(frame, key),
    ...textLayers(frame, texts),
  ]);
}

function plotLayer(frame: Frame, input: LoveInput, scale: PlotScale, plots: readonly Row[]): Layer {
  const upright = (values: readonly number[]): readonly Row[] =>
    values.flatMap((value) => plots.map((place) => ({ value, ...place })));
  return plot(
    uprights(frame, scale, upright(input.lines.map(({ value }) => value)), referenceMark),
    uprights(frame, scale, upright([0]), zeroMark),
    link(frame, scale, "before", "after"),
    points(frame, scale, "before", openCircle),
    points(frame, scale, "after", filledCircle),
  );
}

/** Zero and the dotted lines' own text, then round values where there is room. */
function tickTexts({ locale, lines }: LoveInput, scale: PlotScale, y: number): readonly PlacedText[] {
  const own = [{ value: 0, text: tickText(0, locale, false) }, ...lines];
  const taken = own.map(({ value }) => position(scale, value));
  const round = roundTicks(scale, 48, [0, Infinity])
    .filter((tick) => taken.every((place) => Math.abs(place - position(scale, tick)) > 34))
    .map((tick) => ({ value: tick, text: tickText(tick, locale, false) }));
  return [...own, ...round].map(({ value, text }) =>
    placed(position(scale, value), y, text, { align: "center", colour: light.ink3 }),
  );
}

function rowValues({ name, before, after }: LoveRow, middle: number, words: LoveInput["words"]): Row {
  if (after === undefined) return { name, markY: middle };
  const was = before === undefined ? undefined : `${words.before}: ${before.text}`;
  const tip = tipText(name, was, `${words.after}: ${after.text}`);
  return { name, markY: middle, tip, after: after.value, before: before?.value ?? after.value };
}

function scaleOf({ rows, lines }: LoveInput, range: readonly [number, number]): PlotScale {
  const values = rows.flatMap(({ before, after }) =>
    [before, after].flatMap((v) => (v === undefined ? [] : [v.value])),
  );
  return plotScale([0, ...lines.map(({ value }) => value), ...values], range, { left: 6, right: 12 });
}

function keyItems({ words }: LoveInput): readonly KeyItem[] {
  return [
    { shape: "openCircle", text: words.before },
    { shape: "circle", text: words.after },
  ];
}
