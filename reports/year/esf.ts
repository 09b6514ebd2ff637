import type { Block } from "../../src/document/document.ts";
import { ESF_CODES, ESF_GENDERS } from "../../src/indicators/esf-codes.ts";
import { levelName, type ReportInput } from "../report-input.ts";
import { told, yearOf } from "./place.ts";
import { type Measure, tableBlock } from "./table.ts";

const ARM = "participants";

/** The common indicators of the European Social Fund Plus by gender; nothing where no records were read. */
export function esfSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const coded = ESF_CODES.filter(({ code }) => told(input, { metric: code.toLowerCase(), arm: ARM }) !== undefined);
  if (coded.length === 0) return [];
  const incomplete = told(input, { metric: "esf_incomplete", arm: ARM });
  const lines = [
    ...coded.map(({ code, title, toVerify }) => ({
      label: `${code} ${title[messages.language]}${toVerify ? " *" : ""}`,
      at: { metric: code.toLowerCase() },
    })),
    ...(incomplete === undefined
      ? []
      : [{ label: messages.text("year.esf.incomplete"), at: { metric: "esf_incomplete" } }]),
  ];
  const measures: readonly Measure[] = [
    { id: "all", metric: "", arm: ARM, measured: "count" },
    ...ESF_GENDERS.map(
      (level): Measure => ({
        id: level,
        metric: "",
        arm: ARM,
        dimension: "gender",
        level,
        measured: "count",
        header: level === "non_binary" ? messages.text("year.esf.nonBinary") : levelName("gender", level, messages),
      }),
    ),
  ];
  return [
    { kind: "heading", level: 2, id: "esf", text: messages.text("year.esf.heading", { year: yearOf(input) }) },
    tableBlock(
      input,
      { id: "esf", title: "esf", rows: "indicator", lines, measures },
      { subtitle: messages.text("year.esf.subtitle") },
    ),
  ];
}
