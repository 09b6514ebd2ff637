import type { Block } from "../../src/document/document.ts";
import type { ReportInput } from "../report-input.ts";
import { yearLines } from "./lines.ts";
import { told } from "./place.ts";
import { type Measure, tableBlock } from "./table.ts";

const MEASURES: readonly Measure[] = [
  { id: "costDuo", metric: "cost_per_duo", arm: "duos", measured: "euro" },
  { id: "costSolution", metric: "cost_per_solution", arm: "duos", measured: "euro" },
];

/** Cost per duo started and per declared solution, where a budget was given. */
export function costsSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const isGiven = yearLines(input).some(({ at }) =>
    MEASURES.some(({ metric, arm }) => told(input, { metric, arm, ...at })?.value != null),
  );
  if (!isGiven) return [];
  return [
    { kind: "heading", level: 2, id: "costs", text: messages.text("year.costs.heading") },
    tableBlock(
      input,
      { id: "costs", title: "costs", rows: "year", lines: yearLines(input), measures: MEASURES },
      { subtitle: messages.text("year.costs.subtitle") },
    ),
  ];
}
