import { grid, light } from "../theme.ts";
import { boxLayers, type Fill, type FilledBox } from "./boxes.ts";
import type { ChartPair, ChartSpec, Labelled } from "./chart.ts";
import { type KeyItem, keyLayers, keyTexts, placeKey } from "./key.ts";
import {
  chartSpec,
  type Frame,
  hairlines,
  type Layer,
  type PlacedText,
  pixelX,
  pixelY,
  placed,
  type Row,
  textLayers,
} from "./layers.ts";
import { textWidth } from "./metrics.ts";
import { type Band, bottomOf, type Column, inWords, rowLines, stack, twoTexts, twoTextsHeight } from "./rows.ts";
import { tipText } from "./tips.ts";

/** One part of the bars. Group a: solid, pale, open; the rest: tint, grey; hatched for what is unknown. */
export interface OutcomePart {
  readonly name: string;
  readonly fill: Extract<Fill, "a" | "aPale" | "aOpen" | "tint" | "grey" | "hatch">;
}

/** One bar; `words` say why where its parts are not published. */
interface OutcomeRow {
  readonly name: string;
  readonly detail?: string;
  /**
   * Shares in per cent, one a part, in the parts' order; null where one is not published, which `words` then say under
   * the bar. The bar ends as much shorter: the parts that are shown touch each other.
   */
  readonly shares?: ReadonlyArray<Labelled | null>;
  readonly words?: string;
  /** The row the others are compared with: a thicker bar, its name bold. */
  readonly strong?: boolean;
}

/** Shares in per cent, one a part in the order of `parts`; a row with fewer or more is a bug and throws. */
export interface StackedOutcomesInput {
  readonly parts: readonly OutcomePart[];
  readonly rows: readonly OutcomeRow[];
}

/** Shares of a whole as one bar a row, each part labelled in its bar, or under it where it is too short. */
export function stackedOutcomes(input: StackedOutcomesInput): ChartPair {
  const { parts, rows } = input;
  const odd = rows.find(({ shares }) => shares !== undefined && shares.length !== parts.length);
  if (odd !== undefined)
    throw new Error(`chart: ${odd.name} has ${odd.shares?.length} shares of ${parts.length} parts`);
  return { wide: draw(input, WIDE), narrow: draw(input, NARROW) };
}

/** Where a row's name stands and where its bar, beside the name or under it. */
interface Layout {
  readonly width: number;
  readonly name: Column & { readonly width: number };
  readonly bar: readonly [number, number];
  readonly isBeside: boolean;
}

const WIDE: Layout = { width: grid.column, name: { x: 0, width: 168 }, bar: [184, 708], isBeside: true };
const WHOLE = { x: 0, width: grid.narrowChart };
const NARROW: Layout = { width: grid.narrowChart, name: WHOLE, bar: [0, grid.narrowChart - 50], isBeside: false };

interface Segment extends FilledBox {
  readonly label: string;
  /** Which of the parts it shows. */
  readonly part: number;
  readonly isLast: boolean;
}

/** A row with its height, the middle of its name, and its segments. */
interface PlacedRow {
  readonly row: OutcomeRow;
  readonly height: number;
  /** From the row's top. */
  readonly nameMiddle: number;
  readonly wordsMiddle: number;
  readonly segments: readonly Segment[];
}

