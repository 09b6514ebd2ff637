import { grid, light } from "../theme.ts";
import type { ChartPair, ChartSpec } from "./chart.ts";
import { narrow } from "./dot-interval-narrow.ts";
import {
  ANY,
  bandAt,
  type DotIntervalInput,
  type DotIntervalRow,
  filledBands,
  frameOf,
  keyItems,
  PERCENT,
  plotLayers,
  rowValues,
  ruleLines,
  type Scales,
  scalesOf,
} from "./dot-interval-plots.ts";
import { keyLayers, keyTexts, placeKey } from "./key.ts";
import { chartSpec, hairlines, type PlacedText, placed, type Row, textLayers } from "./layers.ts";
import { textWidth } from "./metrics.ts";
import { type PlotScale, position, roundTicks, tickText } from "./plot-scale.ts";
import {
  type Band,
  bottomOf,
  headerText,
  inWords,
  middleOf,
  smallText,
  stack,
  twoTexts,
  twoTextsHeight,
} from "./rows.ts";

export type { DotIntervalInput, DotIntervalRow } from "./dot-interval-plots.ts";

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

function wide(input: DotIntervalInput): ChartSpec {
  const key = placeKey(keyItems(input), grid.column);
  const header = { top: key.height, height: 66 };
  const bands = stack(bottomOf(header), input.rows.map(wideHeight));
  const frame = frameOf(grid.column, bands, header);
  const scales = scalesOf(input, RATES, DIFFERENCE);
  const plots = filledBands(input, bands).map((band) => ({ top: band.top, bottom: bottomOf(band) - 1 }));
  const rows = input.rows.map((row, i) => wideRow(row, input.words, bandAt(bands, i)));
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

function wideRow(row: DotIntervalRow, words: DotIntervalInput["words"], band: Band): Row {
  const middle = middleOf(band);
  return rowValues(row, words, middle, middle);
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
