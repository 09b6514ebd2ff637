/*
 * A report as data. Renderers (html, pdf, xlsx) turn it into files and know nothing of impact evaluation;
 * every word, the furniture's too, is in the document already, in its language.
 */

/** ISO 639-1: the languages in which every message of the program exists. */
export type Language = "en" | "fr" | "nl";
/** A rendering of one document, also its file's extension: a page that stands alone, PDF/UA-1, a workbook. */
export type Format = "html" | "pdf" | "xlsx";

/** A shape that stands for a group beside its name; shape carries the meaning, colour repeats it. */
export type Mark = "participants" | "controls";

/**
 * A row of a list of facts, or a piece of the head and foot of every page: both texts are in the document's language.
 */
export interface Fact {
  readonly label: string;
  readonly text: string;
}

/**
 * A large number as it is read, unit included, or the words that say why there is none; `detail` says of what it is.
 */
export interface KeyFigure {
  readonly label: string;
  readonly text: string;
  readonly detail: string;
  readonly mark?: Mark;
  /** Earlier values up to this one as a small line; null is a gap. A workbook leaves it out. */
  readonly trend?: {
    readonly values: ReadonlyArray<number | null>;
    /** What the line shows, with its numbers: `from 301 in 2019 to 412 in 2024`. */
    readonly alt: string;
  };
}

/** A cell: the text a page shows, and the number or marker a workbook holds. Both come from released values. */
export interface TableCell {
  readonly text: string;
  /** Second, smaller line under the text on a page. */
  readonly detail?: string;
  /** The number itself (proportions as proportions); absent for text cells. */
  readonly value?: number;
  /** Whole-cell marker of a workbook (`[c]`, `[z]`, ...) where there is no number to show. */
  readonly marker?: string;
}

/**
 * A `name` cell heads its row for screen readers; a `number` column is set to the right, and in a workbook holds
 * numbers.
 */
export interface TableColumn {
  readonly id: string;
  /** Non-empty, unique in the table; holds the unit. */
  readonly header: string;
  readonly kind: "name" | "text" | "number";
  /** Excel number format for numeric cells, e.g. `0.0%` or `#,##0`. */
  readonly format?: string;
  /** Pages show an interval in one column, workbooks in three: a column may belong to one of them only. */
  readonly where?: "page" | "sheet";
}

/** Cells stand also where `words` take their place on a page: a workbook marks those that would be numbers `[c]`. */
export interface TableRow {
  /** One cell a column, in the columns' order. */
  readonly cells: readonly TableCell[];
  /** A ruled, bold last row (pooled, total). */
  readonly sum?: boolean;
  /** Name of the group the row opens with, shown as a row of its own on pages. */
  readonly group?: string;
  /** Where a row is not published: words across all cells behind the first. */
  readonly words?: string;
  /** A row that a workbook alone shows: pages name it beside the table. */
  readonly where?: "sheet";
}

/**
 * The same rows for page and workbook, which gives each table a sheet of its own; a page leaves out columns and rows of
 * the sheet.
 */
