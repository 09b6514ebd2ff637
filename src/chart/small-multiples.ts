import { grid } from "../theme.ts";
import type { ChartPair, ChartSpec } from "./chart.ts";
import { type KeyItem, keyLayers, keyTexts, placeKey } from "./key.ts";
import {
  chartSpec,
  type Frame,
  type Layer,
  type PlacedText,
  pixelX,
  pixelY,
  placed,
  referenceLine,
  textLayers,
} from "./layers.ts";
import { textWidth } from "./metrics.ts";
import { type Band, bottomOf, inWords, stack, twoTexts, twoTextsHeight } from "./rows.ts";
import { gapTexts, onPlaces, type Series, type SeriesPoint, seriesLayers, seriesValues } from "./series.ts";
import { timeTexts, yearAt } from "./time-axis.ts";
import { axisLines, axisTexts, type UpwardAxis, upwardAxis } from "./upward-axis.ts";

/** One of the small charts; `words` say why where all of it is not published. */
export interface Panel extends Series {
  readonly detail?: string;
  readonly words?: string;
}

/**
 * Panels on one scale, in the unit of the axis; those of which nothing is published are drawn last, whatever their
 * order here.
 */
export interface SmallMultiplesInput {
  readonly locale: string;
  readonly words: {
    /** The key: a panel's own values, and the line that is the same in each. */
    readonly own: string;
    readonly reference: string;
  };
  /** Every year of the axis, ascending. */
  readonly years: readonly number[];
  /** The whole that the panels are parts of; may be empty. */
  readonly reference: readonly SeriesPoint[];
  readonly panels: readonly Panel[];
}

/**
 * The same trend for each of several places on one scale, in a grid, the whole as a thin line behind each. Places of which
 * nothing is published stand last, and a row of them takes no more height than its words.
 */
export function smallMultiples(input: SmallMultiplesInput): ChartPair {
  const placedPanels = input.panels.map((panel) => ({ ...panel, ...onPlaces(panel, input.years) }));
  const panels = placedPanels.toSorted((a, b) => Number(isHidden(a)) - Number(isHidden(b)));
  const reference = onPlaces({ name: "", points: input.reference }, input.years).points;
  const whole = { ...input, panels, reference };
  const across = panels.length === 4 || panels.length > 6 ? 4 : 3;
  return {
    wide: draw(whole, { width: grid.column, across, between: across === 4 ? 20 : 32, height: 104 }),
    narrow: draw(whole, { width: grid.narrowChart, across: panels.length > 1 ? 2 : 1, between: 20, height: 84 }),
  };
}

interface Layout {
  readonly width: number;
  readonly across: number;
  readonly between: number;
  /** Px of a plot. */
  readonly height: number;
}

/** A panel with its place. */
interface PlacedPanel {
  readonly panel: Panel;
  readonly left: number;
  readonly width: number;
  readonly row: Band;
  /** Px from the row's top to its plots, or to the words in their place. */
  readonly above: number;
  readonly isFirst: boolean;
}

const ABOVE_PLOT = 24;
const UNDER_PLOT = 26;
const ABOVE_WORDS = 4;

function draw(input: SmallMultiplesInput, layout: Layout): ChartSpec {
  const key = placeKey(keyItems(input), layout.width);
  const all = placePanels(input.panels, layout, key.height + (key.height > 0 ? 8 : 0));
  const frame = { width: layout.width, height: Math.max(key.height, ...all.map(({ row }) => bottomOf(row))) };
  const values = seriesValues([...input.panels, { points: input.reference }]);
  const room = endRoom(input.panels);
  const drawn = all.map((one) => drawPanel(one, input, layout, frame, values, room));
  return chartSpec(
    frame,
    [],
    [
      ...drawn.flatMap(({ layers }) => layers),
      ...keyLayers(frame, key),
      ...textLayers(frame, [...keyTexts(key), ...drawn.flatMap(({ texts }) => texts)]),
    ],
  );
}

