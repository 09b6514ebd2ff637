import type { CodeFrequency, Completeness } from "../../src/catalogue/data-quality.ts";
import type { Block, TableCell, TableRow } from "../../src/document/document.ts";
import { groupBy } from "../../src/group-by.ts";
import { percent } from "../../src/wording/numbers.ts";
import {
  countCell,
  fieldName,
  NONE,
  type QualityInput,
  regionName,
  shareCell,
  tableName,
  textCell,
  words,
} from "./quality-parts.ts";

/** Share of accepted rows with a value: by field over all and by region, the lowest branch named where it is low. */
export function completenessSection(input: QualityInput): readonly Block[] {
  const text = words(input);
  const { completeness, thresholds } = input.quality;
  const all = completeness.filter(({ region }) => region === "");
  if (all.length === 0) return [];
  const shown = input.detail === "paper" ? all.filter((one) => !isFull(one, completeness)) : all;
  if (shown.length === 0)
    return [
      { kind: "heading", level: 2, id: "completeness", text: text("complete.title") },
      { kind: "text", text: text("finding.complete") },
    ];
  const regions = regionsOf(completeness.filter((one) => shown.some((own) => isSameField(own, one))));
  const rows = [...groupBy(shown, ({ table }) => table)].flatMap(([table, own]) =>
    own.map((one, i) => fieldRow(one, i === 0 ? tableName(table, input) : undefined, regions, input)),
  );
  return [
    { kind: "heading", level: 2, id: "completeness", text: text("complete.title") },
    {
      kind: "table",
      subtitle: text(input.detail === "paper" ? "complete.paper" : "complete.subtitle", {
        share: percent(thresholds.completeness, input.messages.locale, 0),
      }),
      table: {
        id: "completeness",
        title: text("complete.title"),
        columns: [
          { id: "field", header: text("column"), kind: "name" },
          { id: "rows", header: text("rows"), kind: "number", format: "#,##0" },
          { id: "all", header: text("complete.all"), kind: "number", format: "0.0%" },
          ...regions.map((region) => ({
            id: `in_${region.replaceAll(/\W/g, "_")}`,
            header: `${regionName(region, input)} (%)`,
            kind: "number" as const,
            format: "0.0%",
          })),
          { id: "note", header: text("complete.note"), kind: "text", where: "sheet" },
        ],
        rows,
      },
    },
    ...(input.detail === "sheet" ? branchTable(input) : []),
  ];
}

/** A value in every row of every place. */
const isFull = (field: Completeness, completeness: readonly Completeness[]): boolean =>
  completeness.every((one) => !isSameField(field, one) || one.filled === one.rows);

const isSameField = (a: Completeness, b: Completeness): boolean => a.table === b.table && a.column === b.column;

/** Each region by its name, then what all of them share. */
function regionsOf(completeness: readonly Completeness[]): readonly string[] {
  const all = [...new Set(completeness.map(({ region }) => region))].filter((region) => region !== "").sort();
  return [...all.filter((region) => region !== "network"), ...all.filter((region) => region === "network")];
}

function fieldRow(
  one: Completeness,
  group: string | undefined,
  regions: readonly string[],
  input: QualityInput,
): TableRow {
  const same = input.quality.completeness.filter((other) => isSameField(one, other));
  const cellOf = (region: string): TableCell => {
    const found = same.find((other) => other.region === region && other.branch === "");
    return found === undefined ? NONE : shareCell(found.filled, found.rows, input);
  };
  const note = noteOf(one, same, input);
  return {
    ...(group === undefined ? {} : { group }),
    cells: [
      textCell(fieldName(one.column, input), note === "" ? undefined : note),
      countCell(one.rows, input),
      shareCell(one.filled, one.rows, input),
      ...regions.map(cellOf),
      textCell(note),
    ],
  };
}

function noteOf(one: Completeness, same: readonly Completeness[], input: QualityInput): string {
  const text = words(input);
  const low = same.filter((other) => other.low && other.branch !== "");
  const [worst] = low.toSorted((a, b) => a.filled / a.rows - b.filled / b.rows);
  const share = worst === undefined ? "" : percent(worst.filled / worst.rows, input.messages.locale, 0);
  const lowest = worst === undefined ? "" : text("complete.lowest", { n: low.length, branch: worst.branch, share });
  return [one.low ? text("complete.low") : "", lowest].filter((part) => part !== "").join(" \u00b7 ");
}

