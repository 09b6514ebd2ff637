import { grid, light } from "../theme.ts";
import type { ChartPair, ChartSpec } from "./chart.ts";
import { type KeyItem, keyLayers, keyTexts, placeKey } from "./key.ts";
import {
  chartSpec,
  type Frame,
  filledCircle,
  type Layer,
  openDiamond,
  type PlacedText,
  pixelX,
  pixelY,
  placed,
  type Row,
  textLayers,
} from "./layers.ts";
import { type PlotScale, position, tickText } from "./plot-scale.ts";
import { tipNumber, tipText } from "./tips.ts";

/** One point of a curve, with its interval where there is one, in the units of the axis. */
interface CurvePoint {
  readonly month: number;
  readonly value: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** One group's share by month since the start, in per cent; what isn't published is left out of the points. */
export interface Curve {
  readonly name: string;
  /** The name beside the curve's end, a word or two. */
  readonly short: string;
  /** The value at the end of the curve in words: `60.9%`. */
  readonly endText: string;
  /** Ascending months; the curve starts at 0. */
  readonly points: readonly CurvePoint[];
}

/** Two groups on one axis of months, to scale; values in per cent. */
export interface PlacementCurvesInput {
  readonly locale: string;
  readonly words: {
    /** Under the horizontal axis. */
    readonly months: string;
  };
  /** Length of follow-up. */
  readonly months: number;
  readonly a: Curve;
  readonly b: Curve;
}

/** Shares reached by month in two groups, in per cent, with their intervals as bands. */
export function placementCurves(input: PlacementCurvesInput): ChartPair {
  return {
    wide: curvesSpec(input, { width: grid.column, right: 560, plot: 260, every: 1 }),
    narrow: curvesSpec(input, { width: grid.narrowChart, right: 222, plot: 200, every: 3 }),
  };
}

interface Layout {
  readonly width: number;
  /** Where the plot ends; values of the curves' ends stand to the right. */
  readonly right: number;
  readonly plot: number;
  /** Months between ticks. */
  readonly every: number;
}

const LEFT = 10;
const ROOM = { top: 22, bottom: 46 } as const;

function curvesSpec(input: PlacementCurvesInput, layout: Layout): ChartSpec {
  const key = placeKey(keyItems(input), layout.width);
  const top = key.height + ROOM.top;
  const frame = { width: layout.width, height: top + layout.plot + ROOM.bottom };
  const x: PlotScale = { domain: [0, input.months], range: [LEFT, layout.right] };
  const y = upward(input, top, layout.plot);
  const bottom = top + layout.plot;
  return chartSpec(
    frame,
    [...rowsOf(input, "a", x, y.at), ...rowsOf(input, "b", x, y.at)],
    [
      levels(
        frame,
        y.ticks.map((tick) => ({ y: y.at(tick) - 0.5, colour: tick === 0 ? light.axis : light.grid })),
        layout.right,
      ),
      band(frame, "b", light["b-pale"], light.b),
      band(frame, "a", light["a-pale"], light.a),
      line(frame, "b", light.b),
      line(frame, "a", light.a),
      ends(frame, "b"),
      ends(frame, "a"),
      ...keyLayers(frame, key),
      ...textLayers(frame, [
        ...keyTexts(key),
        ...y.ticks.map((tick) =>
          placed(0, y.at(tick) - 9, `${tickText(tick, input.locale, false)}`, { colour: light.ink3 }),
        ),
        ...monthTexts(input, layout, x, bottom),
        ...endTexts(input, layout, y.at),
      ]),
    ],
  );
}

/** Per cent to px, and round values with a line; the axis always starts at 0. */
function upward({ a, b }: PlacementCurvesInput, top: number, height: number) {
  const most = Math.max(10, ...[...a.points, ...b.points].map(({ value, upper }) => upper ?? value));
  const step = most > 50 ? 20 : 10;
  const end = Math.min(100, Math.ceil(most / step) * step);
  const at = (value: number): number => top + height * (1 - value / end);
  return { at, ticks: Array.from({ length: end / step + 1 }, (_, i) => i * step) };
}

function rowsOf(
  input: PlacementCurvesInput,
  group: "a" | "b",
  x: PlotScale,
  y: (value: number) => number,
): readonly Row[] {
  const all = [{ month: 0, value: 0, lower: 0, upper: 0 }, ...input[group].points];
  return all.map(({ month, value, lower, upper }, i) => ({
    group,
    month,
    value,
    lower,
    upper,
    x: position(x, month),
    y: y(value),
    yLower: y(lower ?? value),
    yUpper: y(upper ?? value),
    isLast: i === all.length - 1,
    ...(month > 0 ? { tip: monthTip(input, month) } : {}),
  }));
}

/** Both curves at a month. */
function monthTip({ a, b, words, locale }: PlacementCurvesInput, month: number): string {
  const shown = [a, b].flatMap(({ name, points }) => {
    const point = points.find((own) => own.month === month);
    return point === undefined ? [] : [`${name}: ${tipNumber(point.value, locale)}`];
  });
  return tipText(`${words.months}: ${month}`, ...shown);
}

const levels = (frame: Frame, values: readonly Row[], right: number): Layer => ({
  data: { values },
  mark: { type: "rule", strokeWidth: 1 },
  encoding: {
    x: { value: 0 },
    x2: { value: right },
    y: pixelY(frame, "y"),
    stroke: { field: "colour", type: "nominal", scale: null },
  },
});

const only = (group: string): Row => ({ filter: `datum.group === "${group}"` });

const band = (frame: Frame, group: string, fill: string, stroke: string): Layer => ({
  transform: [only(group)],
  mark: { type: "area", fill, fillOpacity: 0.75, stroke, strokeWidth: 1, strokeOpacity: 0.45 },
  encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "yUpper"), y2: { field: "yLower" } },
});

