import { grid, light } from "../theme.ts";
import type { ChartPair, ChartSpec } from "./chart.ts";
import { keyLayers, keyTexts, placeKey } from "./key.ts";
import { chartSpec, placed, textLayers } from "./layers.ts";
import { tickText } from "./plot-scale.ts";
import { endLabels, gapTexts, type Series, type SeriesPlot, seriesKey, seriesLayers, seriesValues } from "./series.ts";
import { timeTexts } from "./time-axis.ts";
import { axisLines, axisTexts, upwardAxis } from "./upward-axis.ts";

/** Months after the event to scale, shares in per cent; each curve is drawn from zero at month 0. */
export interface RetentionInput {
  readonly locale: string;
  readonly words: {
    /** Under the horizontal axis. */
    readonly months: string;
  };
  /** At most four; points stand at months after the event and hold shares in per cent. */
  readonly series: readonly Series[];
}

/** Shares that came back within so many months, from zero, with their intervals as bands; to scale in time. */
export function retention(input: RetentionInput): ChartPair {
  const fromZero = { ...input, series: input.series.map(startingAtZero) };
  return {
    wide: draw(fromZero, { width: grid.column, right: 560, height: 240, between: 30 }),
    narrow: draw(fromZero, { width: grid.narrowChart, right: 216, height: 200, between: 26 }),
  };
}

function startingAtZero(series: Series): Series {
  const start = { at: 0, value: 0, lower: 0, upper: 0 };
  return series.points.some(({ value }) => value !== undefined)
    ? { ...series, points: [start, ...series.points] }
    : series;
}

/** `right` is where the plot ends, `between` the least px between the texts of two months. */
interface Layout {
  readonly width: number;
  readonly right: number;
  readonly height: number;
  readonly between: number;
}

const LEFT = 32;

function draw(input: RetentionInput, layout: Layout): ChartSpec {
  const { series, locale, words } = input;
  const isWide = layout.width === grid.column;
  const key = placeKey(isWide ? [] : seriesKey(series), layout.width);
  const top = key.height + 22;
  const bottom = top + layout.height;
  const months = [...new Set(series.flatMap(({ points }) => points.map(({ at }) => at)))].toSorted((a, b) => a - b);
  const end = months.at(-1) ?? 12;
  const x = (month: number): number => LEFT + (month / end) * (layout.right - LEFT);
  const y = upwardAxis(seriesValues(series), { top, height: layout.height }, 5);
  const gaps = gapTexts(series, layout.width, bottom + 54);
  const frame = { width: layout.width, height: Math.max(bottom + 46, ...gaps.map((text) => text.y + 12)) };
  const plot: SeriesPlot = { locale, frame, x, y, interval: "band" };
  const ends = endLabels(series, plot, {
    x: layout.right + 14,
    width: layout.width - layout.right - 14,
    bottom: bottom + 12,
    named: isWide,
  });
  return chartSpec(
    frame,
    [],
    [
      axisLines(frame, y, 0, layout.right),
      ...seriesLayers(series, plot),
      ...ends.layers,
      ...keyLayers(frame, key),
      ...textLayers(frame, [
        ...keyTexts(key),
        ...axisTexts(y, 0, locale),
        ...timeTexts([0, ...months.filter((month) => month > 0)], {
          x,
          y: bottom + 14,
          between: layout.between,
          text: (month) => tickText(month, locale, false),
        }),
        placed(layout.right, bottom + 35, words.months, { align: "right", colour: light.ink3 }),
        ...ends.texts,
        ...gaps,
      ]),
    ],
  );
}