function draw(input: StackedOutcomesInput, layout: Layout): ChartSpec {
  const names = partNames(input, layout);
  const items = input.parts.map(({ name, fill }): KeyItem => ({ shape: { box: fill }, text: name }));
  const key = placeKey(names.length > 0 ? [] : items, layout.width);
  const header = { top: key.height, height: names.length > 0 ? 32 : 1 };
  const rows = input.rows.map((row) => placeRow(row, input.parts, layout));
  const bands = stack(
    bottomOf(header),
    rows.map(({ height }) => height),
  );
  const frame = { width: layout.width, height: bottomOf(bands.at(-1) ?? header) };
  const segments = rows.map((row, i) => moved(row.segments, bands[i] ?? header));
  const labels = segments.map((own) => labelsOf(own, layout));
  const values = input.rows.map(({ name, shares }) => ({
    name,
    ...(shares && { shares: shares.map((share) => share?.value ?? null) }),
  }));
  return chartSpec(frame, values, [
    hairlines(frame, rowLines(bands, header)),
    ...boxLayers(frame, segments.flat()),
    separators(frame, segments),
    leaders(
      frame,
      labels.flatMap((own) => own.leaders),
    ),
    ...keyLayers(frame, key),
    ...textLayers(frame, [
      ...keyTexts(key),
      ...names,
      ...labels.flatMap(({ texts }) => texts),
      ...rows.flatMap((row, i) => namesOf(row, bands[i] ?? header, layout)),
    ]),
  ]);
}

/** Names over the parts of the first bar, where all of them have the room; else a key names them. */
function partNames({ parts, rows }: StackedOutcomesInput, layout: Layout): readonly PlacedText[] {
  const first = rows.find(({ shares }) => shares !== undefined)?.shares;
  if (first === undefined || !layout.isBeside) return [];
  const segments = segmentsOf(first, parts, layout, 0, 0);
  if (segments.length < parts.length) return [];
  const fit = segments.every(({ left }, i) => {
    const end = segments[i + 1]?.left ?? layout.width + 10;
    return left + textWidth(parts[i]?.name ?? "", 13) + 10 <= end;
  });
  if (!fit) return [];
  return segments.map(({ left }, i) => placed(left, 10, parts[i]?.name ?? "", { colour: light.ink3 }));
}

const UNDER = 22;

function placeRow(row: OutcomeRow, parts: readonly OutcomePart[], layout: Layout): PlacedRow {
  const name = twoTextsHeight(layout.name, row.name, row.detail, row.strong);
  if (row.shares === undefined) return placeWords(row, name, layout);
  const thick = row.strong === true ? 26 : 18;
  const top = layout.isBeside ? Math.max(8, (name + 16 - thick) / 2) : name + 14;
  const segments = segmentsOf(row.shares, parts, layout, top, thick).map((segment) => ({
    ...segment,
    tip: tipText(row.name, `${parts[segment.part]?.name ?? ""}: ${segment.label}`),
  }));
  const labels = segments.some((segment) => !fits(segment)) ? UNDER : 0;
  const words = row.words === undefined ? 0 : twoTextsHeight(wordsColumn(layout), row.words, undefined);
  const under = labels + (words > 0 ? words + 6 : 0);
  const foot = layout.isBeside ? (under || top - 10) + 10 : under + 12;
  const height = Math.max(layout.isBeside ? name + 16 : 0, top + thick + foot);
  const wordsMiddle = top + thick + labels + 6 + words / 2;
  return { row, height, segments, wordsMiddle, nameMiddle: layout.isBeside ? top + thick / 2 : 8 + name / 2 };
}

function placeWords(row: OutcomeRow, name: number, layout: Layout): PlacedRow {
  const words = twoTextsHeight(wordsColumn(layout), row.words ?? "", undefined);
  const segments: readonly Segment[] = [];
  if (!layout.isBeside)
    return { row, height: name + words + 22, nameMiddle: 8 + name / 2, wordsMiddle: name + 12 + words / 2, segments };
  const height = Math.max(name, words) + 16;
  return { row, height, nameMiddle: height / 2, wordsMiddle: height / 2, segments };
}

const wordsColumn = ({ bar, width }: Layout): Column => ({ x: bar[0], width: width - bar[0] });

