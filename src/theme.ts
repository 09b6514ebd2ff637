/*
 * One look for every output: colours, type and grid of page, print, chart and PDF.
 * Charts are drawn in the light colours; the page replaces each by the CSS variable of the same name.
 */

/**
 * Paper, tints, inks and lines; `a` and `b` are the first two groups of a chart, `c` and `d` the others. `-pale` is for
 * areas, `-text` for words in the colour.
 */
export type ColourName =
  | "paper"
  | "tint"
  | "ink"
  | "ink2"
  | "ink3"
  | "rule"
  | "grid"
  | "axis"
  | "a"
  | "a-pale"
  | "b"
  | "b-pale"
  | "b-text"
  | "c"
  | "d";

/** A colour a name, as `#RRGGBB`: `light` for paper and charts, `dark` for screens that ask for it. */
export type Palette = Readonly<Record<ColourName, string>>;

/**
 * Light set, also of print and PDF. Ink on paper is at least 5.8:1; `b` is 3.03:1, so for marks only. `c` and `d` are
 * the third and fourth of four groups, marks too.
 */
export const light: Palette = {
  paper: "#FFFFFF",
  tint: "#F3F5F7",
  ink: "#15202B",
  ink2: "#46525E",
  ink3: "#5B6772",
  rule: "#C8CFD6",
  grid: "#E4E8EC",
  axis: "#7F8B96",
  a: "#12436D",
  "a-pale": "#D6E1EB",
  b: "#F46A25",
  "b-pale": "#FDE3D5",
  "b-text": "#B3420A",
  c: "#28A197",
  d: "#801650",
};

export const dark: Palette = {
  paper: "#10181F",
  tint: "#182229",
  ink: "#E9EEF2",
  ink2: "#B4C0CA",
  ink3: "#9AA7B2",
  rule: "#3A4752",
  grid: "#25313A",
  axis: "#74818C",
  a: "#86B8E6",
  "a-pale": "#22405A",
  b: "#FF8B4F",
  "b-pale": "#4A2A19",
  "b-text": "#FFA577",
  c: "#4CC3B8",
  d: "#E08BBB",
};

/** The bundled family; only these two weights exist. */
export const font = { family: "Inter", regular: 400, semibold: 600 } as const;

/** Size and line of a page's text in px, and the same on paper in pt. */
export interface TypeStep {
  readonly size: number;
  readonly line: number;
  readonly weight: 400 | 600;
  readonly printSize: number;
  readonly printLine: number;
}

const step = (size: number, line: number, weight: 400 | 600, printSize: number, printLine: number): TypeStep => ({
  size,
  line,
  weight,
  printSize,
  printLine,
});

export const type = {
  headline: step(32, 40, 600, 20, 25),
  keyFigure: step(28, 36, 600, 18, 23),
  section: step(22, 30, 600, 14, 18),
  figureTitle: step(18, 26, 600, 11.5, 15),
  lead: step(18, 28, 400, 11.5, 16.5),
  text: step(16, 26, 400, 10, 14.5),
  list: step(15, 24, 400, 9.5, 13),
  table: step(14, 20, 400, 9, 12.5),
  /** The smallest text anywhere: notes, axes, sources, furniture. */
  note: step(13, 20, 400, 8.5, 11.5),
} as const;

/** Widths in px: text column, gutter and margin notes of a page; drawing width of charts on a telephone, which shows them at 288 to 328 px. */
export const grid = { column: 760, gutter: 40, side: 208, narrowChart: 288 } as const;
