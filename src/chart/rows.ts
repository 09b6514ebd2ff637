import { light, type } from "../theme.ts";
import type { LabelledInterval } from "./chart.ts";
import { type Align, type Hairline, type PlacedText, placed, type Row, type TextStyle } from "./layers.ts";
import { wrap } from "./metrics.ts";

/** A stretch of the chart's height in px. */
export interface Band {
  readonly top: number;
  readonly height: number;
}

/** Stretches of the given heights one under another. */
export function stack(top: number, heights: readonly number[]): readonly Band[] {
  let next = top;
  return heights.map((height) => {
    const band = { top: next, height };
    next += height;
    return band;
  });
}

/** The pixel at which a band ends. */
export const bottomOf = (band: Band): number => band.top + band.height;
/** The pixel halfway down a band. */
export const middleOf = (band: Band): number => band.top + band.height / 2;

/** The column of a row: where it stands and how its text is set. */
export interface Column {
  readonly x: number;
  readonly align?: Align;
  readonly width?: number;
}

const line = { main: 20, detail: 18 } as const;

/** A text and a smaller one under it, broken to the column's width and centred on `middle`. */
export function twoTexts(
  column: Column,
  middle: number,
  main: string,
  detail: string | undefined,
  strong = false,
): readonly PlacedText[] {
  const weight = strong ? 600 : 400;
  const style: TextStyle = { align: column.align ?? "left", size: type.table.size, weight };
  const mains = broken(main, column, type.table.size, weight);
  const details = detail === undefined ? [] : broken(detail, column, type.note.size, 400);
  let y = middle - (mains.length * line.main + details.length * line.detail) / 2;
  const lineOf = (text: string, height: number, own: TextStyle): PlacedText => {
    y += height;
    return placed(column.x, y - height / 2, text, own);
  };
  return [
    ...mains.map((text) => lineOf(text, line.main, style)),
    ...details.map((text) =>
      lineOf(text, line.detail, { ...style, size: type.note.size, weight: 400, colour: light.ink3 }),
    ),
  ];
}

/** Why there are no values, in a row's own place. */
export function inWords(column: Column, middle: number, words: string): readonly PlacedText[] {
  return twoTexts(column, middle, words, undefined).map((text) => ({ ...text, colour: light.ink2 }));
}

/** Height that `twoTexts` takes. */
export function twoTextsHeight(column: Column, main: string, detail: string | undefined, strong = false): number {
  const mains = broken(main, column, type.table.size, strong ? 600 : 400).length;
  const details = detail === undefined ? 0 : broken(detail, column, type.note.size, 400).length;
  return mains * line.main + details * line.detail;
}

/** Header text in lines that end at `bottom`. */
export function headerText(column: Column, bottom: number, text: string): readonly PlacedText[] {
  const lines = broken(text, column, type.note.size, 400);
  const first = bottom - (lines.length - 1) * line.detail;
  return lines.map((part, i) =>
    placed(column.x, first + i * line.detail, part, { align: column.align ?? "left", colour: light.ink3 }),
  );
}

/** A line of small text, e.g. the name of a plot. */
export function smallText(column: Column, y: number, text: string, colour: string = light.ink3): PlacedText {
  return placed(column.x, y, text, { align: column.align ?? "left", colour });
}

/** Values and places of an interval bar, `thick` for a row that sums up. */
export function intervalRow(interval: LabelledInterval, middle: number, thick: boolean): Row {
  const half = thick ? 6 : 4;
  return {
    estimate: interval.estimate,
    lower: interval.lower,
    upper: interval.upper,
    solid: interval.solid,
    barTop: middle - half,
    barBottom: middle + half,
    tickTop: middle - half - 4,
    tickBottom: middle + half + 4,
  };
}

const broken = (text: string, column: Column, size: number, weight: 400 | 600): readonly string[] =>
  column.width === undefined ? text.split("\n") : wrap(text, column.width, size, weight);

/** Hairlines of a table: under its header, between its rows, at its end. */
export function rowLines(bands: readonly Band[], header: Band): readonly Hairline[] {
  const under = bands.map((band, i) => ({
    y: bottomOf(band) - 0.5,
    colour: i === bands.length - 1 ? light.rule : light.grid,
  }));
  return [{ y: bottomOf(header) - 0.5, colour: light.axis }, ...under];
}
