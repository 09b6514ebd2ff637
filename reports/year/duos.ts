import { END_REASONS } from "../../src/catalogue/staging.ts";
import type { Block } from "../../src/document/document.ts";
import type { ReportInput } from "../report-input.ts";
import { yearLines } from "./lines.ts";
import { allYears, shown, told, yearOf } from "./place.ts";
import { type Measure, type MeasureTable, tableBlock } from "./table.ts";

const duos = (id: string, metric: string, measured: "count" | "rate" = "count"): Measure => ({
  id,
  metric,
  arm: "duos",
  measured,
});

export const DUO_MEASURES = {
  created: duos("created", "duos_created"),
  started: duos("started", "duos_started"),
  running: { ...duos("running", "duos_running"), yearly: true },
  ended: duos("ended", "duos_ended"),
  completed: duos("completed", "duos_completed", "rate"),
} as const;

/** Duos created, started, running and ended by year, and why they ended. */
export function duosSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const completed = told(input, { metric: "duos_completed", arm: "duos" });
  const title =
    completed?.value == null
      ? messages.text("year.duos.heading")
      : messages.text("year.duos.title", { share: shown(completed, "rate", messages), year: yearOf(input) });
  const { created, started, running, ended } = DUO_MEASURES;
  return [
    { kind: "heading", level: 2, id: "duos", text: title },
    tableBlock(
      input,
      {
        id: "duos",
        title: "duos",
        rows: "year",
        lines: yearLines(input),
        measures: [created, started, running, ended, DUO_MEASURES.completed],
      },
      { subtitle: messages.text("year.duos.subtitle") },
    ),
    tableBlock(input, endReasons(input), { subtitle: messages.text("year.duos.reasonsSubtitle") }),
  ];
}

const endReasons = (input: ReportInput): MeasureTable => ({
  id: "end_reasons",
  title: "endReasons",
  rows: "reason",
  lines: [...END_REASONS, "unknown"].map((level) => ({
    label: input.messages.named("year.endReason", level),
    at: { level },
  })),
  measures: byYear(input, { metric: "duos_ended", arm: "duos", dimension: "end_reason", measured: "count" }),
});

/** One column a year of the same figure. */
export const byYear = (input: ReportInput, measure: Omit<Measure, "id">): readonly Measure[] =>
  allYears(input).map((period) => ({ ...measure, id: period, period, header: period }));
