import { type } from "../theme.ts";
import type { Block, Drawings, Furniture, KeyFigure, MarginNote, Table, TableCell, TableRow } from "./document.ts";
import { pageRows } from "./page-rows.ts";
import { pageSource } from "./page-source.ts";
import { type ColumnWidths, columnWidths, type SpannedRow } from "./pdf-columns.ts";
import { type CellLines, sureGroup, sureHeader, sureLines } from "./pdf-lines.ts";
import { sparkline } from "./sparkline.ts";

/** Width of the text on A4 with margins of 18 mm, in em of a table's text. */
const TABLE_EMS = ((210 - 36) / 25.4) * (72 / type.table.printSize);

/** Words that a cell of a number has room for, in characters. */
const SHORT_WORDS = 16;

/** Longest header that is repeated, in characters. */
const REPEATED_HEADER = 160;

/** A row as a page shows it. */
type PdfRow = {
  /** Rows of as many are as high, all groups too; none where that isn't sure. */
  readonly lines: readonly CellLines[];
} & (
  | { readonly kind: "group"; readonly text: string }
  | {
      readonly kind: "row" | "sum" | "words";
      /** All cells, or those before the words. */
      readonly cells: ReadonlyArray<{ readonly text: string; readonly detail: string }>;
      readonly words: string;
    }
);

interface PdfTable {
  readonly columns: ReadonlyArray<{
    readonly header: string;
    readonly number: boolean;
    readonly share: number;
    readonly hyphenate: boolean;
  }>;
  /** Lines that the headers take; 0 where that isn't sure. */
  readonly headerLines: number;
  readonly rows: readonly PdfRow[];
  /** Factor of the text size where a table is too wide. */
  readonly scale: number;
  /** Headers come again on each page, unless they would fill it. */
  readonly repeat: boolean;
}

/**
 * A block for Typst: `kind` names the template, `level` is that of its heading in the file's structure, `listed` puts
 * the heading in the contents.
 */
export interface PdfBlock {
  readonly kind: string;
  readonly level: number;
  readonly listed: boolean;
  readonly [key: string]: unknown;
}

/** Where a block stands. */
interface Place {
  readonly level: number;
  /** Text of the heading right above it. */
  readonly heading: string | undefined;
  /** Number of its table in the annex; 0 where the table stands beside it. */
  readonly number: number;
}

/** The blocks with the levels of their headings, and the figures' tables: in an annex, or each after its figure. */
export function pdfBlocks(blocks: readonly Block[], furniture: Furniture, drawings: Drawings): readonly PdfBlock[] {
  const annexed =
    furniture.annex === undefined ? [] : blocks.filter((block) => block.kind === "figure" || block.kind === "flow");
  let level = 1;
  const body = blocks.flatMap((block, index) => {
    const before = blocks[index - 1];
    level = titleLevel(block, level) ?? level;
    const number = annexed.findIndex(({ id }) => "id" in block && id === block.id) + 1;
    return templated(block, { level, heading: before?.kind === "heading" ? before.text : undefined, number }, drawings);
  });
  return [...body, ...annex(annexed, furniture.annex)];
}

/** Headings go down one level at a time: a figure's title before any chapter is a chapter of its own. */
function titleLevel(block: Block, before: number): number | undefined {
  if (block.kind === "heading") return Math.min(block.level, before + 1);
  if (block.kind === "facts") return 2;
  return OPENED.has(block.kind) ? Math.min(3, before + 1) : undefined;
}

/** Blocks that open with a title of their own inside a chapter. */
const OPENED: ReadonlySet<Block["kind"]> = new Set(["figure", "table", "statements", "unpublished"]);

function templated(block: Block, place: Place, drawings: Drawings): readonly PdfBlock[] {
  const { level, heading } = place;
  if (block.kind === "figure")
    return [figureBlock(block, place, drawings), ...tableBeside(block.table, place, block.title)];
  if (block.kind === "flow") return [flowBlock(block, place), ...tableBeside(block.table, place, heading)];
  if (block.kind === "table") {
    const { subtitle = "", margin = [], table } = block;
    const source = pageSource(block);
    return [tableBlock(table, { level, style: styleUnder(heading, table), subtitle, source, margin })];
  }
  if (block.kind === "unpublished") return unpublishedBlocks(block, level);
  if (block.kind === "keyFigures") return [keyFiguresBlock(block.figures, level)];
  return [{ ...block, level, listed: block.kind === "heading" || block.kind === "facts" }];
}

/** Their names under a heading, which need no table. */
function unpublishedBlocks({ title, text, facts }: Unpublished, level: number): readonly PdfBlock[] {
  return [
    { kind: "heading", level, listed: false, text: title },
    { kind: "text", level, listed: false, style: "small", text },
    { kind: "facts", level, listed: false, title: null, facts },
  ];
}

function keyFiguresBlock(figures: readonly KeyFigure[], level: number): PdfBlock {
  const drawn = figures.map(({ trend, ...figure }) => {
    const svg = trend === undefined ? undefined : sparkline(trend.values);
    return svg === undefined ? figure : { ...figure, spark: { svg, alt: trend?.alt ?? "" } };
  });
  return { kind: "keyFigures", figures: drawn, level, listed: false };
}

