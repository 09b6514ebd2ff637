import type {
  Block,
  Graphic,
  MarginNote,
  Table,
  TableCell,
  TableColumn,
  TableRow,
} from "../../src/document/document.ts";
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
function measureTable(input: ReportInput, table: MeasureTable): Table {
  const text = (key: KeyUnder<"year.column">): string => input.messages.text(`year.column.${key}`);
  const columns: readonly TableColumn[] = [
    { id: "name", header: text(table.rows), kind: "name" },
    ...table.measures.flatMap((measure) => columnsOf(measure, input)),
  ];
  return {
    id: table.id,
    title: input.messages.text(`year.table.${table.title}`, table.titleValues),
    columns,
    rows: table.lines.map((line) => rowOf(input, line, table.measures)),
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

/** Notes on the words that stand in a cell for a figure that is not published, and on figures of few answers. */
function cellNotes({ rows }: Table, { messages, pipeline }: ReportInput): string {
  const all = rows.flatMap(({ cells }) => cells);
  const isHidden = all.some(({ marker }) => marker === "[c]" || marker === "[d]");
  const isUnreliable = all.some(({ detail }) => detail?.endsWith(UNRELIABLE));
  const n = pipeline.questionnaires?.reliabilityMinimum ?? 0;
  return [
    ...(isHidden ? [messages.text("year.shortNote")] : []),
    ...(isUnreliable ? [messages.text("year.unreliableNote", { mark: UNRELIABLE, n })] : []),
  ]
    .map((note) => ` ${note}`)
    .join("");
}

/** The table as a block with its source line, and what words in a cell mean where there are any. */
export function tableBlock(
  input: ReportInput,
  table: MeasureTable,
  said: { readonly subtitle: string; readonly margin?: readonly MarginNote[] },
): Block {
  const made = measureTable(input, table);
  const { subtitle, margin } = said;
  const source = `${sourceOf(input)}${cellNotes(made, input)}`;
  return { kind: "table", table: made, subtitle, ...(margin === undefined ? {} : { margin }), source };
}

/** The table alone says why nothing is shown: a chart of it would be empty. */
const isEmpty = ({ rows }: Table): boolean =>
  rows.every(({ cells }) => cells.every(({ value }) => value === undefined)) && rows.length > 0;

/**
 * A chart with its table: the title states what is shown, the alternative text the kind of chart and the same. The table
 * alone where none of its figures is published.
 */
export function figureBlock(
  input: ReportInput,
  table: MeasureTable,
  said: {
    readonly title: string;
    readonly subtitle: string;
    readonly kind: KeyUnder<"year.chart">;
    readonly margin?: readonly MarginNote[];
  },
  graphic: Graphic,
): Block {
  const made = measureTable(input, table);
  if (isEmpty(made)) return tableBlock(input, table, said);
  const alt = input.messages.text("year.chart.alt", {
    kind: input.messages.text(`year.chart.${said.kind}`),
    title: said.title,
  });
  const source = `${sourceOf(input)}${cellNotes(made, input)}`;
  return {
    kind: "figure",
    id: table.id,
    title: said.title,
    subtitle: said.subtitle,
    alt,
    graphic,
    table: made,
    source,
    ...(said.margin === undefined ? {} : { margin: said.margin }),
  };
}
