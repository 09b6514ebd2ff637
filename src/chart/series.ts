import { light } from "../theme.ts";
import type { KeyItem } from "./key.ts";
import {
  type Frame,
  filledCircle,
  filledSquare,
  type Layer,
  openDiamond,
  openTriangle,
  type PlacedText,
  type PointShape,
  pixelX,
  pixelY,
  placed,
  type Row,
} from "./layers.ts";
import { textWidth, wrap } from "./metrics.ts";
import { tipNumber, tipText } from "./tips.ts";
import type { UpwardAxis } from "./upward-axis.ts";

/** One value of a series with its interval. Without a value there is a gap; `words` say why where it isn't published. */
export interface SeriesPoint {
  /** Place on the horizontal axis: a year, a number of months. */
  readonly at: number;
  readonly value?: number;
  readonly lower?: number | null;
  readonly upper?: number | null;
  readonly words?: string;
}

/**
 * Values along time, in the unit of the axis; the line is broken where a point has no value. At most four in a chart
 * can be told apart.
 */
export interface Series {
  readonly name: string;
  /** The last value shown in words; with its year or month where that isn't the axis' last. */
  readonly endText?: string;
  /** Ascending. */
  readonly points: readonly SeriesPoint[];
}

/** Where values stand, and how intervals are drawn: a bar at each point, or a band between them. */
export interface SeriesPlot {
  /** BCP 47, for what points say when they are pointed at. */
  readonly locale: string;
  readonly frame: Frame;
  readonly x: (at: number) => number;
  readonly y: UpwardAxis;
  readonly interval: "bars" | "band";
  /** Small marks where many stand close. */
  readonly small?: boolean;
}

/** How the first to the fourth series look; shape carries the meaning, colour repeats it. */
const looks: ReadonlyArray<{ readonly colour: string; readonly shape: PointShape; readonly key: KeyItem["shape"] }> = [
  { colour: light.a, shape: filledCircle, key: "circle" },
  { colour: light.b, shape: openDiamond, key: "diamond" },
  { colour: light.c, shape: filledSquare, key: "square" },
  { colour: light.d, shape: openTriangle, key: "triangle" },
];

/** Px between the marks of series at one place, of interval bars of one and of several series, and marks' part of their full size. */
const normal = { apart: 9, alone: 8, beside: 5, mark: 0.6 } as const;
const small = { apart: 6, alone: 5, beside: 3, mark: 0.3 } as const;

interface PlacedPoint extends SeriesPoint {
  readonly value: number;
  readonly series: string;
  /** Points without a gap between them. */
  readonly run: number;
  readonly alone: boolean;
  readonly x: number;
  readonly y: number;
  readonly tip: string;
}

/** Lines broken at gaps, points, and the intervals behind them, of at most four series. */
export function seriesLayers(all: readonly Series[], plot: SeriesPlot): readonly Layer[] {
  if (all.length > looks.length)
    throw new Error(`chart: ${all.length} series, at most ${looks.length} can be told apart`);
  const { apart: step } = plot.small === true ? small : normal;
  const layers = all.map((series, i) => {
    const shift = plot.interval === "bars" ? (i - (all.length - 1) / 2) * step : 0;
    return layersOf(placedPoints(series, plot, shift), i, plot, all.length);
  });
  return [...layers.flatMap(({ behind }) => behind), ...layers.flatMap(({ front }) => front)];
}

function placedPoints({ name, points }: Series, plot: SeriesPlot, shift: number): readonly PlacedPoint[] {
  const { x, y, locale } = plot;
  let run = 0;
  const found = points.flatMap((point) => {
    if (point.value === undefined) {
      run += 1;
      return [];
    }
    const { words: _, ...shown } = point;
    return [
      {
        ...shown,
        value: point.value,
        series: name,
        run,
        x: x(point.at) + shift,
        y: y.at(point.value),
        tip: pointTip(name, shown, locale),
      },
    ];
  });
  return found.map((point) => ({ ...point, alone: found.filter((other) => other.run === point.run).length === 1 }));
}