function branchTable(input: QualityInput): readonly Block[] {
  const text = words(input);
  const branches = input.quality.completeness.filter(({ branch }) => branch !== "");
  if (branches.length === 0) return [];
  return [
    {
      kind: "table",
      table: {
        id: "completeness_branches",
        title: text("complete.branches"),
        columns: [
          { id: "table", header: text("files.table"), kind: "name" },
          { id: "field", header: text("column"), kind: "text" },
          { id: "region", header: text("region"), kind: "text" },
          { id: "branch", header: text("branch"), kind: "text" },
          { id: "rows", header: text("rows"), kind: "number", format: "#,##0" },
          { id: "filled", header: text("complete.all"), kind: "number", format: "0.0%" },
          { id: "note", header: text("complete.note"), kind: "text" },
        ],
        rows: branches.map((one) => ({
          cells: [
            textCell(tableName(one.table, input)),
            textCell(fieldName(one.column, input)),
            textCell(regionName(one.region, input)),
            textCell(one.branch),
            countCell(one.rows, input),
            shareCell(one.filled, one.rows, input),
            textCell(one.low ? text("complete.low") : ""),
          ],
        })),
      },
    },
  ];
}

/** How often each code comes: theirs, ours, and theirs that is none. */
export function codesSection(input: QualityInput): readonly Block[] {
  const text = words(input);
  const isPaper = input.detail === "paper";
  const codes = input.quality.codes.filter(({ ours }) => !isPaper || ours === null);
  if (codes.length === 0) return [];
  const title = text(isPaper ? "codes.unknownTitle" : "codes.title");
  const groups = [...groupBy(codes, ({ source, table, column }) => `${source}\0${table}\0${column}`)];
  return [
    { kind: "heading", level: 2, id: "codes", text: title },
    {
      kind: "table",
      ...(isPaper ? {} : { subtitle: text("codes.subtitle") }),
      table: {
        id: "codes",
        title,
        columns: [
          { id: "theirs", header: text("codes.theirs"), kind: "name" },
          { id: "ours", header: text("codes.ours"), kind: "text" },
          { id: "rows", header: text("rows"), kind: "number", format: "#,##0" },
          { id: "share", header: text("codes.share"), kind: "number", format: "0.0%" },
        ],
        rows: groups.flatMap(([, own]) => codeRows(own, input)),
      },
    },
  ];
}

function codeRows(own: readonly CodeFrequency[], input: QualityInput): readonly TableRow[] {
  const [first] = own;
  const ofColumn = input.quality.codes.filter(
    ({ source, table, column }) => source === first?.source && table === first.table && column === first.column,
  );
  const total = ofColumn.reduce((sum, { rows }) => sum + rows, 0);
  return own.map(({ source, table, column, theirs, ours, rows }, i) => ({
    ...(i === 0 ? { group: `${fieldName(column, input)} (${source}, ${tableName(table, input)})` } : {}),
    cells: [
      textCell(theirs.map((one) => (one === "" ? words(input)("codes.empty") : one)).join(", ")),
      textCell(ours ?? words(input)("codes.unknown")),
      countCell(rows, input),
      shareCell(rows, total, input),
    ],
  }));
}

/** Rows that came twice, persons entered as several mentees. */
export function duplicatesSection(input: QualityInput): readonly Block[] {
  const text = words(input);
  const { duplicates, files } = input.quality;
  if (files.length === 0) return [];
  const heading: Block = { kind: "heading", level: 2, id: "duplicates", text: text("duplicates.title") };
  if (duplicates.length === 0) return [heading, { kind: "text", text: text("duplicates.none") }];
  return [
    heading,
    {
      kind: "table",
      subtitle: text("duplicates.subtitle"),
      table: {
        id: "duplicates",
        title: text("duplicates.title"),
        columns: [
          { id: "kind", header: text("duplicates.kind"), kind: "name" },
          { id: "table", header: text("files.table"), kind: "text" },
          { id: "persons", header: text("duplicates.persons"), kind: "number", format: "#,##0" },
          { id: "rows", header: text("rows"), kind: "number", format: "#,##0" },
        ],
        rows: duplicates.map(({ kind, table, persons, rows }) => ({
          cells: [
            textCell(text(`duplicates.${kind}`)),
            textCell(tableName(table, input)),
            persons === null ? NONE : countCell(persons, input),
            countCell(rows, input),
          ],
        })),
      },
    },
  ];
}
