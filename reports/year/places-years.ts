import type { Block } from "../../src/document/document.ts";
import type { ReportInput } from "../report-input.ts";
import { byYear, DUO_MEASURES } from "./duos.ts";
import { MENTOR_MEASURES } from "./mentors.ts";
import { OUTCOME_MEASURES } from "./outcomes.ts";
import { allYears, NETWORK } from "./place.ts";
import { type Line, type Measure, type MeasureTable, tableBlock } from "./table.ts";

const ENTERED: Measure = { id: "entered", metric: "entered", arm: "mentees", measured: "count" };
const ENTRANTS: Measure = { id: "entrants", metric: "entrants_started", arm: "mentees", measured: "rate" };

/** What is told of every place and year, numbers and shares apart. */
const TOLD = {
  counts: [ENTERED, DUO_MEASURES.created, DUO_MEASURES.started, DUO_MEASURES.ended],
  shares: [
    ENTRANTS,
    DUO_MEASURES.completed,
    OUTCOME_MEASURES.followUp,
    OUTCOME_MEASURES.job,
    OUTCOME_MEASURES.solution,
    MENTOR_MEASURES.active,
  ],
} as const;

/** Each figure of these places year by year, the figures beneath each other: nothing where there is one year only. */
export function placesByYear(input: ReportInput, places: readonly Line[]): readonly Block[] {
  const rows = input.region === NETWORK ? "region" : "branch";
  return tablesByYear(input, rows, rows, (measure, name) => linesOf(places, measure, name));
}

/** The same figures of a region with one branch, whose figures they are too: a row each. */
export const oneByYear = (input: ReportInput): readonly Block[] =>
  tablesByYear(input, "one", "figure", ({ metric, arm }, label) => [{ label, at: { metric, arm } }]);

/** A table of numbers and one of shares. */
function tablesByYear(
  input: ReportInput,
  of: "region" | "branch" | "one",
  rows: MeasureTable["rows"],
  linesFor: (measure: Measure, name: string) => readonly Line[],
): readonly Block[] {
  if (allYears(input).length < 2) return [];
  const { messages } = input;
  return (["counts", "shares"] as const).map((kind) =>
    tableBlock(
      input,
      {
        id: `${of}_${kind}`,
        title: `${of}_${kind}`,
        rows,
        lines: TOLD[kind].flatMap((measure) => linesFor(measure, messages.named("year.column", measure.id))),
        measures: byYear(input, { metric: "", arm: "", measured: kind === "counts" ? "count" : "rate" }),
      },
      { subtitle: messages.text(`year.places.${kind}Subtitle`) },
    ),
  );
}

const linesOf = (places: readonly Line[], { metric, arm }: Measure, group: string): readonly Line[] =>
  places.map((place, i) => ({ ...place, at: { ...place.at, metric, arm }, ...(i === 0 ? { group } : {}) }));
