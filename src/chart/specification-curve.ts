import { grid, light } from "../theme.ts";
import type { ChartPair, ChartSpec } from "./chart.ts";
import {
  chartSpec,
  type Frame,
  type Hairline,
  hairlines,
  type Layer,
  type PlacedText,
  pixelX,
  pixelY,
  placed,
  type Row,
  textLayers,
} from "./layers.ts";
import { wrap } from "./metrics.ts";
import { tickText } from "./plot-scale.ts";
import { tipNumber, tipText } from "./tips.ts";

/** One specification's estimate with its interval, in the units of the axis. */
export interface CurveItem {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** Whether the interval clears zero. */
  readonly solid: boolean;
  readonly primary: boolean;
}

/**
 * Estimates in the unit of the axis; `held` of each option has one answer an item, in the order of all groups' items.
 */
export interface SpecificationCurveInput {
  readonly locale: string;
  readonly words: {
    /** Name of the primary specification's mark. */
    readonly primary: string;
    /** What the vertical axis measures. */
    readonly axis: string;
  };
  /** Specifications that estimate the same thing, each group in order of the estimate. */
  readonly groups: ReadonlyArray<{ readonly name: string; readonly items: readonly CurveItem[] }>;
  /** The choices that differ between specifications: one answer an item, through all groups. */
  readonly choices: ReadonlyArray<{
    readonly name: string;
    readonly options: ReadonlyArray<{ readonly name: string; readonly held: readonly boolean[] }>;
  }>;
}

/** Estimates side by side, grouped by what they estimate, over a matrix of the choices behind each. */
export function specificationCurve(input: SpecificationCurveInput): ChartPair {
  return {
    wide: curveSpec(input, { width: grid.column, left: 216, plot: 200, line: 22 }),
    narrow: curveSpec(input, { width: grid.narrowChart, left: 36, plot: 170, line: 40 }),
  };
}

interface Layout {
  readonly width: number;
  /** Where the plot begins; names of options stand before it, or above their row where there is no room. */
  readonly left: number;
  readonly plot: number;
  /** Height of a row of the matrix. */
  readonly line: number;
}

interface PlacedItem extends CurveItem {
  readonly x: number;
}

const GAP = 1.2;

function curveSpec(input: SpecificationCurveInput, layout: Layout): ChartSpec {
  const columns = placeItems(input, layout);
  const labels = groupLabels(input, columns, layout);
  const top = 8 + labels.height;
  const y = vertical(input, top, layout.plot);
  const matrix = matrixOf(input, layout, columns, top + layout.plot + 22);
  const frame = { width: layout.width, height: matrix.bottom };
  const rows = columns.flat().map(({ estimate, lower, upper, solid, primary, x }, i) => ({
    ...{ estimate, lower, upper, solid, primary, x },
    tip: tipText(...heldBy(input, i), intervalOf({ estimate, lower, upper }, input.locale)),
    y: y.at(estimate),
    yLower: y.at(lower),
    yUpper: y.at(upper),
    markTop: top,
    markBottom: layout.width === grid.column ? matrix.bottom : top + layout.plot,
  }));
  const tickX = layout.left - 10;
  return chartSpec(frame, rows, [
    hairlines(frame, [
      ...y.ticks.map((tick) => ({ y: y.at(tick) - 0.5, colour: tick === 0 ? light.axis : light.grid })),
      ...matrix.lines,
    ]),
    primaryStripe(frame),
    ...estimateLayers(frame),
    dots(frame, matrix.dots),
    ...textLayers(frame, [
      ...labels.texts,
      ...y.ticks.map((tick) =>
        placed(tickX, y.at(tick) - 9, tickText(tick, input.locale, true), { align: "right", colour: light.ink3 }),
      ),
      ...axisName(input, layout, top),
      ...primaryName(input, columns, layout, top + layout.plot + 10),
      ...matrix.texts,
    ]),
  ]);
}

/** The choices behind a specification, each with its answer. */
const heldBy = ({ choices }: SpecificationCurveInput, item: number): readonly string[] =>
  choices.flatMap(({ name, options }) => {
    const held = options.filter((option) => option.held[item] === true).map((option) => option.name);
    return held.length === 0 ? [] : [`${name}: ${held.join(", ")}`];
  });

function intervalOf({ estimate, lower, upper }: Pick<CurveItem, "estimate" | "lower" | "upper">, locale: string) {
  const [one, low, high] = [estimate, lower, upper].map((value) => tipNumber(value, locale));
  return `${one} [${low}, ${high}]`;
}

function placeItems({ groups }: SpecificationCurveInput, { left, width }: Layout): PlacedItem[][] {
  const count = groups.reduce((sum, { items }) => sum + items.length, 0) + GAP * (groups.length - 1);
  const step = Math.min(44, (width - left - 8) / Math.max(1, count));
  let next = left + 4 + step / 2;
  return groups.map(({ items }) => {
    const own = items.map((item, i) => ({ ...item, x: next + i * step }));
    next += (items.length + GAP) * step;
    return own;
  });
}

