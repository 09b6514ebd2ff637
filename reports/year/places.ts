import type { Block } from "../../src/document/document.ts";
import type { ReportInput } from "../report-input.ts";
import { regionsChart } from "./curves.ts";
import { byYear, DUO_MEASURES } from "./duos.ts";
import { regionsFinding } from "./findings.ts";
import { MENTOR_MEASURES } from "./mentors.ts";
import { OUTCOME_MEASURES } from "./outcomes.ts";
import { allYears, branchesTold, NETWORK, regionName, regionsTold, yearOf } from "./place.ts";
import { oneByYear, placesByYear } from "./places-years.ts";
import { figureBlock, type Line, tableBlock } from "./table.ts";

const MEASURES = [
  DUO_MEASURES.started,
  DUO_MEASURES.running,
  DUO_MEASURES.completed,
  OUTCOME_MEASURES.followUp,
  OUTCOME_MEASURES.solution,
  MENTOR_MEASURES.active,
] as const;

/** Regions or branches side by side: described, not tested. */
export function placesSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const isNetwork = input.region === NETWORK;
  const year = yearOf(input);
  const heading = (key: "regions" | "branches" | "oneBranch"): Block => ({
    kind: "heading",
    level: 2,
    id: "places",
    text: messages.text(`year.places.${key}`, { year }),
  });
  const table = (id: "regions" | "branches", rows: "region" | "branch", lines: readonly Line[]): Block =>
    tableBlock(
      input,
      { id, title: id, rows, lines, measures: MEASURES },
      { subtitle: messages.text("year.places.subtitle") },
    );
  const regions = regionsTold(input).map((region): Line => ({ label: regionName(region, input), at: { region } }));
  const branches = branchesTold(input).map(
    ({ region, branch }): Line => ({
      label: input.branches.get(branch) ?? branch,
      at: { region, dimension: "branch", level: branch },
    }),
  );
  const only = isNetwork || branches.length > 1 ? undefined : branches[0];
  if (only !== undefined)
    return [
      heading("oneBranch"),
      { kind: "text", text: messages.text("year.places.sameFigures", { branch: only.label }) },
      ...oneByYear(input),
    ];
  const sum: Line = { label: regionName(input.region, input), at: {}, sum: true };
  return [
    heading(isNetwork ? "regions" : "branches"),
    ...(isNetwork ? [table("regions", "region", [...regions, sum])] : []),
    ...(isNetwork && regions.length > 1 && allYears(input).length > 1 ? [regionsByYear(input, [...regions, sum])] : []),
    table("branches", "branch", isNetwork ? branches : [...branches, sum]),
    ...placesByYear(input, [...(isNetwork ? regions : branches), sum]),
  ];
}

/** The declared solutions of every region by year, on one scale. */
function regionsByYear(input: ReportInput, lines: readonly Line[]): Block {
  const { messages } = input;
  const { id: _, ...solution } = OUTCOME_MEASURES.solution;
  return figureBlock(
    input,
    { id: "regions_by_year", title: "regionsByYear", rows: "region", lines, measures: byYear(input, solution) },
    {
      title: regionsFinding(input, solution),
      subtitle: messages.text("year.places.byYearSubtitle"),
      kind: "multiples",
    },
    regionsChart(input, solution),
  );
}
