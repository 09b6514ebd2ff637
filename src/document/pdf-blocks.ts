import { type } from "../theme.ts";
import type { Block, Drawings, Furniture, MarginNote, Table, TableRow } from "./document.ts";
import { columnShares } from "./pdf-columns.ts";

/** Width of the text on A4 with margins of 18 mm, in em of a table's text. */
const TABLE_EMS = ((210 - 36) / 25.4) * (72 / type.table.printSize);

/** A table of at most this many rows stays on one page. */
const KEPT_ROWS = 16;

/** Longest header that is repeated, in characters. */
const REPEATED_HEADER = 160;

/** A row as a page shows it. */
export type PdfRow =
  | { readonly kind: "group"; readonly text: string }
  | {
      readonly kind: "row" | "sum" | "words";
      readonly cells: ReadonlyArray<{ readonly text: string; readonly detail: string }>;
      readonly words: string;
    };

export interface PdfTable {
  readonly columns: ReadonlyArray<{ readonly header: string; readonly number: boolean; readonly share: number }>;
  readonly rows: readonly PdfRow[];
  /** Factor of the text size where a table is too wide. */
  readonly scale: number;
  readonly keep: boolean;
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

/** The blocks with the levels of their headings, and the figures' tables: in an annex, or each after its figure. */
export function pdfBlocks(blocks: readonly Block[], furniture: Furniture, drawings: Drawings): readonly PdfBlock[] {
  const annexed =
    furniture.annex === undefined ? [] : blocks.filter((block) => block.kind === "figure" || block.kind === "flow");
  let level = 1;
  const body = blocks.flatMap((block, index) => {
    const title = titleLevel(block, level);
    level = title ?? level;
    const underHeading = blocks[index - 1]?.kind === "heading";
    const number = annexed.findIndex(({ id }) => "id" in block && id === block.id) + 1;
    return templated(block, title ?? level, underHeading, number, drawings);
  });
  return [...body, ...annex(annexed, furniture.annex)];
}

/** Headings go down one level at a time: a figure's title before any chapter is a chapter of its own. */
function titleLevel(block: Block, before: number): number | undefined {
  if (block.kind === "heading") return Math.min(block.level, before + 1);
  if (block.kind === "facts") return 2;
  if (block.kind === "figure" || block.kind === "table" || block.kind === "statements") return Math.min(3, before + 1);
  return undefined;
}

function templated(
  block: Block,
  level: number,
  underHeading: boolean,
  number: number,
  drawings: Drawings,
): readonly PdfBlock[] {
  const listed = { level, listed: true };
  const unlisted = { level, listed: false };
  if (block.kind === "heading") return [{ ...block, ...listed }];
  if (block.kind === "facts") return [{ ...block, ...listed }];
  if (block.kind === "figure") {
    const { id, title, subtitle, alt, source, margin = [] } = block;
    if (alt.trim() === "") throw new Error(`figure ${id} has no alternative text`);
    const svg = drawings.get(id)?.wide;
    if (svg === undefined) throw new Error(`figure ${id} has no drawing`);
    const words = { title, subtitle, alt, source, margin };
    const figure = { kind: "figure", ...words, svg, reference: reference(number), opening: underHeading, ...listed };
    return number > 0 ? [figure] : [figure, tableBlock(block.table, { level, style: "plain" })];
  }
  if (block.kind === "table") {
    const { subtitle = "", source = "", margin = [] } = block;
    const style = underHeading ? "plain" : "title";
    return [tableBlock(block.table, { level, style, subtitle, source, margin })];
  }
  if (block.kind === "flow") {
    const flow = { kind: "flow", arms: block.arms, source: block.source, reference: reference(number), ...unlisted };
    return number > 0 ? [flow] : [flow, tableBlock(block.table, { level, style: "plain" })];
  }
  return [{ ...block, ...unlisted }];
}

/** `A1`: the number of a table in the annex; empty where the table stands beside its figure. */
const reference = (number: number): string => (number > 0 ? `A${number}` : "");

function annex(blocks: readonly Block[], heading: string | undefined): readonly PdfBlock[] {
  if (heading === undefined || blocks.length === 0) return [];
  const tables = blocks.flatMap((block) => (block.kind === "figure" || block.kind === "flow" ? [block] : []));
  return [
    { kind: "annex", text: heading, level: 2, listed: true },
    ...tables.map(({ table, source }, index) =>
      tableBlock(table, { level: 3, style: "annex", source, reference: reference(index + 1) }),
    ),
  ];
}

interface TableFrame {
  readonly level: number;
  /** Title as a heading, as a line under the chapter's heading, or numbered in the annex. */
  readonly style: "title" | "plain" | "annex";
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
  const rows = table.rows.map((row) => ({ ...row, cells: kept.map((index) => row.cells[index] ?? { text: "" }) }));
  const { shares, scale } = columnShares(columns, rows, TABLE_EMS);
  const shown = columns.map(({ header, kind }, index) => ({
    header,
    number: kind === "number",
    share: shares[index] ?? 0,
  }));
  const repeat = columns.every(({ header }) => header.length <= REPEATED_HEADER);
  return { columns: shown, rows: rows.flatMap(pdfRows), scale, keep: repeat && rows.length <= KEPT_ROWS, repeat };
}

function pdfRows(row: TableRow): readonly PdfRow[] {
  const group: readonly PdfRow[] = row.group === undefined ? [] : [{ kind: "group", text: row.group }];
  const kind = row.words !== undefined ? "words" : row.sum === true ? "sum" : "row";
  const cells = row.cells.map(({ text, detail = "" }) => ({ text, detail }));
  return [...group, { kind, cells, words: row.words ?? "" }];
}
