/*
 * What every chart of this folder takes and gives. Charts know no domain: they draw labelled values.
 */

/** A Vega-Lite specification: plain JSON, all its values inside. */
export type ChartSpec = Readonly<Record<string, unknown>>;

/** One chart for a page (760 px wide) and one for a telephone (288 px, shown at up to 328 px). */
export interface ChartPair {
  readonly wide: ChartSpec;
  readonly narrow: ChartSpec;
}

/** A number to place and the text to write for it. */
export interface Labelled {
  readonly value: number;
  readonly text: string;
}

/** An estimate with its interval, in the units of the axis. */
export interface LabelledInterval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** The estimate in words: `9.2`. */
  readonly text: string;
  /** The interval in words: `[3.6, 14.8]`. */
  readonly intervalText: string;
  /** A solid bar (the interval says something) or an outlined one. */
  readonly solid: boolean;
}