function pointTip(name: string, { at, value, lower, upper }: SeriesPoint, locale: string): string {
  const interval = lower == null || upper == null ? "" : ` [${tipNumber(lower, locale)}, ${tipNumber(upper, locale)}]`;
  return tipText(name, `${at}: ${tipNumber(value ?? 0, locale)}${interval}`);
}

function layersOf(points: readonly PlacedPoint[], i: number, plot: SeriesPlot, count: number) {
  const { colour, shape } = looks[i] ?? { colour: light.a, shape: filledCircle };
  if (points.length === 0) return { behind: [], front: [] };
  const values = points.map((point) => ({ ...point }));
  return { behind: intervalLayers(points, colour, plot, count), front: lineLayers(values, colour, shape, plot) };
}

function lineLayers(values: readonly Row[], colour: string, shape: PointShape, plot: SeriesPlot): readonly Layer[] {
  const { frame } = plot;
  const line = {
    data: { values },
    mark: { type: "line", stroke: colour, strokeWidth: 2 },
    encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "y"), detail: { field: "run", type: "nominal" } },
  };
  const point = {
    data: { values },
    mark: { type: "point", opacity: 1, ...shape, size: shape.size * (plot.small === true ? small : normal).mark },
    encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "y") },
  };
  return [line, point];
}

function intervalLayers(
  points: readonly PlacedPoint[],
  colour: string,
  { frame, y, interval, small: isSmall }: SeriesPlot,
  count: number,
): readonly Layer[] {
  const thick = isSmall === true ? small : normal;
  const bounded = points.flatMap((point) =>
    point.lower == null || point.upper == null
      ? []
      : [{ ...point, yLower: y.at(point.lower), yUpper: y.at(point.upper) }],
  );
  const inBand = interval === "band" ? bounded.filter(({ alone }) => !alone) : [];
  const inBars = interval === "band" ? bounded.filter(({ alone }) => alone) : bounded;
  return [
    ...(inBand.length === 0 ? [] : [bandLayer(frame, inBand, colour)]),
    ...(inBars.length === 0 ? [] : [barLayer(frame, inBars, colour, count > 1 ? thick.beside : thick.alone)]),
  ];
}

const pale = { fillOpacity: 0.2, strokeWidth: 1, strokeOpacity: 0.55 } as const;

const bandLayer = (frame: Frame, values: readonly Row[], colour: string): Layer => ({
  data: { values },
  mark: { type: "area", fill: colour, stroke: colour, ...pale },
  encoding: {
    x: pixelX(frame, "x"),
    y: pixelY(frame, "yUpper"),
    y2: { field: "yLower" },
    detail: { field: "run", type: "nominal" },
  },
});

const barLayer = (
  frame: Frame,
  points: ReadonlyArray<Row & { readonly x: number }>,
  colour: string,
  thick: number,
) => ({
  data: { values: points.map((point) => ({ ...point, left: point.x - thick / 2, right: point.x + thick / 2 })) },
  mark: { type: "rect", fill: colour, stroke: colour, ...pale },
  encoding: {
    x: pixelX(frame, "left"),
    x2: { field: "right" },
    y: pixelY(frame, "yUpper"),
    y2: { field: "yLower" },
  },
});

/** The key of several series; one needs none. */
export const seriesKey = (all: readonly Series[]): readonly KeyItem[] =>
  all.length < 2 ? [] : all.map(({ name }, i) => ({ shape: looks[i]?.key ?? "circle", text: name }));

/** A series with a point at each place: one that isn't there is a gap. */
export const onPlaces = (series: Series, places: readonly number[]): Series => ({
  ...series,
  points: places.map((at) => series.points.find((point) => point.at === at) ?? { at }),
});

/** Every number that the vertical axis must hold. */
export const seriesValues = (all: ReadonlyArray<Pick<Series, "points">>): readonly number[] =>
  all.flatMap(({ points }) =>
    points.flatMap(({ value, lower, upper }) => (value === undefined ? [] : [value, lower ?? value, upper ?? value])),
  );