const line = (frame: Frame, group: string, stroke: string): Layer => ({
  transform: [only(group)],
  mark: { type: "line", stroke, strokeWidth: 2.5 },
  encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "y") },
});

const ends = (frame: Frame, group: "a" | "b"): Layer => ({
  transform: [only(group), { filter: "datum.isLast" }],
  mark: { type: "point", opacity: 1, ...(group === "a" ? filledCircle : openDiamond) },
  encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "y") },
});

function monthTexts(
  { months, words, locale }: PlacementCurvesInput,
  { every, right }: Layout,
  x: PlotScale,
  bottom: number,
): readonly PlacedText[] {
  const ticks = Array.from({ length: Math.floor(months / every) + 1 }, (_, i) => i * every);
  return [
    ...ticks.map((tick) =>
      placed(position(x, tick), bottom + 14, tickText(tick, locale, false), { align: "center", colour: light.ink3 }),
    ),
    placed(right, bottom + 35, words.months, { align: "right", colour: light.ink3 }),
  ];
}

/** Values beside the ends of the curves, pushed apart where these lie close. */
function endTexts({ a, b }: PlacementCurvesInput, { right, width }: Layout, y: (value: number) => number) {
  const labelled = [a, b].map((curve) => {
    const last = curve.points.at(-1);
    return { curve, x: right + 14, y: y(last?.value ?? 0) };
  });
  const [upper, lower] = labelled.toSorted((one, other) => one.y - other.y);
  if (upper === undefined || lower === undefined) return [];
  const push = Math.max(0, 22 - (lower.y - upper.y)) / 2;
  const isWide = width === grid.column;
  const text = ({ curve, x }: (typeof labelled)[number], at: number): readonly PlacedText[] => [
    placed(x, at, curve.endText, { size: 14, weight: 600 }),
    ...(isWide ? [placed(x + 56, at, curve.short, { colour: light.ink2 })] : []),
  ];
  return [...text(upper, upper.y - push), ...text(lower, lower.y + push)];
}

function keyItems({ a, b }: PlacementCurvesInput): readonly KeyItem[] {
  return [
    { shape: "circle", text: a.name },
    { shape: "diamond", text: b.name },
  ];
}
