import { light } from "../theme.ts";
import { type Frame, type Layer, pixelX, pixelY, type Row } from "./layers.ts";

/** A rectangle at its place in px. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** How a box is filled. Solid and pale stand for the same group; pale and open ones are outlined. */
export type Fill = "a" | "aPale" | "aOpen" | "b" | "bPale" | "open" | "tint" | "grey" | "axis" | "hatch";

export interface FilledBox extends Box {
  readonly fill: Fill;
  /** What it says when it is pointed at. */
  readonly tip?: string;
}

const marks: Readonly<Record<Fill, Row>> = {
  a: { fill: light.a },
  aPale: { fill: light["a-pale"], stroke: light.a, strokeWidth: 1 },
  aOpen: { fill: light.paper, stroke: light.a, strokeWidth: 1 },
  b: { fill: light.b },
  bPale: { fill: light["b-pale"], stroke: light.b, strokeWidth: 1 },
  open: { fill: light.paper, stroke: light.axis, strokeWidth: 1.25 },
  tint: { fill: light.tint, stroke: light.axis, strokeWidth: 1 },
  grey: { fill: light.grid },
  axis: { fill: light.axis },
  hatch: { fill: null, stroke: light.axis, strokeWidth: 1, strokeOpacity: 0.7 },
};

/** One layer for each fill that occurs; an outline stays inside its box. */
export function boxLayers(frame: Frame, all: readonly FilledBox[]): readonly Layer[] {
  const fills = (Object.keys(marks) as Fill[]).filter((fill) => all.some((box) => box.fill === fill));
  return fills.flatMap((fill) => {
    const own = all.filter((box) => box.fill === fill);
    const mark = marks[fill];
    const { strokeWidth } = mark;
    const inset = typeof strokeWidth === "number" ? strokeWidth / 2 : 0;
    const layer = boxes(
      frame,
      own.map((box) => shrunk(box, inset)),
      mark,
    );
    return fill === "hatch" ? [hatch(frame, own), layer] : [layer];
  });
}

const shrunk = ({ left, right, top, bottom, tip }: FilledBox, by: number): Box & Pick<FilledBox, "tip"> => {
  const aside = Math.min(by, (right - left) / 2);
  const box = { left: left + aside, right: right - aside, top: top + by, bottom: bottom - by };
  return tip === undefined ? box : { ...box, tip };
};

/** Rectangles of one look. */
export const boxes = (frame: Frame, values: readonly Box[], mark: Row): Layer => ({
  data: { values },
  mark: { type: "rect", ...mark },
  encoding: {
    x: pixelX(frame, "left"),
    x2: { field: "right" },
    y: pixelY(frame, "top"),
    y2: { field: "bottom" },
  },
});

/** Slanted lines, 45 degrees and 6 px apart, cut at each box. */
export function hatch(frame: Frame, all: readonly Box[]): Layer {
  const values = all.flatMap(({ left, right, top, bottom }) => {
    const height = bottom - top;
    const count = Math.ceil((right - left + height) / 6);
    return Array.from({ length: count }, (_, i) => left + (i + 0.5) * 6)
      .map((start) => ({
        x1: Math.min(start, right),
        y1: top + Math.max(0, start - right),
        x2: Math.max(start - height, left),
        y2: Math.min(bottom, top + start - left),
      }))
      .filter(({ x1, x2 }) => x1 > x2);
  });
  return {
    data: { values },
    mark: { type: "rule", stroke: light.axis, strokeWidth: 1, strokeOpacity: 0.7 },
    encoding: {
      x: pixelX(frame, "x1"),
      y: pixelY(frame, "y1"),
      x2: { field: "x2" },
      y2: { field: "y2" },
    },
  };
}
