import { font, light, type } from "../theme.ts";
import type { ChartSpec } from "./chart.ts";
import type { PlotScale } from "./plot-scale.ts";

/*
 * The few layers that charts are made of. Rows carry their vertical place in px (`y`, `top`, `bottom`),
 * values keep their own units and are placed by a scale of their plot.
 */

export interface Frame {
  readonly width: number;
  readonly height: number;
}

/** A layer of a Vega-Lite specification; its rows are those of the whole chart, or its own where it brings some. */
export type Layer = Readonly<Record<string, unknown>>;
export type Row = Readonly<Record<string, unknown>>;
export type Align = "left" | "center" | "right";

/** A line of text at a place in px. */
export interface PlacedText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly align: Align;
  readonly size: number;
  readonly weight: 400 | 600;
  readonly colour: string;
}

export interface TextStyle {
  readonly align?: Align;
  readonly size?: number;
  readonly weight?: 400 | 600;
  readonly colour?: string;
}

/** A horizontal hairline over the chart's whole width. */
export interface Hairline {
  readonly y: number;
  readonly colour: string;
}

/** The specification of a chart: its rows, which every layer sees, and its layers from back to front. */
export function chartSpec(frame: Frame, rows: readonly Row[], layers: readonly Layer[]): ChartSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: frame.width,
    height: frame.height,
    padding: 0,
    autosize: "none",
    data: { values: rows },
    resolve: { scale: { x: "independent" } },
    layer: layers,
    config: { aria: false, background: null, font: font.family, view: { stroke: null } },
  };
}

/** Layers that share one horizontal scale. */
export const plot = (...layers: readonly Layer[]): Layer => ({ layer: layers });

/** A text at pixels from the left and the top; 400 and the size of notes unless the style says otherwise. */
export function placed(x: number, y: number, text: string, style: TextStyle = {}): PlacedText {
  return {
    x,
    y,
    text,
    align: style.align ?? "left",
    size: style.size ?? type.note.size,
    weight: style.weight ?? 400,
    colour: style.colour ?? light.ink,
  };
}

/** One layer for each alignment that occurs: the alignment of text is a property of the mark. */
export function textLayers(frame: Frame, texts: readonly PlacedText[]): readonly Layer[] {
  const aligns: readonly Align[] = ["left", "center", "right"];
  return aligns
    .map((align) => ({ align, values: texts.filter((text) => text.align === align) }))
    .filter(({ values }) => values.length > 0)
    .map(({ align, values }) => ({
      data: { values: values.map(({ align: _, ...rest }) => rest) },
      mark: { type: "text", align, fontSize: { expr: "datum.size" }, fontWeight: { expr: "datum.weight" } },
      encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "y"), text: { field: "text" }, fill: raw("colour") },
    }));
}

/** Lines one pixel thick over the whole width. */
export function hairlines(frame: Frame, lines: readonly Hairline[]): Layer {
  return {
    data: { values: lines },
    mark: { type: "rule", strokeWidth: 1 },
    encoding: { x: { value: 0 }, x2: { value: frame.width }, y: pixelY(frame, "y"), stroke: raw("colour") },
  };
}

/** Upright lines of a plot: `values` with `value`, `top`, `bottom`. */
export function uprights(frame: Frame, scale: PlotScale, values: readonly Row[], mark: Row): Layer {
  return {
    data: { values },
    mark: { type: "rule", ...mark },
    encoding: { x: plotX(scale, "value"), y: pixelY(frame, "top"), y2: { field: "bottom" } },
  };
}

/** A mark a row, where the row has that field. */
export function points(frame: Frame, scale: PlotScale, field: string, shape: PointShape): Layer {
  return {
    transform: [{ filter: `isValid(datum.${field})` }],
    mark: { type: "point", opacity: 1, ...shape },
    encoding: { x: plotX(scale, field), y: pixelY(frame, "markY") },
  };
}

/** A line from one value to another, under their points. */
export function link(frame: Frame, scale: PlotScale, from: string, to: string): Layer {
  return {
    transform: [{ filter: `isValid(datum.${from})` }],
    mark: { type: "rule", stroke: light.axis, strokeWidth: 1.5 },
    encoding: { x: plotX(scale, from), x2: { field: to }, y: pixelY(frame, "markY") },
  };
}