/** A letter over each group's columns, and what the letters stand for in lines above; one group needs none. */
function groupLabels({ groups }: SpecificationCurveInput, columns: readonly PlacedItem[][], { width }: Layout) {
  const letter = (i: number): string => String.fromCharCode(65 + i);
  if (groups.length < 2) return { height: 12, texts: [] };
  let y = 0;
  const legend = groups.flatMap(({ name }, i) => {
    const lines = wrap(name, width - 20, 13);
    const first = y;
    y += lines.length * 18 + 2;
    return [
      placed(0, first + 9, letter(i), { weight: 600, colour: light.ink2 }),
      ...lines.map((text, k) => placed(20, first + 9 + k * 18, text, { colour: light.ink2 })),
    ];
  });
  const letters = columns.flatMap((own, i) => {
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [placed((first.x + last.x) / 2, y + 18, letter(i), { align: "center", weight: 600, colour: light.ink2 })];
  });
  return { height: y + 34, texts: [...legend, ...letters] };
}

function vertical({ groups }: SpecificationCurveInput, top: number, height: number) {
  const values = [0, ...groups.flatMap(({ items }) => items.flatMap(({ lower, upper }) => [lower, upper]))];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const step = [1, 2, 5, 10, 20, 50].find((size) => (high - low) / size <= 4) ?? 100;
  const [from, to] = [Math.floor(low / step), Math.ceil(high / step)];
  const span = Math.max(1, to - from) * step;
  return {
    at: (value: number): number => top + height * (1 - (value - from * step) / span),
    ticks: Array.from({ length: Math.max(1, to - from) + 1 }, (_, i) => (from + i) * step),
  };
}

function estimateLayers(frame: Frame): readonly Layer[] {
  const point = (filter: string, mark: Row): Layer => ({
    transform: [{ filter }],
    mark: { type: "point", shape: "circle", size: 81, opacity: 1, ...mark },
    encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "y") },
  });
  return [
    {
      mark: { type: "rule", stroke: light.a, strokeWidth: 2 },
      encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "yLower"), y2: { field: "yUpper" } },
    },
    point("datum.solid", { filled: true, fill: light.a }),
    point("!datum.solid", { filled: false, fill: light.paper, stroke: light.a, strokeWidth: 2 }),
  ];
}

/** A pale column through estimate and matrix. */
const primaryStripe = (frame: Frame): Layer => ({
  transform: [
    { filter: "datum.primary" },
    { calculate: "datum.x - 8", as: "left" },
    { calculate: "datum.x + 8", as: "right" },
  ],
  mark: { type: "rect", fill: light["a-pale"], stroke: light.a, strokeWidth: 1 },
  encoding: {
    x: pixelX(frame, "left"),
    x2: { field: "right" },
    y: pixelY(frame, "markTop"),
    y2: { field: "markBottom" },
  },
});

const axisName = ({ words }: SpecificationCurveInput, { left, width }: Layout, top: number): readonly PlacedText[] =>
  width === grid.column
    ? wrap(words.axis, left - 64, 13).map((text, i) => placed(0, top + 8 + i * 18, text, { colour: light.ink3 }))
    : [];

function primaryName(
  { words }: SpecificationCurveInput,
  columns: readonly PlacedItem[][],
  { width, left }: Layout,
  y: number,
): readonly PlacedText[] {
  const own = columns.flat().find(({ primary }) => primary);
  if (own === undefined) return [];
  const isRight = own.x > (left + width) / 2;
  const x = isRight ? own.x - 13 : own.x + 13;
  return [placed(x, y, words.primary, { weight: 600, align: isRight ? "right" : "left" })];
}

function matrixOf({ choices }: SpecificationCurveInput, layout: Layout, columns: readonly PlacedItem[][], top: number) {
  const items = columns.flat();
  const isNarrow = layout.width !== grid.column;
  const texts: PlacedText[] = [];
  const lines: Hairline[] = [];
  const found: Row[] = [];
  let y = top;
  for (const { name, options } of choices) {
    lines.push({ y: y + 0.5, colour: light.rule });
    texts.push(placed(0, y + 16, name, { colour: light.ink3 }));
    y += 28;
    for (const option of options) {
      const words = wrap(option.name, isNarrow ? layout.width : layout.left - 8, 13);
      const more = (words.length - 1) * 17;
      const middle = isNarrow ? y + more + layout.line - 11 : y + (more + layout.line) / 2;
      const first = isNarrow ? y + 9 : middle - more / 2;
      texts.push(...words.map((text, i) => placed(0, first + i * 17, text)));
      found.push(...option.held.map((held, i) => ({ x: items[i]?.x ?? 0, y: middle, held })));
      y += layout.line + more;
    }
    y += 6;
  }
  return { texts, lines: [...lines, { y: y - 0.5, colour: light.rule }], dots: found, bottom: y };
}

const dots = (frame: Frame, values: readonly Row[]): Layer => ({
  data: { values },
  layer: [
    {
      transform: [{ filter: "!datum.held" }],
      mark: { type: "point", shape: "circle", size: 9, filled: true, opacity: 1, fill: light.rule },
      encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "y") },
    },
    {
      transform: [{ filter: "datum.held" }],
      mark: { type: "point", shape: "circle", size: 64, filled: true, opacity: 1, fill: light.ink2 },
      encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "y") },
    },
  ],
});
