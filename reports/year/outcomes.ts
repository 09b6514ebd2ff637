import { SOLUTIONS } from "../../src/catalogue/staging.ts";
import type { Block } from "../../src/document/document.ts";
import type { ReportInput } from "../report-input.ts";
import { outcomesChart } from "./charts.ts";
import { solutionTrend } from "./curves.ts";
import { byYear } from "./duos.ts";
import { solutionsFinding, trendFinding } from "./findings.ts";
import { yearLines } from "./lines.ts";
import { shown, told, yearOf } from "./place.ts";
import { figureBlock, type Measure } from "./table.ts";

const declared = (id: string, metric: string): Measure => ({ id, metric, arm: "duos", measured: "rate" });

export const OUTCOME_MEASURES = {
  followUp: declared("followUp", "declared_follow_up"),
  job: declared("job", "declared_job"),
  solution: declared("solution", "declared_solution"),
  lowest: declared("lowest", "declared_solution_lowest"),
  highest: declared("highest", "declared_solution_highest"),
} as const;

/** What mentees declared for the twelve months after their duo: never beside a register's result. */
export function outcomesSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const declaredNote = {
    lead: messages.text("year.outcomes.declaredLead"),
    text: messages.text("year.outcomes.declared"),
  };
  const boundsNote = { lead: messages.text("year.outcomes.boundsLead"), text: messages.text("year.outcomes.bounds") };
  const job = told(input, { metric: "declared_job", arm: "duos" });
  return [
    {
      kind: "heading",
      level: 2,
      id: "outcomes",
      text:
        job?.value != null
          ? messages.text("year.outcomes.title", {
              job: shown(job, "rate", messages),
              year: yearOf(input),
            })
          : messages.text("year.outcomes.heading"),
    },
    figureBlock(
      input,
      {
        id: "solutions",
        title: "solutions",
        rows: "kind",
        lines: SOLUTIONS.filter((level) => level !== "unknown").map((level) => ({
          label: messages.text(`year.solution.${level}`),
          at: { level },
        })),
        measures: byYear(input, { metric: "declared_outcome", arm: "duos", dimension: "solution", measured: "rate" }),
      },
      {
        title: solutionsFinding(input),
        subtitle: messages.text("year.outcomes.solutionsSubtitle"),
        kind: "bars",
        margin: [declaredNote],
      },
      outcomesChart(input),
    ),
    figureBlock(
      input,
      {
        id: "outcomes",
        title: "outcomes",
        rows: "year",
        lines: yearLines(input),
        measures: Object.values(OUTCOME_MEASURES),
      },
      {
        title: trendFinding(input),
        subtitle: messages.text("year.outcomes.subtitle"),
        kind: "curve",
        margin: [boundsNote],
      },
      solutionTrend(input),
    ),
  ];
}