function segmentsOf(
  shares: ReadonlyArray<Labelled | null>,
  parts: readonly OutcomePart[],
  { bar: [left, right] }: Layout,
  top: number,
  thick: number,
): readonly Segment[] {
  const sum = shares.reduce((all, share) => all + (share?.value ?? 0), 0);
  const perPoint = (right - left) / Math.max(100, sum);
  const last = shares.findLastIndex((share) => share !== null && share.value > 0);
  let from = left;
  return shares.flatMap((share, i) => {
    const part = parts[i];
    if (part === undefined || share === null || share.value <= 0) return [];
    const box = { left: from, right: from + share.value * perPoint, top, bottom: top + thick };
    from = box.right;
    return [{ ...box, fill: part.fill, label: share.text, part: i, isLast: i === last }];
  });
}

const moved = (segments: readonly Segment[], { top }: Band): readonly Segment[] =>
  segments.map((segment) => ({ ...segment, top: segment.top + top, bottom: segment.bottom + top }));

const labelWidth = ({ label, fill }: Segment): number => textWidth(label, 13, fill === "hatch" ? 400 : 600);

/** Hatching is no ground for text. */
const isInside = (segment: Segment): boolean =>
  segment.fill !== "hatch" && labelWidth(segment) + 8 <= segment.right - segment.left;

/** In its segment, or right of the bar's end. */
const fits = (segment: Segment): boolean => segment.isLast || isInside(segment);

function labelsOf(segments: readonly Segment[], { width }: Layout) {
  const texts = segments.flatMap((segment): readonly PlacedText[] => {
    const y = (segment.top + segment.bottom) / 2;
    const colour = segment.fill === "a" ? light.paper : light.ink;
    if (isInside(segment)) return [placed(segment.left + 5, y, segment.label, { weight: 600, colour })];
    return segment.isLast ? [placed(segment.right + 6, y, segment.label)] : [];
  });
  const under = besides(
    segments.filter((segment) => !fits(segment)),
    width,
  );
  return {
    texts: [
      ...texts,
      ...under.map(({ segment, x }) => placed(x, segment.bottom + 14, segment.label, { align: "center" })),
    ],
    leaders: under.map(({ segment, x }) => ({
      x: (segment.left + segment.right) / 2,
      y: segment.bottom,
      x2: x,
      y2: segment.bottom + 6,
    })),
  };
}

/** Labels under their segments, moved right where they would touch the one before, and back into the chart. */
function besides(segments: readonly Segment[], width: number) {
  let next = 0;
  const rightward = segments.map((segment) => {
    const half = textWidth(segment.label, 13) / 2;
    const x = Math.max((segment.left + segment.right) / 2, next + half);
    next = x + half + 8;
    return { segment, x, half };
  });
  let limit = width;
  return rightward
    .toReversed()
    .map(({ segment, x, half }) => {
      const own = Math.min(x, limit - half);
      limit = own - half - 8;
      return { segment, x: own };
    })
    .toReversed();
}

/** Paper between neighbours. */
const separators = (frame: Frame, rows: readonly (readonly Segment[])[]): Layer => ({
  data: {
    values: rows.flatMap((segments) => segments.slice(1).map(({ left, top, bottom }) => ({ left, top, bottom }))),
  },
  mark: { type: "rule", stroke: light.paper, strokeWidth: 2 },
  encoding: { x: pixelX(frame, "left"), y: pixelY(frame, "top"), y2: { field: "bottom" } },
});

const leaders = (frame: Frame, values: readonly Row[]): Layer => ({
  data: { values },
  mark: { type: "rule", stroke: light.axis, strokeWidth: 1 },
  encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "y"), x2: { field: "x2" }, y2: { field: "y2" } },
});

function namesOf({ row, nameMiddle, wordsMiddle }: PlacedRow, { top }: Band, layout: Layout): readonly PlacedText[] {
  const name = twoTexts(layout.name, top + nameMiddle, row.name, row.detail, row.strong);
  return row.words === undefined ? name : [...name, ...inWords(wordsColumn(layout), top + wordsMiddle, row.words)];
}
