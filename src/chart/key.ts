import { light } from "../theme.ts";
import { boxLayers, type Fill, type FilledBox } from "./boxes.ts";
import {
  type Frame,
  filledCircle,
  filledSquare,
  intervals,
  type Layer,
  openCircle,
  openDiamond,
  openTriangle,
  type PlacedText,
  type PointShape,
  pixelX,
  pixelY,
  placed,
  referenceLine,
} from "./layers.ts";
import { textWidth, wrap } from "./metrics.ts";

type Point = "circle" | "diamond" | "square" | "triangle" | "openCircle";
type Bar = "solidBar" | "outlinedBar";

type KeyShape = Point | "line" | Bar | { readonly box: Fill };

export interface KeyItem {
  readonly shape: KeyShape;
  readonly text: string;
}

interface PlacedKey {
  readonly items: ReadonlyArray<
    KeyItem & { readonly x: number; readonly y: number; readonly lines: readonly string[] }
  >;
  /** Room the key takes, the space under it included; 0 without items. */
  readonly height: number;
}

const LINE = 22;
const BETWEEN = 20;
const AFTER_SHAPE = 7;
const SHAPES: Readonly<Record<Point, PointShape>> = {
  circle: filledCircle,
  diamond: openDiamond,
  square: filledSquare,
  triangle: openTriangle,
  openCircle,
};

/** Items from left to right, on as many lines as they need; a text wider than the chart is broken. */
export function placeKey(items: readonly KeyItem[], width: number): PlacedKey {
  let [x, line] = [0, 0];
  const all = items.map((item) => {
    const own = shapeWidth(item) + AFTER_SHAPE + textWidth(item.text, 13);
    if (x > 0 && x + own > width) [x, line] = [0, line + 1];
    const lines = wrap(item.text, width - x - shapeWidth(item) - AFTER_SHAPE, 13);
    const place = { ...item, x, y: line * LINE + 10, lines };
    x += own + BETWEEN;
    line += lines.length - 1;
    return place;
  });
  return { items: all, height: items.length === 0 ? 0 : (line + 1) * LINE + 10 };
}

/** The marks of a key, each where it was placed. */
export function keyLayers(frame: Frame, key: PlacedKey): readonly Layer[] {
  const marks = (Object.keys(SHAPES) as Point[]).flatMap((shape) => pointLayer(frame, key, shape));
  return [...marks, ...lineLayer(frame, key), ...boxLayers(frame, key.items.flatMap(boxOf)), ...barLayers(frame, key)];
}

/** The texts of a key, beside their marks. */
export function keyTexts(key: PlacedKey): readonly PlacedText[] {
  return key.items.flatMap((item) =>
    item.lines.map((text, i) =>
      placed(item.x + shapeWidth(item) + AFTER_SHAPE, item.y + i * LINE, text, { colour: light.ink2 }),
    ),
  );
}

function pointLayer(frame: Frame, key: PlacedKey, shape: Point): readonly Layer[] {
  const values = key.items.filter((item) => item.shape === shape).map(({ x, y }) => ({ x: x + 7, y }));
  if (values.length === 0) return [];
  const mark = { type: "point", opacity: 1, ...SHAPES[shape] };
  return [{ data: { values }, mark, encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "y") } }];
}

function boxOf({ shape, x, y }: PlacedKey["items"][number]): readonly FilledBox[] {
  return typeof shape === "string" ? [] : [{ left: x, right: x + 20, top: y - 6, bottom: y + 6, fill: shape.box }];
}

function lineLayer(frame: Frame, key: PlacedKey): readonly Layer[] {
  const values = key.items.filter((item) => item.shape === "line").map(({ x, y }) => ({ x, end: x + 20, y }));
  if (values.length === 0) return [];
  const encoding = { x: pixelX(frame, "x"), x2: { field: "end" }, y: pixelY(frame, "y") };
  return [{ data: { values }, mark: { type: "rule", ...referenceLine }, encoding }];
}

function barLayers(frame: Frame, key: PlacedKey): readonly Layer[] {
  const bars = key.items.filter((item) => isBar(item.shape));
  if (bars.length === 0) return [];
  const values = bars.map(({ shape, x, y }) => ({
    solid: shape === "solidBar",
    ...{ lower: x + 1, upper: x + 33, estimate: x + 17 },
    ...{ barTop: y - 4, barBottom: y + 4, tickTop: y - 8, tickBottom: y + 8 },
  }));
  const scale = { domain: [0, frame.width], range: [0, frame.width] } as const;
  return [{ data: { values }, layer: intervals(frame, scale) }];
}

const isBar = (shape: KeyShape): shape is Bar => shape === "solidBar" || shape === "outlinedBar";

function shapeWidth({ shape }: KeyItem): number {
  if (isBar(shape)) return 34;
  return shape === "line" || typeof shape === "object" ? 20 : 14;
}
