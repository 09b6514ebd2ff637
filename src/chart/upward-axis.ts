import { light } from "../theme.ts";
import { type Frame, type Layer, type PlacedText, pixelY, placed } from "./layers.ts";
import { tickText } from "./plot-scale.ts";

/** A vertical scale with its round values. */
export interface UpwardAxis {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** A stretch of the chart's height in px. */
interface Stretch {
  readonly top: number;
  readonly height: number;
}

/** An axis that holds zero and all values, with at most `lines` steps of 1, 2 or 5 times a power of ten; without values, zero alone. */
export function upwardAxis(values: readonly number[], { top, height }: Stretch, lines: number): UpwardAxis {
  if (values.length === 0) return { at: () => top + height, ticks: [0] };
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const step = low === high ? 1 : roundStep((high - low) / lines, ([from, to]) => to - from <= lines, [low, high]);
  const [from, to] = [
    Math.floor(low / step + 1e-9),
    Math.max(Math.ceil(high / step - 1e-9), Math.floor(low / step) + 1),
  ];
  return {
    at: (value) => top + height * (1 - (value - from * step) / ((to - from) * step)),
    ticks: Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12))),
  };
}

type Steps = readonly [number, number];

function roundStep(least: number, fits: (steps: Steps) => boolean, [low, high]: Steps): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const sizes = [1, 2, 5, 10, 20].map((factor) => factor * power);
  return sizes.find((size) => fits([Math.floor(low / size + 1e-9), Math.ceil(high / size - 1e-9)])) ?? power * 50;
}

/** Lines at the axis' values from `left` to `right`, darker at zero. */
export function axisLines(frame: Frame, { at, ticks }: UpwardAxis, left: number, right: number): Layer {
  const values = ticks.map((tick) => ({ y: at(tick) - 0.5, colour: tick === 0 ? light.axis : light.grid }));
  return {
    data: { values },
    mark: { type: "rule", strokeWidth: 1 },
    encoding: {
      x: { value: left },
      x2: { value: right },
      y: pixelY(frame, "y"),
      stroke: { field: "colour", type: "nominal", scale: null },
    },
  };
}

/** Values over the left ends of their lines. */
export const axisTexts = ({ at, ticks }: UpwardAxis, left: number, locale: string): readonly PlacedText[] =>
  ticks.map((tick) => placed(left, at(tick) - 9, tickText(tick, locale, false), { colour: light.ink3 }));
