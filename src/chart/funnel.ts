import { grid, light } from "../theme.ts";
import { boxLayers, type FilledBox } from "./boxes.ts";
import type { ChartPair, ChartSpec, Labelled } from "./chart.ts";
import { chartSpec, type Frame, type Hairline, hairlines, type PlacedText, placed, textLayers } from "./layers.ts";
import { textWidth } from "./metrics.ts";
import {
  bottomOf,
  type Column,
  headerText,
  inWords,
  middleOf,
  rowLines,
  stack,
  twoTexts,
  twoTextsHeight,
} from "./rows.ts";
import { tipText } from "./tips.ts";

/** One step and how many reached it; `words` say why where that is not published. */
export interface FunnelStep {
  readonly name: string;
  readonly detail?: string;
  /** How many, with its text: `514`, or `236 mentors` where the step counts others. */
  readonly count?: Labelled;
  /** The step counts others than the steps around it: an open bar without a share. */
  readonly aside?: boolean;
  /** Share of the step before in words, absent where there is none. */
  readonly passed?: string;
  /** The same share elsewhere, e.g. in the network. */
  readonly compared?: string;
  readonly words?: string;
}

/** Steps from first to last; bars are counts on one scale from zero, and shares come as words. */
export interface FunnelInput {
  readonly words: {
    /** Headers; `\n` breaks a line. */
    readonly name: string;
    readonly count: string;
    readonly passed: string;
    /** Without it there is no column to compare with. */
    readonly compared?: string;
    /** Under the first share on a telephone: `of the step before`. */
    readonly passedShort: string;
  };
  readonly steps: readonly FunnelStep[];
}

/** Steps from first to last, one bar each on a common scale from zero; bars of others than the rest are open. */
export function funnel(input: FunnelInput): ChartPair {
  return { wide: wide(input), narrow: narrow(input) };
}

const NAME = { x: 0, width: 248 };
const BAR = { left: 272, thick: 16 } as const;
const COMPARED: Column = { x: grid.column, align: "right", width: 72 };
const NOT_APPLICABLE = "\u2013";

function wide(input: FunnelInput): ChartSpec {
  const { words, steps } = input;
  const passed: Column = { x: words.compared === undefined ? grid.column : 672, align: "right", width: 96 };
  const headers = [
    { column: NAME, text: words.name },
    { column: { x: BAR.left, width: 200 }, text: words.count },
    { column: passed, text: words.passed },
    ...(words.compared === undefined ? [] : [{ column: COMPARED, text: words.compared }]),
  ];
  const header = { top: 0, height: headerHeight(headers) };
  const inPlot = { x: BAR.left, width: grid.column - BAR.left };
  const bands = stack(
    bottomOf(header),
    steps.map((step) => Math.max(38, twoTextsHeight(NAME, step.name, step.detail) + 14, wordsHeight(step, inPlot))),
  );
  const right = passed.x - 112;
  const bars = steps.flatMap((step, i) => barOf(step, input, middleOf(bands[i] ?? header), BAR.left, right));
  const frame = { width: grid.column, height: bottomOf(bands.at(-1) ?? header) };
  return funnelSpec(input, frame, rowLines(bands, header), bars, [
    ...bars.flatMap((bar) => labelOf(bar, passed.x - 56)),
    ...headers.flatMap(({ column, text }) => headerText(column, bottomOf(header) - 14, text)),
    ...steps.flatMap((step, i) => {
      const middle = middleOf(bands[i] ?? header);
      const name = twoTexts(NAME, middle, step.name, step.detail);
      if (step.count === undefined) return [...name, ...inWords(inPlot, middle, step.words ?? "")];
      return [
        ...name,
        ...twoTexts({ ...passed }, middle, shareOf(step.passed, step), undefined),
        ...(words.compared === undefined ? [] : inWords(COMPARED, middle, shareOf(step.compared, step))),
      ];
    }),
  ]);
}

const shareOf = (text: string | undefined, step: FunnelStep): string =>
  step.aside === true ? NOT_APPLICABLE : (text ?? NOT_APPLICABLE);

const WIDTH = grid.narrowChart;
const NARROW_NAME = { x: 0, width: 176 };
const WHOLE = { x: 0, width: WIDTH };
const NARROW_SHARE: Column = { x: WIDTH, align: "right", width: 104 };

