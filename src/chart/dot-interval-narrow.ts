import { grid } from "../theme.ts";
import type { ChartSpec } from "./chart.ts";
import {
  bandAt,
  type DotIntervalInput,
  type DotIntervalRow,
  filledBands,
  frameOf,
  keyItems,
  plotLayers,
  rowValues,
  ruleLines,
  type Scales,
  scalesOf,
} from "./dot-interval-plots.ts";
import { keyLayers, keyTexts, placeKey } from "./key.ts";
import { chartSpec, hairlines, type PlacedText, textLayers } from "./layers.ts";
import { position } from "./plot-scale.ts";
import { type Band, bottomOf, inWords, smallText, stack, twoTexts, twoTextsHeight } from "./rows.ts";

const NARROW_VALUE = { x: grid.narrowChart, align: "right" } as const;
const NARROW_NAME = { x: 0, width: 150 };

/** Name and value on the first line of a row, its two plots under one another. */
export function narrow(input: DotIntervalInput): ChartSpec {
  const width = grid.narrowChart;
  const key = placeKey(keyItems(input), width);
  const header = { top: key.height, height: 1 };
  const bands = stack(bottomOf(header), input.rows.map(narrowHeight));
  const frame = frameOf(width, bands, header);
  const scales = scalesOf(input, [0, width], [0, width]);
  const filled = filledBands(input, bands);
  const rates = filled.map((band) => ({ top: bottomOf(band) - 106, bottom: bottomOf(band) - 72 }));
  const differences = filled.map((band) => ({ top: bottomOf(band) - 46, bottom: bottomOf(band) - 10 }));
  const rows = input.rows.map((row, i) =>
    rowValues(row, input.words, bottomOf(bandAt(bands, i)) - 89, bottomOf(bandAt(bands, i)) - 28),
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