type Figure = Extract<Block, { kind: "figure" }>;
type Flow = Extract<Block, { kind: "flow" }>;
type Unpublished = Extract<Block, { kind: "unpublished" }>;

function figureBlock(figure: Figure, { level, heading, number }: Place, drawings: Drawings): PdfBlock {
  const { id, title, subtitle, alt, margin = [] } = figure;
  if (alt.trim() === "") throw new Error(`figure ${id} has no alternative text`);
  const svg = drawings.get(id)?.wide;
  if (svg === undefined) throw new Error(`figure ${id} has no drawing`);
  const words = { title, subtitle, alt, source: pageSource(figure), margin };
  const opening = heading !== undefined;
  return { kind: "figure", ...words, svg, reference: reference(number), opening, level, listed: true };
}

function flowBlock({ arms, source }: Flow, { level, number }: Place): PdfBlock {
  return { kind: "flow", arms, source, reference: reference(number), level, listed: false };
}

/** A figure's table where no annex takes it. */
function tableBeside(table: Table, { level, number }: Place, title: string | undefined): readonly PdfBlock[] {
  return number > 0 ? [] : [tableBlock(table, { level, style: table.title === title ? "bare" : "plain" })];
}

function styleUnder(heading: string | undefined, table: Table): TableFrame["style"] {
  if (heading === undefined) return "title";
  return heading === table.title ? "bare" : "plain";
}

/** `A1`: the number of a table in the annex; empty where the table stands beside its figure. */
const reference = (number: number): string => (number > 0 ? `A${number}` : "");

function annex(blocks: readonly Block[], heading: string | undefined): readonly PdfBlock[] {
  if (heading === undefined || blocks.length === 0) return [];
  const tables = blocks.flatMap((block) => (block.kind === "figure" || block.kind === "flow" ? [block] : []));
  return [
    { kind: "annex", text: heading, level: 2, listed: true },
    ...tables.map((block, index) =>
      tableBlock(block.table, { level: 3, style: "annex", source: pageSource(block), reference: reference(index + 1) }),
    ),
  ];
}

interface TableFrame {
  readonly level: number;
  /** Title as a heading, as a line under the chapter's heading, left to that heading, or numbered in the annex. */
  readonly style: "title" | "plain" | "bare" | "annex";
  readonly subtitle?: string;
  readonly source?: string;
  readonly margin?: readonly MarginNote[];
  readonly reference?: string;
}

function tableBlock(table: Table, frame: TableFrame): PdfBlock {
  const { level, style, subtitle = "", source = "", margin = [], reference: number = "" } = frame;
  const listed = style === "title";
  return {
    kind: "table",
    title: table.title,
    subtitle,
    source,
    margin,
    style,
    reference: number,
    table: pdfTable(table),
    level,
    listed,
  };
}

function pdfTable(table: Table): PdfTable {
  const kept = table.columns.flatMap((column, index) => (column.where === "sheet" ? [] : [index]));
  const columns = table.columns.filter((column) => column.where !== "sheet");
  const rows = pageRows(table.rows).map((row) =>
    spanned(
      row,
      kept.map((index) => row.cells[index] ?? { text: "" }),
    ),
  );
  const widths = columnWidths(columns, rows, TABLE_EMS);
  const { shares, hyphenate, scale } = widths;
  const shown = columns.map(({ header, kind }, index) => ({
    header,
    number: kind === "number",
    share: shares[index] ?? 0,
    hyphenate: hyphenate[index] ?? false,
  }));
  const repeat = columns.every(({ header }) => header.length <= REPEATED_HEADER);
  const headerLines = sureHeader(
    columns.map(({ header }) => header),
    widths,
    TABLE_EMS,
  );
  return { columns: shown, headerLines, rows: rows.flatMap((row) => pdfRows(row, widths)), scale, repeat };
}

/**
 * A row whose words stand across its cells: its own words, or the same long words at its end where numbers are hidden; a
 * word or two stand in each cell, so that none seems empty.
 */
function spanned(row: TableRow, cells: readonly TableCell[]): TableRow & SpannedRow {
  if (row.words !== undefined) return { ...row, cells, from: 1 };
  const last = cells.at(-1);
  const from = cells.findLastIndex((cell) => cell.marker === undefined || cell.text !== last?.text) + 1;
  if (last === undefined || last.text.length <= SHORT_WORDS || from === 0 || from > cells.length - 2)
    return { ...row, cells, from: cells.length };
  return { ...row, cells, from, words: last.text };
}

function pdfRows(row: TableRow & SpannedRow, widths: ColumnWidths): readonly PdfRow[] {
  const group: readonly PdfRow[] =
    row.group === undefined ? [] : [{ kind: "group", text: row.group, lines: sureGroup(row.group, widths, TABLE_EMS) }];
  const kind = row.words !== undefined ? "words" : row.sum === true ? "sum" : "row";
  const cells = row.cells.slice(0, row.from).map(({ text, detail = "" }) => ({ text, detail }));
  return [...group, { kind, cells, words: row.words ?? "", lines: sureLines(row, widths, TABLE_EMS) }];
}