/** Where the labels of the series' ends stand. */
interface EndColumn {
  readonly x: number;
  readonly width: number;
  readonly bottom: number;
  /** Names under the values; without them a key names the series. */
  readonly named: boolean;
}

/** Last values beside their points, each of several with its mark, pushed apart where they lie close. */
export function endLabels(all: readonly Series[], { frame, y }: Pick<SeriesPlot, "frame" | "y">, column: EndColumn) {
  const indent = all.length > 1 ? 20 : 0;
  const width = column.width - indent;
  const labels = all.flatMap(({ name, endText, points }, i) => {
    const value = points.findLast((point) => point.value !== undefined)?.value;
    if (value === undefined || endText === undefined) return [];
    const names = column.named ? wrap(name, width, 13) : [];
    const ends = wrap(endText, width, 14, 600);
    return [{ i, ends, names, middle: y.at(value), height: ends.length * 19 + names.length * 17 + 4 }];
  });
  const sorted = labels.toSorted((one, other) => one.middle - other.middle);
  const tops = apart(sorted, column.bottom);
  const placedLabels = sorted.map((label, k) => ({ ...label, first: (tops[k] ?? 0) + 10 }));
  return {
    layers: indent === 0 ? [] : placedLabels.map(({ i, first }) => endMark(frame, i, column.x + 7, first)),
    texts: placedLabels.flatMap(({ ends, names, first }) => [
      ...ends.map((text, k) => placed(column.x + indent, first + k * 19, text, { size: 14, weight: 600 })),
      ...names.map((text, k) =>
        placed(column.x + indent, first + ends.length * 19 - 1 + k * 17, text, { colour: light.ink2 }),
      ),
    ]),
  };
}

function endMark(frame: Frame, i: number, x: number, y: number): Layer {
  const shape = looks[i]?.shape ?? filledCircle;
  return {
    data: { values: [{ x, y }] },
    mark: { type: "point", opacity: 1, ...shape, size: shape.size * normal.mark },
    encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "y") },
  };
}

/** Tops of stretches as near to their values as they can be without touching; the first line stands at the value. */
function apart(all: ReadonlyArray<{ middle: number; height: number }>, bottom: number): readonly number[] {
  let next = Number.NEGATIVE_INFINITY;
  const downward = all.map(({ middle, height }) => {
    const top = Math.max(middle - 10, next);
    next = top + height;
    return top;
  });
  let limit = bottom;
  return downward
    .map((top, i) => ({ top, height: all[i]?.height ?? 0 }))
    .toReversed()
    .map(({ top, height }) => {
      limit = Math.min(top, limit - height);
      return limit;
    })
    .toReversed();
}

/** What is not published, as lines under the plot: where, of which series, and why. */
export function gapTexts(all: readonly Series[], width: number, top: number): readonly PlacedText[] {
  let y = top;
  return gapsOf(all).flatMap(({ label, words }) => {
    const indent = textWidth(label, 13, 600) + 10;
    const under = indent > width / 2;
    const lines = wrap(words, under ? width : width - indent, 13);
    const first = y + (under ? 27 : 9);
    y = first + lines.length * 18 - 5;
    return [
      placed(0, first - (under ? 18 : 0), label, { weight: 600, colour: light.ink2 }),
      ...lines.map((text, k) => placed(under ? 0 : indent, first + k * 18, text, { colour: light.ink2 })),
    ];
  });
}

/** Places with the same words of one series share a line. */
export function gapsOf(all: readonly Series[]): ReadonlyArray<{ readonly label: string; readonly words: string }> {
  return all.flatMap(({ name, points }) => {
    const words = [...new Set(points.flatMap((point) => (point.value === undefined ? (point.words ?? []) : [])))];
    return words.map((said) => {
      const places = points.filter((point) => point.value === undefined && point.words === said).map(({ at }) => at);
      return { label: places.join(", "), words: all.length > 1 ? `${name} \u00b7 ${said}` : said };
    });
  });
}