export interface Table {
  /** Letters, digits, underscore; unique in the document; names the sheet and the marked-up table. */
  readonly id: string;
  readonly title: string;
  /** Name of its sheet in the document's language; the id by default. */
  readonly tab?: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

/** A table with what is measured and where it is from. */
export interface SourcedTable {
  readonly table: Table;
  readonly subtitle: string;
  readonly source: string;
}

/** A chart: Vega-Lite specifications for a page (760 px) and for a telephone (328 px); drawn elsewhere. */
export interface Graphic {
  readonly wide: object;
  readonly narrow: object;
}

/**
 * What a chapter is made of, in the order of reading. An `id` is unique in the document: it is an anchor, and a
 * figure's is its files' name.
 */
export type Block =
  | { readonly kind: "heading"; readonly level: 2 | 3; readonly id: string; readonly text: string }
  | { readonly kind: "text"; readonly text: string; readonly style?: "lead" | "small" }
  | { readonly kind: "keyFigures"; readonly figures: readonly KeyFigure[] }
  | {
      readonly kind: "figure";
      readonly id: string;
      /** The finding in about ten words. */
      readonly title: string;
      /** What is measured. */
      readonly subtitle: string;
      /** Kind of chart and main finding. */
      readonly alt: string;
      readonly graphic: Graphic;
      readonly table: Table;
      readonly source: string;
      readonly cellNotes?: string;
      readonly margin?: readonly MarginNote[];
    }
  | {
      readonly kind: "table";
      readonly table: Table;
      readonly subtitle?: string;
      readonly source?: string;
      /** What pages say behind the source of words and brackets in cells; a workbook has markers and columns for them. */
      readonly cellNotes?: string;
      readonly margin?: readonly MarginNote[];
    }
  /** Two lists of equal weight: solid rule for what can be said, dashed for what cannot. */
  | {
      readonly kind: "statements";
      readonly can: { readonly title: string; readonly items: readonly string[] };
      readonly cannot: { readonly title: string; readonly items: readonly string[] };
    }
  /** Label and text in two columns. */
  | { readonly kind: "facts"; readonly id: string; readonly title: string; readonly facts: readonly Fact[] }
  /** Tables of which nothing is published: pages say why, and by name what each would tell; a workbook holds them whole. */
  | {
      readonly kind: "unpublished";
      readonly title: string;
      readonly text: string;
      readonly facts: readonly Fact[];
      readonly tables: readonly SourcedTable[];
    }
  /** Attrition: a trunk of counts, each with the exits that follow it. */
  | {
      readonly kind: "flow";
      readonly id: string;
      readonly arms: ReadonlyArray<{
        readonly title: string;
        readonly steps: ReadonlyArray<{
          readonly count: string;
          readonly text: string;
          readonly exits: ReadonlyArray<{ readonly count: string; readonly text: string }>;
        }>;
      }>;
      readonly table: Table;
      readonly source: string;
    }
  | { readonly kind: "quote"; readonly text: string; readonly attribution: string };

/** A remark beside what it is of, for pages and PDF; a workbook has it as one line, lead and text. */
export interface MarginNote {
  readonly lead: string;
  readonly text: string;
}

/** Words that renderers put around the content, in the document's language. */
export interface Furniture {
  readonly contents: string;
  readonly cover: string;
  readonly notes: string;
  readonly note: string;
  readonly source: string;
  readonly page: string;
  readonly skipToContent: string;
  readonly showTable: string;
  /** What leads back from a figure's table to its chart. */
  readonly showChart: string;
  /** A colon with the space before it that the language asks for; ":" by default. */
  readonly colon?: string;
  readonly sheet: string;
  readonly tableTitle: string;
  readonly oneTable: string;
  readonly marker: string;
  readonly meaning: string;
  readonly markers: Readonly<Record<string, string>>;
  /** Heading of the chapter at a paper's end that holds the figures' tables; without it each follows its figure. */
  readonly annex?: string;
}

/** A whole report in one language: the same document gives the same bytes in each format, so it holds no clock time. */
export interface Document {
  readonly language: Language;
  /** BCP 47 with region (`en-GB`), for renderers that hyphenate or format. */
  readonly locale: string;
  readonly title: string;
  readonly organisation: string;
  /** Product or series name at the top left; kind of document and edition at the top right. */
  readonly series: string;
  readonly kind: string;
  readonly eyebrow: string;
  readonly headline: string;
  readonly lead: string;
  /** Region, period, data cut-off, language, protocol, run: on every output (R4). */
  readonly facts: readonly Fact[];
  /** E.g. that the data are synthetic; first sentence is shown bold, repeated on every page. */
  readonly notice?: { readonly lead: string; readonly text: string };
  readonly keywords: readonly string[];
  /** ISO date for file metadata: the data cut-off, never a clock. */
  readonly date: string;
  readonly blocks: readonly Block[];
  readonly margin?: readonly MarginNote[];
  readonly furniture: Furniture;
}

/** A box of a drawing and the lines of text that it shows when it is pointed at. */
export interface Hint {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
}

/** SVG text of a figure's two specifications. */
export interface Drawing {
  readonly wide: string;
  readonly narrow: string;
  readonly hints?: { readonly wide: readonly Hint[]; readonly narrow: readonly Hint[] };
}
/** By figure id. */
export type Drawings = ReadonlyMap<string, Drawing>;
