import type {
  Block,
  Graphic,
  MarginNote,
  Table,
  TableCell,
  TableColumn,
  TableRow,
} from "../../src/document/document.ts";
import { pageRows } from "../../src/document/page-rows.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import type { ReportInput } from "../report-input.ts";
import { sourceOf } from "./frame.ts";
import {
  cellOf,
  FORMATS,
  hasInterval,
  type Measured,
  measuredCell,
  told,
  UNRELIABLE,
  type YearPlace,
} from "./place.ts";
import { isUnpublished, namedRows, type RowState, stateOf, unpublishedBlock, withoutRows } from "./unpublished.ts";

/** A column of a table of figures: what is measured; its header is `year.column.<id>`, or as given, and holds the unit. */
export interface Measure extends YearPlace {
  readonly id: string;
  readonly measured: Measured;
  readonly header?: string;
  /** A figure on a day: it has none for several years together. */
  readonly yearly?: boolean;
}

/** A row: its name, and what sets its place apart from the report's own. */
export interface Line {
  readonly label: string;
  readonly at: Partial<YearPlace>;
  /** The measures that there are for it, by id; all where absent. */
  readonly only?: readonly string[];
  readonly sum?: boolean;
  readonly group?: string;
}

/** A table of a document, and of each row whether any of its figures is published. */
interface MadeTable extends Table {
  readonly states: readonly RowState[];
}

/**
 * One line a place, one column a measure; texts are keys of messages, so that a table is the same in every language.
 */
export interface MeasureTable {
  readonly id: string;
  /** Key of its title under `year.table`. */
  readonly title: KeyUnder<"year.table">;
  readonly titleValues?: Readonly<Record<string, string>>;
  /** Key of the rows' header under `year.column`. */
  readonly rows: KeyUnder<"year.column">;
  readonly lines: readonly Line[];
  readonly measures: readonly Measure[];
}

/** Figures by place: on a page what has one has its interval beneath it, in a workbook in two further columns. */
function measureTable(input: ReportInput, table: MeasureTable): MadeTable {
  const text = (key: KeyUnder<"year.column">): string => input.messages.text(`year.column.${key}`);
  const columns: readonly TableColumn[] = [
    { id: "name", header: text(table.rows), kind: "name" },
    ...table.measures.flatMap((measure) => columnsOf(measure, input)),
  ];
  return {
    ...{ id: table.id, title: input.messages.text(`year.table.${table.title}`, table.titleValues), columns },
    rows: table.lines.map((line) => rowOf(input, line, table.measures)),
    states: table.lines.map((line) => stateOf(input, line, table.measures)),
  };
}

function columnsOf(measure: Measure, { messages }: ReportInput): readonly TableColumn[] {
  const { id, measured, header = messages.named("year.column", id) } = measure;
  const column: TableColumn = { id, header, kind: "number", format: FORMATS[measured] };
  if (!hasInterval(measured)) return [column];
  const limit = (which: "lower" | "upper"): TableColumn => ({
    id: `${id}_${which}`,
    header: `${header}, ${messages.text(`year.column.${which}`)}`,
    kind: "number",
    format: FORMATS[measured],
    where: "sheet",
  });
  return [column, limit("lower"), limit("upper")];
}

function rowOf(input: ReportInput, line: Line, measures: readonly Measure[]): TableRow {
  const cells = measures.flatMap(({ id, header: _header, yearly, measured, ...place }) => {
    if (line.only?.includes(id) === false) return notApplicable(measured);
    if (yearly === true && line.at.period?.includes("-") === true) return [byYearOnly(input)];
    const value = told(input, { ...place, ...line.at });
    const cell = measuredCell(value, measured, input);
    if (!hasInterval(measured)) return [cell];
    return [cell, ...[value?.lower, value?.upper].map((limit) => cellOf(limit, value, measured, input))];
  });
  const hidden = cells.length > 1 && cells.every(({ marker }) => marker === cells[0]?.marker && marker !== undefined);
  return {
    cells: [{ text: line.label }, ...cells],
    ...(hidden ? { words: cells[0]?.text ?? "" } : {}),
    ...(line.sum === undefined ? {} : { sum: line.sum }),
    ...(line.group === undefined ? {} : { group: line.group }),
  };
}

const byYearOnly = ({ messages }: ReportInput): TableCell => ({ text: messages.text("year.yearly"), marker: "[z]" });

