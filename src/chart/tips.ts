import type { SceneGroup, SceneItem, View } from "vega";

/** What a mark says when it is pointed at, and the box around it in px of the drawing. */
export interface Tip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Lines of text. */
  readonly text: string;
}

/** A row's field `tip`: its name and what was drawn of it, a line each. A row without values says nothing. */
export const tipText = (...lines: ReadonlyArray<string | undefined>): string =>
  lines
    .filter((line) => line !== undefined && line !== "")
    .join("\n")
    .replaceAll(/ *\n */g, "\n");

/** A number as a tip writes it: one decimal at most. */
export const tipNumber = (value: number, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value).replace("-", "\u2212");

/** Smallest side of a box that can be pointed at, in px. */
const LEAST = 24;

/** The boxes of all marks whose rows have a tip, and of a line's points; marks with the same tip share one. */
export function tipsOf(view: View): readonly Tip[] {
  const boxes = new Map<string, Box>();
  const root = view.scenegraph() as unknown as { readonly root: SceneNode };
  collect(root.root, boxes, 0, 0);
  return [...boxes].map(([text, box]) => ({ ...roomy(box), text }));
}

interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Vega's types leave the scenegraph's nesting out: marks hold items, items of groups hold marks. */
interface SceneNode {
  readonly marktype?: string;
  readonly items?: ReadonlyArray<SceneNode & Partial<SceneItem & SceneGroup>>;
  readonly bounds?: Box;
  readonly datum?: { readonly tip?: unknown };
}

const WITHOUT: ReadonlySet<string> = new Set(["area", "text"]);

function collect(mark: SceneNode, boxes: Map<string, Box>, dx: number, dy: number): void {
  if (WITHOUT.has(mark.marktype ?? "")) return;
  for (const item of mark.items ?? []) {
    if (mark.marktype === "group")
      for (const inner of item.items ?? []) collect(inner, boxes, dx + (item.x ?? 0), dy + (item.y ?? 0));
    const tip = item.datum?.tip;
    if (typeof tip !== "string") continue;
    const { x1, y1, x2, y2 } = mark.marktype === "line" ? pointOf(item) : boundsOf(item);
    const known = boxes.get(tip) ?? { x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
    boxes.set(tip, {
      x1: Math.min(known.x1, x1 + dx),
      y1: Math.min(known.y1, y1 + dy),
      x2: Math.max(known.x2, x2 + dx),
      y2: Math.max(known.y2, y2 + dy),
    });
  }
}

const pointOf = ({ x = 0, y = 0 }: Partial<SceneItem>): Box => ({ x1: x, y1: y, x2: x, y2: y });

const boundsOf = ({ bounds }: Partial<SceneItem>): Box => bounds as unknown as Box;

function roomy({ x1, y1, x2, y2 }: Box): Omit<Tip, "text"> {
  const [width, height] = [Math.max(LEAST, x2 - x1), Math.max(LEAST, y2 - y1)];
  return {
    x: Math.round((x1 + x2 - width) / 2),
    y: Math.round((y1 + y2 - height) / 2),
    width: Math.round(width),
    height: Math.round(height),
  };
}
