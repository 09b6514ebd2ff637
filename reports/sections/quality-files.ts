import type { QualityFile, QualityRule } from "../../src/catalogue/data-quality.ts";
import type { Block, TableRow } from "../../src/document/document.ts";
import { groupBy } from "../../src/group-by.ts";
import { listed } from "../listed.ts";
import { countCell, type QualityInput, shareCell, tableName, textCell, words } from "./quality-parts.ts";

/** Rows by source, table and file: received = accepted + rejected; which file goes back. */
export function filesSection(input: QualityInput): readonly Block[] {
  const text = words(input);
  const { files, sources } = input.quality;
  if (files.length === 0) return [];
  const rows = [...groupBy(files, ({ source }) => source)].flatMap(([source, own]) =>
    own.map(
      (file, i): TableRow => ({
        ...(i === 0 ? { group: sources.find((one) => one.source === source)?.title ?? source } : {}),
        cells: [
          textCell(file.file),
          textCell(tableName(file.table, input)),
          ...countCells(file, input),
          textCell(file.rejects ?? ""),
        ],
      }),
    ),
  );
  const total = (name: "received" | "accepted" | "rejected" | "warned"): number =>
    files.reduce((sum, file) => sum + file[name], 0);
  const sum = {
    received: total("received"),
    accepted: total("accepted"),
    rejected: total("rejected"),
    warned: total("warned"),
  };
  return [
    { kind: "heading", level: 2, id: "files", text: text("files.title") },
    {
      kind: "table",
      subtitle: text("files.subtitle"),
      table: {
        id: "files",
        title: text("files.title"),
        columns: [
          { id: "file", header: text("files.file"), kind: "name" },
          { id: "table", header: text("files.table"), kind: "text" },
          { id: "received", header: text("received"), kind: "number", format: "#,##0" },
          { id: "accepted", header: text("accepted"), kind: "number", format: "#,##0" },
          { id: "rejected", header: text("rejected"), kind: "number", format: "#,##0" },
          { id: "share", header: text("files.share"), kind: "number", format: "0.00%" },
          { id: "warned", header: text("warned"), kind: "number", format: "#,##0" },
          { id: "rejects", header: text("files.rejects"), kind: "text", where: "sheet" },
        ],
        rows: [
          ...rows,
          { sum: true, cells: [textCell(text("total")), textCell(""), ...countCells(sum, input), textCell("")] },
        ],
      },
    },
  ];
}

const countCells = (file: Pick<QualityFile, "received" | "accepted" | "rejected" | "warned">, input: QualityInput) => [
  countCell(file.received, input),
  countCell(file.accepted, input),
  countCell(file.rejected, input),
  shareCell(file.rejected, file.received, input, 2),
  countCell(file.warned, input),
];

/** What was wrong, by file and column, and what to do about it. */
export function rulesSection(input: QualityInput): readonly Block[] {
  const text = words(input);
  const { rules, files } = input.quality;
  if (files.length === 0) return [];
  const heading: Block = { kind: "heading", level: 2, id: "rules", text: text("rules.title") };
  if (rules.length === 0) return [heading, { kind: "text", text: text("rules.none") }];
  const groups = [...groupBy(rules, ({ file, table }) => `${file}\0${table}`)];
  return [
    heading,
    {
      kind: "table",
      subtitle: text("rules.subtitle"),
      margin: [{ lead: text("rules.backLead"), text: text("rules.back") }],
      table: {
        id: "rules",
        title: text("rules.title"),
        columns: [
          { id: "column", header: text("column"), kind: "name" },
          { id: "severity", header: text("rules.severity"), kind: "text" },
          { id: "rows", header: text("rows"), kind: "number", format: "#,##0" },
          { id: "first", header: text("rules.first"), kind: "number", format: "0" },
          { id: "rule", header: text("rules.rule"), kind: "text", where: "sheet" },
          { id: "remedy", header: text("rules.remedy"), kind: "text" },
        ],
        rows: groups.flatMap(([, own]) => own.map((rule, i) => ruleRow(rule, i === 0, input))),
      },
    },
    ...backList(input),
  ];
}

function ruleRow(rule: QualityRule, isFirst: boolean, input: QualityInput): TableRow {
  const text = words(input);
  return {
    ...(isFirst ? { group: `${rule.file} (${tableName(rule.table, input)})` } : {}),
    cells: [
      textCell(rule.column === "" ? text("rules.wholeRow") : rule.column),
      textCell(rule.severity === "reject" ? text("reject") : text("warn")),
      countCell(rule.rows, input),
      { text: String(rule.firstRow), value: rule.firstRow },
      textCell(rule.rule),
      textCell(rule.remedy[input.messages.language]),
    ],
  };
}

/** The files to send back, by their paths beside the report. */
function backList(input: QualityInput): readonly Block[] {
  const text = words(input);
  const sent = input.quality.files.filter(({ rejects }) => rejects !== null);
  return [
    {
      kind: "table",
      table: {
        id: "send_back",
        title: text("back.title"),
        columns: [
          { id: "file", header: text("files.file"), kind: "name" },
          { id: "rejects", header: text("files.rejects"), kind: "text" },
          { id: "rows", header: text("rows"), kind: "number", format: "#,##0" },
        ],
        rows: sent.map((file) => ({
          cells: [textCell(file.file), textCell(file.rejects ?? ""), countCell(file.listed, input)],
        })),
      },
    },
  ];
}

const HOW = ["told", "found", "guessed"] as const;

/** What was recognised of each file: said by its mapping, found in it, or guessed. */
export function recognisedSection(input: QualityInput): readonly Block[] {
  const text = words(input);
  const { files } = input.quality;
  if (files.length === 0) return [];
  const shown = (file: QualityFile, how: (typeof HOW)[number]): string =>
    listed(
      file.recognised
        .filter((one) => one.how === how)
        .map(({ what, value }) => `${whatName(what, input)} ${valueText(what, value, input)}`),
      input.messages,
    );
  return [
    { kind: "heading", level: 2, id: "recognised", text: text("recognised.title") },
    {
      kind: "table",
      subtitle: text("recognised.subtitle"),
      table: {
        id: "recognised",
        title: text("recognised.title"),
        columns: [
          { id: "file", header: text("files.file"), kind: "name" },
          ...HOW.map((how) => ({ id: how, header: text(`recognised.${how}`), kind: "text" as const })),
        ],
        rows: files.map((file) => ({
          cells: [textCell(file.file, tableName(file.table, input)), ...HOW.map((how) => textCell(shown(file, how)))],
        })),
      },
    },
  ];
}

function whatName(what: string, { messages }: QualityInput): string {
  const key = `quality.recognised.what.${what}`;
  return messages.has(key) ? messages.text(key) : what;
}

function valueText(what: string, value: string, input: QualityInput): string {
  const text = words(input);
  if (what === "dates")
    return value.replaceAll(/YYYY|DD/g, (part) => input.messages.named("quality.recognised.date", part));
  if (what === "footer") return value.replace("-", "\u2013");
  if (value === "") return text("recognised.none");
  if (value === "\t") return text("recognised.tab");
  return value.replaceAll("\t", text("recognised.tab"));
}