/** Text of a field beside its point, `dx` px away. */
export function beside(frame: Frame, scale: PlotScale, field: string, text: string, dx: number): Layer {
  return {
    transform: [{ filter: `isValid(datum.${field})` }],
    mark: {
      type: "text",
      align: dx < 0 ? "right" : "left",
      dx,
      fontSize: type.note.size,
      fontWeight: { expr: "datum.strong ? 600 : 400" },
      fill: light.ink,
    },
    encoding: { x: plotX(scale, field), y: pixelY(frame, "markY"), text: { field: text } },
  };
}

/** Bars from `lower` to `upper`, solid or outlined, with an upright tick at `estimate`; a halo parts it from a solid bar. */
export function intervals(frame: Frame, scale: PlotScale): readonly Layer[] {
  const bar = (filter: string, mark: Row): Layer => ({
    transform: [{ filter: `isValid(datum.lower) && ${filter}` }],
    mark: { type: "rect", ...mark },
    encoding: {
      x: plotX(scale, "lower"),
      x2: { field: "upper" },
      y: pixelY(frame, "barTop"),
      y2: { field: "barBottom" },
    },
  });
  const tick = (filter: string, mark: Row): Layer => ({
    transform: [{ filter: `isValid(datum.estimate) && ${filter}` }],
    mark: { type: "rule", ...mark },
    encoding: { x: plotX(scale, "estimate"), y: pixelY(frame, "tickTop"), y2: { field: "tickBottom" } },
  });
  return [
    bar("datum.solid", { fill: light.a }),
    bar("!datum.solid", { fill: light.paper, stroke: light.a, strokeWidth: 1.5 }),
    tick("datum.solid", { stroke: light.paper, strokeWidth: 6.5 }),
    tick("true", { stroke: light.ink, strokeWidth: 2.5 }),
  ];
}

/** A mark as Vega-Lite draws it; filled or open tells groups apart where colour can't. */
export type PointShape = Readonly<{
  shape: string;
  /** Square of the diameter in px. */
  size: number;
  filled: boolean;
  fill: string;
  stroke?: string;
  strokeWidth?: number;
}>;

/** Group a: filled circle, 12 px. */
export const filledCircle: PointShape = { shape: "circle", size: 144, filled: true, fill: light.a };
/** Group b: open diamond, 12 px. */
export const openDiamond: PointShape = {
  shape: "diamond",
  size: 144,
  filled: false,
  fill: light.paper,
  stroke: light.b,
  strokeWidth: 2.25,
};
/** Third and fourth of four groups. */
export const filledSquare: PointShape = { shape: "square", size: 121, filled: true, fill: light.c };
export const openTriangle: PointShape = {
  shape: "triangle-up",
  size: 144,
  filled: false,
  fill: light.paper,
  stroke: light.d,
  strokeWidth: 2.25,
};
/** A former or unweighted value: open circle, 10 px. */
export const openCircle: PointShape = {
  shape: "circle",
  size: 100,
  filled: false,
  fill: light.paper,
  stroke: light.axis,
  strokeWidth: 1.75,
};

/** Grid, zero and reference lines. */
export const gridMark = { stroke: light.grid, strokeWidth: 1 } as const;
export const zeroMark = { stroke: light.axis, strokeWidth: 1 } as const;
export const referenceMark = { stroke: light.axis, strokeWidth: 1, strokeDash: [2, 3] } as const;

/** A line that others are compared with, e.g. the whole of which each panel is a part. */
export const referenceLine = { stroke: light.axis, strokeWidth: 1.5 } as const;

/** Encoding of a value by a scale. */
export function plotX(scale: PlotScale, field: string): Row {
  return { field, type: "quantitative", axis: null, scale: linear(scale.domain, scale.range) };
}

/** Encoding of pixels from the left. */
export const pixelX = (frame: Frame, field: string): Row => pixels(frame.width, field);
/** Encoding of pixels from the top. */
export const pixelY = (frame: Frame, field: string): Row => pixels(frame.height, field);

const pixels = (length: number, field: string): Row => ({
  field,
  type: "quantitative",
  axis: null,
  scale: linear([0, length], [0, length]),
});

const linear = (domain: readonly number[], range: readonly number[]): Row => ({
  domain,
  range,
  zero: false,
  nice: false,
});

/** A field that holds the colour itself. */
const raw = (field: string): Row => ({ field, type: "nominal", scale: null });
