import { grid, light } from "../theme.ts";
import type { ChartPair, ChartSpec } from "./chart.ts";
import { keyLayers, keyTexts, placeKey } from "./key.ts";
import { chartSpec, placed, textLayers } from "./layers.ts";
import { textWidth, wrap } from "./metrics.ts";
import {
  endLabels,
  gapsOf,
  gapTexts,
  onPlaces,
  type Series,
  type SeriesPlot,
  seriesKey,
  seriesLayers,
  seriesValues,
} from "./series.ts";
import { timeTexts, yearAt } from "./time-axis.ts";
import { axisLines, axisTexts, upwardAxis } from "./upward-axis.ts";

/** Values by year in the unit of the axis; years are whole numbers, and one without a value is a gap. */
export interface TrendInput {
  readonly locale: string;
  /** Every year of the axis, ascending. */
  readonly years: readonly number[];
  /** At most four; points stand at years. */
  readonly series: readonly Series[];
}

/** Values by year with their intervals, the last labelled beside its point. A year without a value is a gap. */
export function trend(input: TrendInput): ChartPair {
  const whole = { ...input, series: input.series.map((series) => onPlaces(series, input.years)) };
  return {
    wide: draw(whole, { width: grid.column, right: 560, height: 220, between: 40 }),
    narrow: draw(whole, { width: grid.narrowChart, right: 216, height: 180, between: 38 }),
  };
}

/** `right` is where the plot ends, `between` the least px between the texts of two years. */
interface Layout {
  readonly width: number;
  readonly right: number;
  readonly height: number;
  readonly between: number;
}

const SIDE = 44;

function draw(input: TrendInput, layout: Layout): ChartSpec {
  const { years, series, locale } = input;
  const isWide = layout.width === grid.column;
  const key = placeKey(isWide ? [] : seriesKey(series), layout.width);
  const top = key.height + 22;
  const bottom = top + layout.height;
  const x = (year: number): number => yearAt(years, year, SIDE, layout.right - 20);
  const y = upwardAxis(seriesValues(series), { top, height: layout.height }, 5);
  const under = underYears(input, layout, x, bottom + 34);
  const words = under.length > 0 ? under : gapTexts(series, layout.width, bottom + 34);
  const height = Math.max(bottom + 26, ...words.map((text) => text.y + 12));
  const frame = { width: layout.width, height };
  const plot: SeriesPlot = { locale, frame, x, y, interval: "bars", small: !isWide && series.length > 1 };
  const ends = endLabels(series, plot, {
    x: layout.right + 4,
    width: layout.width - layout.right - 4,
    bottom: bottom + 12,
    named: isWide,
  });
  return chartSpec(
    frame,
    [],
    [
      axisLines(frame, y, 0, layout.right - 4),
      ...seriesLayers(series, plot),
      ...ends.layers,
      ...keyLayers(frame, key),
      ...textLayers(frame, [
        ...keyTexts(key),
        ...axisTexts(y, 0, locale),
        ...timeTexts(years, { x, y: bottom + 14, between: layout.between, text: String }),
        ...ends.texts,
        ...words,
      ]),
    ],
  );
}

/** Words right under their years, where one series has few and there is room for them. */
function underYears({ years, series }: TrendInput, { width }: Layout, x: SeriesPlot["x"], top: number) {
  const [only, more] = series;
  const step = years.length < 2 ? width / 2 : x(years[1] ?? 0) - x(years[0] ?? 0);
  if (only === undefined || more !== undefined || gapsOf(series).length === 0) return [];
  const gaps = only.points.flatMap(({ at, value, words }) =>
    value === undefined && words !== undefined ? [{ at, lines: wrap(words, step - 10, 13) }] : [],
  );
  const fit = gaps.every(({ lines }) => lines.length <= 3 && lines.every((line) => textWidth(line, 13) <= step - 10));
  if (!fit) return [];
  return gaps.flatMap(({ at, lines }) =>
    lines.map((text, i) => placed(x(at), top + i * 17, text, { align: "center", colour: light.ink2 })),
  );
}