const NONE: TableCell = { text: "\u2013", marker: "[z]" };
const notApplicable = (measured: Measured): readonly TableCell[] =>
  hasInterval(measured) ? [NONE, NONE, NONE] : [NONE];

/**
 * Notes on what stands in the cells of a page: intervals in brackets, words for a figure that is not published, and the
 * mark of figures of few answers.
 */
function cellNotes(
  { columns, rows }: Table,
  measures: readonly Measure[],
  { messages, pipeline }: ReportInput,
  place: Place,
): { readonly cellNotes?: string } {
  const shown = pageRows(rows).map((row) => row.cells.filter((_, i) => columns[i]?.where !== "sheet"));
  const cells = shown.flat();
  const hasBrackets = (cell: TableCell | undefined): boolean =>
    cell?.detail !== undefined && cell.detail !== UNRELIABLE;
  const bracketed = measures.filter((_, i) => shown.some((row) => hasBrackets(row[i + 1])));
  const kinds = [...new Set(bracketed.map(({ measured }) => measured))];
  const n = pipeline.questionnaires?.reliabilityMinimum ?? 0;
  const notes = [
    ...(kinds.length === 0
      ? []
      : [messages.text("year.shortNote.brackets", { place, of: kinds.length === 1 ? (kinds[0] ?? "") : "" })]),
    ...WORDS.filter(([marker]) => cells.some((cell) => cell.marker === marker)).map(([, key]) =>
      messages.text(`year.shortNote.${key}`),
    ),
    ...(cells.some(({ detail }) => detail?.endsWith(UNRELIABLE))
      ? [messages.text("year.unreliableNote", { mark: UNRELIABLE, n })]
      : []),
  ];
  return notes.length === 0 ? {} : { cellNotes: notes.join(" ") };
}

/** Where intervals are seen: in a table, in a figure's table alone, or in its chart too. */
type Place = "table" | "figure" | "chart";

/** Kinds of charts that draw the interval of each value. */
const INTERVALS_DRAWN: ReadonlySet<string> = new Set<KeyUnder<"year.chart">>(["curve", "multiples"]);

/** Markers of a workbook and the words of a page that say the same. */
const WORDS = [
  ["[c]", "tooFew"],
  ["[d]", "protected"],
  ["[x]", "notAvailable"],
] as const;

interface Said {
  readonly subtitle: string;
  readonly margin?: readonly MarginNote[];
}

/**
 * The table as a block with its source line, and what words in a cell mean where there are any. Where nothing of it is
 * published a page names it alone, and so it does rows without a figure where they are most of a table.
 */
export function tableBlock(input: ReportInput, table: MeasureTable, { subtitle, margin = [] }: Said): Block {
  const { states, ...made } = measureTable(input, table);
  if (isUnpublished(states)) return unpublishedBlock(table, { table: made, subtitle, source: sourceOf(input) }, input);
  const named = namedRows(table, states, input);
  const shown = named === undefined ? made : { ...made, rows: withoutRows(made.rows, states) };
  const notes = named === undefined ? margin : [...margin, named];
  const source = { source: sourceOf(input), ...cellNotes(shown, table.measures, input, "table") };
  return { kind: "table", table: shown, subtitle, ...(notes.length === 0 ? {} : { margin: notes }), ...source };
}

/**
 * A chart with its table: the title states what is shown, the alternative text the kind of chart and the same. The table
 * alone where there is nothing to draw, or none of its figures is published.
 */
export function figureBlock(
  input: ReportInput,
  table: MeasureTable,
  said: Said & { readonly title: string; readonly kind: KeyUnder<"year.chart"> },
  graphic: Graphic | undefined,
): Block {
  const { states, ...made } = measureTable(input, table);
  if (graphic === undefined || isUnpublished(states)) return tableBlock(input, table, said);
  const { title, subtitle, kind, margin } = said;
  const alt = input.messages.text("year.chart.alt", { kind: input.messages.text(`year.chart.${kind}`), title });
  const place = INTERVALS_DRAWN.has(kind) ? "chart" : "figure";
  const source = { source: sourceOf(input), ...cellNotes(made, table.measures, input, place) };
  const notes = margin === undefined ? {} : { margin };
  return { kind: "figure", id: table.id, title, subtitle, alt, graphic, table: made, ...source, ...notes };
}
