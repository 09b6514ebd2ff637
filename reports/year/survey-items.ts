import type { Block } from "../../src/document/document.ts";
import type { Codebook } from "../../src/protocol/questionnaires.ts";
import { periodText, type ReportInput } from "../report-input.ts";
import { allTogether, NETWORK, regionName, told, yearOf, yearsBefore } from "./place.ts";
import type { Asked } from "./survey-answers.ts";
import { type Line, type Measure, type MeasureTable, tableBlock } from "./table.ts";

/** The year, the years before it and, in a region's report, the network's year, of one figure. */
export function beside(input: ReportInput, measure: Omit<Measure, "id" | "header">): readonly Measure[] {
  const year = yearOf(input);
  return [
    { ...measure, id: "now", header: header(input, measure.measured, year) },
    ...yearsBefore(input).map((period) => ({
      ...{ ...measure, id: `year_${period}`, period },
      header: header(input, measure.measured, period),
    })),
    ...(input.region === NETWORK
      ? []
      : [
          {
            ...measure,
            id: "network",
            region: NETWORK,
            header: header(input, measure.measured, `${regionName(NETWORK, input)}, ${year}`),
          },
        ]),
  ];
}

function header({ messages }: ReportInput, measured: Measure["measured"], of: string): string {
  if (measured === "rate") return `${of} (%)`;
  return messages.text(`year.survey.${measured === "nps" ? "net" : "score"}`, { of });
}

/** The share that agrees with each statement of one role at one moment; nothing where no statement was answered. */
export function itemsBlock(input: ReportInput, { arm, wave, name, role }: Asked, codebook: Codebook): readonly Block[] {
  const top2 = { metric: "survey_top2", arm, definition: wave, dimension: "item" } as const;
  const lines = itemLines(input, codebook, "likert", (level) => told(input, { ...top2, level }) !== undefined);
  if (lines.length === 0) return [];
  const table: MeasureTable = {
    id: `items_${role}_${wave}`,
    title: "items",
    titleValues: { asked: name },
    rows: "item",
    lines,
    measures: [{ ...top2, id: "answered", measured: "base" }, ...beside(input, { ...top2, measured: "rate" })],
  };
  return [tableBlock(input, table, { subtitle: input.messages.text("year.survey.itemsSubtitle") })];
}

function itemLines(
  { messages }: ReportInput,
  { items }: Codebook,
  kind: Codebook["items"][number]["kind"],
  isTold: (item: string) => boolean,
): readonly Line[] {
  return items
    .filter((one) => one.kind === kind && isTold(one.item))
    .map(({ item, text }): Line => ({ label: text[messages.language], at: { level: item } }));
}

/** Changes against the year before and, in a region's report, differences with the rest of the network, each tested. */
export function testedBlock(input: ReportInput, asked: readonly Asked[], codebook: Codebook): readonly Block[] {
  const compared = [
    { id: "change", metric: "survey_change" },
    ...(input.region === NETWORK ? [] : [{ id: "rest", metric: "survey_rest_difference" }]),
  ];
  const at = { arm: "", dimension: "item" } as const;
  const lines = asked.flatMap(({ arm, wave, name }) =>
    itemLines(input, codebook, "likert", (level) =>
      compared.some(({ metric }) => told(input, { ...at, metric, arm, definition: wave, level }) !== undefined),
    ).map((line, i) => ({
      ...line,
      at: { ...line.at, arm, definition: wave },
      ...(i === 0 ? { group: name } : {}),
    })),
  );
  if (lines.length === 0) return [];
  const table: MeasureTable = {
    id: "tested",
    title: "tested",
    rows: "item",
    lines,
    measures: compared.flatMap(({ id, metric }): readonly Measure[] => [
      { ...at, id, metric, measured: "points" },
      { ...at, id: `${id}P`, metric: `${metric}_p_holm`, measured: "p" },
    ]),
  };
  const [before = ""] = yearsBefore(input);
  const subtitle = input.messages.text("year.survey.testedSubtitle", {
    before,
    region: input.region === NETWORK ? "no" : "yes",
  });
  return [tableBlock(input, table, { subtitle })];
}

/** Net promoter scores of each role at each moment; nothing where the question wasn't asked. */
export function recommendBlock(input: ReportInput, asked: readonly Asked[], codebook: Codebook): readonly Block[] {
  const nps = { metric: "survey_nps", arm: "", dimension: "item", measured: "nps" } as const;
  const all = input.region === NETWORK ? allTogether(input) : undefined;
  const scored = codebook.items.filter(({ kind }) => kind === "nps");
  return scored.flatMap(({ item, text }): readonly Block[] => {
    const lines = asked
      .map(({ arm, wave, name }): Line => ({ label: name, at: { arm, definition: wave, level: item } }))
      .filter(({ at }) => told(input, { ...nps, ...at }) !== undefined);
    if (lines.length === 0) return [];
    const table: MeasureTable = {
      id: scored.length === 1 ? "recommend" : `recommend_${item}`,
      title: "recommend",
      titleValues: { item: text[input.messages.language] },
      rows: "asked",
      lines,
      measures: [
        { ...nps, id: "answered", measured: "base" },
        ...beside(input, nps),
        ...(all === undefined
          ? []
          : [{ ...nps, id: "all", period: all, header: header(input, "nps", periodText(all)) }]),
      ],
    };
    return [tableBlock(input, table, { subtitle: input.messages.text("year.survey.recommendSubtitle") })];
  });
}

/** What was ticked among several answers, over all years, by role and moment: of the network only. */
export function choicesBlock(input: ReportInput, asked: readonly Asked[], codebook: Codebook): readonly Block[] {
  const { messages, region } = input;
  const period = allTogether(input) ?? yearOf(input);
  if (region !== NETWORK) return [];
  return codebook.items
    .filter(({ kind }) => kind === "choice")
    .flatMap(({ item, text, scale = "" }): readonly Block[] => {
      const at = { metric: "survey_choice", dimension: `item_${item}`, period } as const;
      const answers = codebook.scales[scale]?.answers ?? [];
      const columns = asked.filter(({ arm, wave }) =>
        answers.some(({ code }) => told(input, { ...at, arm, definition: wave, level: code }) !== undefined),
      );
      if (columns.length === 0) return [];
      const table: MeasureTable = {
        id: `choices_${item}`,
        title: "choices",
        titleValues: { item: text[messages.language], period: periodText(period) },
        rows: "answer",
        lines: answers.map(({ code, label }) => ({ label: label[messages.language], at: { level: code } })),
        measures: columns.map(({ role, wave, arm, name }) => ({
          ...{ ...at, id: `chosen_${role}_${wave}`, header: `${name} (%)`, arm, definition: wave },
          measured: "rate" as const,
        })),
      };
      return [tableBlock(input, table, { subtitle: messages.text("year.survey.choicesSubtitle") })];
    });
}