/** The share stands beside the name, the bar beneath. */
function narrow(input: FunnelInput): ChartSpec {
  const { words, steps } = input;
  const header = { top: 0, height: 1 };
  const first = steps.find((step) => hasShare(step));
  const shortOf = (step: FunnelStep): string | undefined => (step === first ? words.passedShort : undefined);
  const heads = steps.map((step) => Math.max(nameHeight(step), shareHeight(step, shortOf(step))));
  const bands = stack(
    bottomOf(header),
    steps.map((step, i) => 8 + (heads[i] ?? 0) + (step.count === undefined ? wordsHeight(step, WHOLE) : 32)),
  );
  const bars = steps.flatMap((step, i) => barOf(step, input, bottomOf(bands[i] ?? header) - 18, 0, WIDTH - 56));
  const frame = { width: WIDTH, height: bottomOf(bands.at(-1) ?? header) };
  return funnelSpec(input, frame, rowLines(bands, header), bars, [
    ...bars.flatMap((bar) => labelOf(bar, WIDTH)),
    ...steps.flatMap((step, i) => {
      const band = bands[i] ?? header;
      const name = twoTexts(NARROW_NAME, band.top + 8 + nameHeight(step) / 2, step.name, step.detail);
      if (step.count === undefined) {
        const middle = (band.top + 8 + (heads[i] ?? 0) + bottomOf(band)) / 2;
        return [...name, ...inWords(WHOLE, middle, step.words ?? "")];
      }
      if (!hasShare(step)) return name;
      const middle = band.top + 8 + shareHeight(step, shortOf(step)) / 2;
      return [...name, ...twoTexts(NARROW_SHARE, middle, step.passed ?? "", shortOf(step))];
    }),
  ]);
}

const hasShare = (step: FunnelStep): boolean =>
  step.count !== undefined && step.passed !== undefined && step.aside !== true;
const nameHeight = (step: FunnelStep): number => twoTextsHeight(NARROW_NAME, step.name, step.detail);
const shareHeight = (step: FunnelStep, short: string | undefined): number =>
  hasShare(step) ? twoTextsHeight(NARROW_SHARE, step.passed ?? "", short) : 0;

const wordsHeight = (step: FunnelStep, column: Column): number =>
  step.count === undefined ? twoTextsHeight(column, step.words ?? "", undefined) + 14 : 0;

const headerHeight = (headers: ReadonlyArray<{ column: Column; text: string }>): number =>
  Math.max(...headers.map(({ column, text }) => headerText(column, 0, text).length)) * 18 + 14;

interface Bar extends FilledBox {
  readonly label: string;
}

function barOf(
  step: FunnelStep,
  { steps, words }: FunnelInput,
  middle: number,
  left: number,
  right: number,
): readonly Bar[] {
  if (step.count === undefined) return [];
  const most = Math.max(1, ...steps.map(({ count }) => count?.value ?? 0));
  const end = left + (step.count.value / most) * (right - left);
  const fill = step.aside === true ? "open" : "a";
  const share = hasShare(step) ? `${words.passed.replaceAll("\n", " ")}: ${step.passed}` : undefined;
  const tip = tipText(step.name, step.count.text, share);
  return [
    {
      left,
      right: end,
      top: middle - BAR.thick / 2,
      bottom: middle + BAR.thick / 2,
      fill,
      label: step.count.text,
      tip,
    },
  ];
}

function funnelSpec(
  { steps }: FunnelInput,
  frame: Frame,
  lines: readonly Hairline[],
  bars: readonly Bar[],
  texts: readonly PlacedText[],
): ChartSpec {
  const values = steps.map(({ name, count }) => ({ name, ...(count && { count: count.value }) }));
  const filled = bars.filter(({ left, right }) => right > left);
  return chartSpec(frame, values, [hairlines(frame, lines), ...boxLayers(frame, filled), ...textLayers(frame, texts)]);
}

/** The count right of its bar, or inside where it would cross `limit`. */
function labelOf({ label, right, top, bottom, fill }: Bar, limit: number): readonly PlacedText[] {
  const y = (top + bottom) / 2;
  if (right + 8 + textWidth(label, 13, 600) <= limit) return [placed(right + 8, y, label, { weight: 600 })];
  return [placed(right - 8, y, label, { weight: 600, align: "right", colour: fill === "a" ? light.paper : light.ink })];
}