function placePanels(panels: readonly Panel[], { width, across, between, height }: Layout, top: number) {
  const own = (width - (across - 1) * between) / across;
  const rows = Array.from({ length: Math.ceil(panels.length / across) }, (_, i) =>
    panels.slice(i * across, (i + 1) * across),
  );
  const heads = rows.map((row) => Math.max(...row.map((panel) => headHeight(panel, own))));
  const aboves = rows.map((row, i) => (heads[i] ?? 0) + (row.every(isHidden) ? ABOVE_WORDS : ABOVE_PLOT));
  const belows = rows.map((row) =>
    Math.max(
      ...row.map((panel) =>
        row.every(isHidden) ? wordsHeight(panel, own) : height + UNDER_PLOT + footHeight(panel, own),
      ),
    ),
  );
  const bands = stack(
    top,
    rows.map((_, i) => (aboves[i] ?? 0) + (belows[i] ?? 0) + 16),
  );
  return rows.flatMap((row, i) =>
    row.map(
      (panel, k): PlacedPanel => ({
        panel,
        left: k * (own + between),
        width: own,
        row: bands[i] ?? { top, height: 0 },
        above: aboves[i] ?? 0,
        isFirst: k === 0,
      }),
    ),
  );
}

const headHeight = ({ name, detail }: Panel, width: number): number =>
  twoTextsHeight({ x: 0, width }, name, detail, true);

const wordsHeight = ({ words = "" }: Panel, width: number): number => twoTextsHeight({ x: 0, width }, words, undefined);

/** Room for what is not published, under the plot. */
function footHeight(panel: Panel, width: number): number {
  if (isHidden(panel)) return 0;
  return Math.max(0, ...gapTexts([panel], width, 0).map((text) => text.y + 12));
}

const isHidden = ({ points }: Panel): boolean => points.every(({ value }) => value === undefined);

function drawPanel(
  { panel, left, width, row, above, isFirst }: PlacedPanel,
  { years, reference, locale }: SmallMultiplesInput,
  layout: Layout,
  frame: Frame,
  values: readonly number[],
  room: number,
): { readonly layers: readonly Layer[]; readonly texts: readonly PlacedText[] } {
  const title = twoTexts({ x: left, width }, row.top + headHeight(panel, width) / 2, panel.name, panel.detail, true);
  const top = row.top + above;
  const bottom = top + layout.height;
  if (isHidden(panel)) {
    const middle = top + wordsHeight(panel, width) / 2;
    return { layers: [], texts: [...title, ...inWords({ x: left, width }, middle, panel.words ?? "")] };
  }
  const y = upwardAxis(values, { top, height: layout.height }, 3);
  const right = left + width - room;
  const x = (year: number): number => yearAt(years, year, left + 32, right - 8);
  const ends = [years[0], years.at(-1)].filter((year) => year !== undefined);
  return {
    layers: [
      axisLines(frame, y, left, right),
      ...referenceLayers(frame, reference, x, y),
      ...seriesLayers([panel], { locale, frame, x, y, interval: "bars", small: true }),
    ],
    texts: [
      ...title,
      ...(isFirst ? axisTexts(y, left, locale) : []),
      ...timeTexts([...new Set(ends)], { x, y: bottom + 14, between: 36, text: String }),
      ...endText(panel, y, right),
      ...gapTexts([panel], width, bottom + UNDER_PLOT).map((text) => ({ ...text, x: text.x + left })),
    ],
  };
}

/** Room right of every plot for the widest of the last values, so that years stand alike. */
const endRoom = (panels: readonly Panel[]): number =>
  Math.max(4, ...panels.map(({ endText: text }) => (text === undefined ? 0 : textWidth(text, 14, 600) + 8)));

/** The value beside the last point, where it is the last year's. */
function endText({ points, endText: text }: Panel, y: UpwardAxis, right: number): readonly PlacedText[] {
  const value = points.findLast((point) => point.value !== undefined)?.value;
  if (text === undefined || value === undefined) return [];
  return [placed(right + 6, y.at(value), text, { size: 14, weight: 600 })];
}

function referenceLayers(
  frame: Frame,
  points: readonly SeriesPoint[],
  x: (year: number) => number,
  y: UpwardAxis,
): readonly Layer[] {
  let run = 0;
  const values = points.flatMap(({ at, value }) => {
    if (value !== undefined) return [{ at, value, run, x: x(at), y: y.at(value) }];
    run += 1;
    return [];
  });
  if (values.length === 0) return [];
  const encoding = { x: pixelX(frame, "x"), y: pixelY(frame, "y"), detail: { field: "run", type: "nominal" } };
  return [{ data: { values }, mark: { type: "line", ...referenceLine }, encoding }];
}

function keyItems({ words, reference }: SmallMultiplesInput): readonly KeyItem[] {
  const hasReference = reference.some(({ value }) => value !== undefined);
  return [
    { shape: "circle", text: words.own },
    ...(hasReference ? [{ shape: "line", text: words.reference } as const] : []),
  ];
}
