import type { Block, MarginNote, SourcedTable, TableRow } from "../../src/document/document.ts";
import { listed } from "../listed.ts";
import type { ReportInput } from "../report-input.ts";
import { NETWORK, told } from "./place.ts";
import type { Line, Measure, MeasureTable } from "./table.ts";

/*
 * What a page says in place of a table or of rows that hold nothing but words for hidden figures. The rule asks only
 * whether any figure is released, and a page then says less than the table did: not which of them is hidden for what
 * reason. A workbook holds every row.
 */

/**
 * What a row tells of its own place: some figure, none since all are hidden, or none since there are none. `beside` is a
 * row of the network in a region's report.
 */
export type RowState = "figures" | "hidden" | "none" | "beside";

/** Fewer rows than this are left where they stand. */
const MOST_LEFT = 2;

/** Whether a row shows figures, words for hidden ones alone, nothing to tell of, or the network beside a region. */
export function stateOf(input: ReportInput, line: Line, measures: readonly Measure[]): RowState {
  const isBeside = (region = input.region): boolean => region === NETWORK && input.region !== NETWORK;
  if (isBeside(line.at.region)) return "beside";
  const values = measures
    .filter(({ id, region }) => line.only?.includes(id) !== false && !isBeside(region))
    .map(({ id: _, header: _header, yearly: _yearly, measured, ...place }) => {
      const value = told(input, { ...place, ...line.at });
      return { value: measured === "base" ? value?.n : value?.value, status: value?.conf_status };
    });
  if (values.some(({ value }) => value != null)) return "figures";
  return values.some(({ status }) => status === "A" || status === "D") ? "hidden" : "none";
}

/** Whether every row of a table that is its own holds words for hidden figures alone. */
export const isUnpublished = (states: readonly RowState[]): boolean =>
  states.includes("hidden") && states.every((state) => state === "hidden" || state === "beside");

/** The table by its name and those of its rows, or of its columns where a row is a year. */
export function unpublishedBlock(table: MeasureTable, sourced: SourcedTable, input: ReportInput): Block {
  const { title, columns } = sourced.table;
  const names =
    table.rows === "year"
      ? listed(
          columns.flatMap(({ header, where }, i) => (i === 0 || where === "sheet" ? [] : [header])),
          input.messages,
        )
      : namesOf(table.lines, input);
  return { kind: "unpublished", title: "", text: "", facts: [{ label: title, text: names }], tables: [sourced] };
}

/** The hidden rows of a table by name, where they are most of its own and more than a few. */
export function namedRows(
  { lines }: MeasureTable,
  states: readonly RowState[],
  input: ReportInput,
): MarginNote | undefined {
  const hidden = states.filter((state) => state === "hidden").length;
  const own = states.filter((state) => state !== "beside").length;
  if (hidden <= MOST_LEFT || 2 * hidden < own) return undefined;
  const names = namesOf(lines, input, (_, i) => states[i] === "hidden");
  const { messages } = input;
  return { lead: messages.text("year.unpublished.rowsLead"), text: messages.text("year.unpublished.rows", { names }) };
}

/** The rows, of which those that were hidden stand in the workbook only. */
export const withoutRows = (rows: readonly TableRow[], states: readonly RowState[]): readonly TableRow[] =>
  rows.map((row, i) => (states[i] === "hidden" ? { ...row, where: "sheet" } : row));

/** `Age: 50–54 years; 55–59 years. Former sector: Health`, or the rows alone where they stand in no groups. */
function namesOf(
  lines: readonly Line[],
  { messages }: ReportInput,
  isMeant: (line: Line, index: number) => boolean = () => true,
): string {
  let group = "";
  const groups = new Map<string, string[]>();
  lines.forEach((line, i) => {
    group = line.group ?? group;
    if (isMeant(line, i)) groups.set(group, [...(groups.get(group) ?? []), line.label]);
  });
  return [...groups]
    .map(([name, rows]) => {
      const names = listed(rows, messages);
      return name === "" ? names : messages.text("year.unpublished.group", { name, names });
    })
    .join(". ");
}

/** The blocks of a report with what isn't published of a chapter together at the chapter's end. */
export function unpublishedTogether(
  input: ReportInput,
  hasWorkbook: boolean,
  blocks: readonly Block[],
): readonly Block[] {
  const { messages, region } = input;
  const said = {
    title: messages.text("year.unpublished.title"),
    text: messages.text("year.unpublished.text", {
      region: region === NETWORK ? "no" : "yes",
      workbook: hasWorkbook ? "yes" : "no",
    }),
  };
  return chaptersOf(blocks).flatMap((chapter): readonly Block[] => {
    const hidden = chapter.flatMap((block) => (block.kind === "unpublished" ? [block] : []));
    if (hidden.length === 0) return chapter;
    const [facts, tables] = [hidden.flatMap((one) => one.facts), hidden.flatMap((one) => one.tables)];
    return [...chapter.filter(({ kind }) => kind !== "unpublished"), { kind: "unpublished", ...said, facts, tables }];
  });
}

/** Blocks split before each heading of a chapter. */
function chaptersOf(blocks: readonly Block[]): ReadonlyArray<readonly Block[]> {
  const starts = blocks.flatMap((block, i) => (block.kind === "heading" && block.level === 2 ? [i] : []));
  return [0, ...starts].map((start, i) => blocks.slice(start, starts[i]));
}
