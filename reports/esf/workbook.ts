import type { Block, Document, MarginNote, Table, TableCell, TableColumn } from "../../src/document/document.ts";
import { ESF_CODES, ESF_COMPULSORY } from "../../src/indicators/esf-codes.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { asCount, numberCell, periodText, type ReportInput } from "../report-input.ts";
import { furniture, syntheticNotice } from "../sections/frame.ts";
import { protocolSection } from "../sections/protocol.ts";
import { cutoffOf, sourceOf, yearFacts } from "../year/frame.ts";
import { allTogether, regionName, told, type YearPlace, yearOf } from "../year/place.ts";
import { ESF_COLUMNS, esfPeriods, esfPlace, esfRegions } from "./places.ts";

/** The common indicators as a workbook: a sheet a region, and one on the records that could not be counted. */
export function esfDocument(input: ReportInput): Document {
  const { messages, pipeline } = input;
  const period = periodText(allTogether(input) ?? yearOf(input));
  const text = (key: KeyUnder<"esf">): string => messages.text(`esf.${key}`, { period });
  return {
    language: messages.language,
    locale: messages.locale,
    title: text("title"),
    organisation: pipeline.organisation,
    series: messages.text("year.series"),
    kind: text("kind"),
    eyebrow: `${text("kind")} · ${period}`,
    headline: text("headline"),
    lead: text("lead"),
    facts: yearFacts(input).map((fact) =>
      fact.label === messages.text("fact.period") ? { ...fact, text: period } : fact,
    ),
    ...syntheticNotice(input),
    keywords: text("keywords").split(", "),
    date: cutoffOf(input),
    blocks: [
      ...esfRegions(input).map((region) => regionBlock(input, region)),
      incompleteBlock(input),
      ...protocolSection(input),
    ],
    furniture: furniture(input),
  };
}

type Note = KeyUnder<"esf.notes"> extends `${infer Name}.${string}` ? Name : never;

const noted = (input: ReportInput, ...keys: readonly Note[]): readonly MarginNote[] =>
  keys.map((key) => ({
    lead: input.messages.text(`esf.notes.${key}.lead`),
    text: input.messages.text(`esf.notes.${key}.text`),
  }));

function regionBlock(input: ReportInput, region: string): Block {
  const text = (key: KeyUnder<"esf.column">): string => input.messages.text(`esf.column.${key}`);
  const name = regionName(region, input);
  const columns: readonly TableColumn[] = [
    { id: "indicator", header: text("indicator"), kind: "name" },
    { id: "code", header: text("code"), kind: "text" },
    { id: "period", header: text("period"), kind: "text" },
    ...ESF_COLUMNS.map((column) => personsColumn(column, input.messages.named("esf.column", column))),
    { id: "name", header: text("name"), kind: "text" },
  ];
  const rows = esfPeriods(input).flatMap((period) =>
    ESF_CODES.map(({ code, title, toVerify }) => ({
      cells: [
        { text: title[input.messages.language] },
        { text: code },
        { text: periodText(period) },
        ...ESF_COLUMNS.map((column) => personsCell(input, { ...esfPlace(code.toLowerCase(), column), region, period })),
        { text: input.messages.text(`esf.name.${toVerify ? "toVerify" : "read"}`) },
      ],
    })),
  );
  const table: Table = {
    id: `esf_${region}`,
    title: input.messages.text("furniture.titled", { title: input.messages.text("esf.table"), subject: name }),
    tab: `${input.messages.text("esf.tab")}_${name}`,
    columns,
    rows,
  };
  const margin = noted(input, "years", "leaving", "gender", "toVerify");
  return { kind: "table", table, subtitle: input.messages.text("esf.subtitle"), source: sourceOf(input), margin };
}

/** Who could not be counted, and what their records lack: one may lack several facts. */
function incompleteBlock(input: ReportInput): Block {
  const { messages } = input;
  const text = (key: KeyUnder<"esf.column">): string => messages.text(`esf.column.${key}`);
  const columns: readonly TableColumn[] = [
    { id: "region", header: text("region"), kind: "name" },
    { id: "period", header: text("period"), kind: "text" },
    personsColumn("incomplete", text("incomplete")),
    ...ESF_COMPULSORY.map((fact) => personsColumn(fact, text(`without_${fact}`))),
  ];
  const place: YearPlace = { metric: "esf_incomplete", arm: "participants" };
  const rows = esfRegions(input).flatMap((region) =>
    esfPeriods(input).map((period) => ({
      cells: [
        { text: regionName(region, input) },
        { text: periodText(period) },
        personsCell(input, { ...place, region, period }),
        ...ESF_COMPULSORY.map((level) =>
          personsCell(input, { ...place, dimension: "missing_fact", level, region, period }),
        ),
      ],
    })),
  );
  const table: Table = {
    id: "esf_incomplete",
    title: messages.text("esf.incompleteTable"),
    tab: messages.text("esf.incompleteTab"),
    columns,
    rows,
  };
  const margin = noted(input, "incomplete");
  return { kind: "table", table, subtitle: messages.text("esf.incompleteSubtitle"), source: sourceOf(input), margin };
}

const personsColumn = (id: string, header: string): TableColumn => ({ id, header, kind: "number", format: "#,##0" });

function personsCell(input: ReportInput, place: YearPlace): TableCell {
  const value = told(input, place);
  return numberCell(value?.value, value, input, asCount);
}
