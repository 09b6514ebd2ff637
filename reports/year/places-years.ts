import type { Block } from "../../src/document/document.ts";
import type { ReportInput } from "../report-input.ts";
import { byYear, DUO_MEASURES } from "./duos.ts";
import { MENTOR_MEASURES } from "./mentors.ts";
import { OUTCOME_MEASURES } from "./outcomes.ts";
import { allYears, NETWORK } from "./place.ts";
import { type Line, type Measure, tableBlock } from "./table.ts";

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

const MEASURED = { counts: "count", shares: "rate" } as const;

/** Each figure of these places year by year, the figures beneath each other: nothing where there is one year only. */
export function placesByYear(input: ReportInput, places: readonly Line[]): readonly Block[] {
  if (allYears(input).length < 2) return [];
  const { messages, region } = input;
  const rows = region === NETWORK ? "region" : "branch";
  return (["counts", "shares"] as const).map((kind) =>
    tableBlock(
      input,
      {
        id: `${rows}_${kind}`,
        title: `${rows}_${kind}`,
        rows,
        lines: TOLD[kind].flatMap((measure) => linesOf(places, measure, messages.named("year.column", measure.id))),
        measures: byYear(input, { metric: "", arm: "", measured: MEASURED[kind] }),
      },
      { subtitle: messages.text(`year.places.${kind}Subtitle`) },
    ),
  );
}

/** The same figures of a region with one branch, whose figures they are too: a row each. */
export function oneByYear(input: ReportInput): readonly Block[] {
  if (allYears(input).length < 2) return [];
  const { messages } = input;
  return (["counts", "shares"] as const).map((kind) =>
    tableBlock(
      input,
      {
        id: `one_${kind}`,
        title: `one_${kind}`,
        rows: "figure",
        lines: TOLD[kind].map(
          ({ id, metric, arm }): Line => ({ label: messages.named("year.column", id), at: { metric, arm } }),
        ),
        measures: byYear(input, { metric: "", arm: "", measured: MEASURED[kind] }),
      },
      { subtitle: messages.text(`year.places.${kind}Subtitle`) },
    ),
  );
}

const linesOf = (places: readonly Line[], { metric, arm }: Measure, group: string): readonly Line[] =>
  places.map((place, i) => ({ ...place, at: { ...place.at, metric, arm }, ...(i === 0 ? { group } : {}) }));
