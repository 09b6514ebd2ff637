import type { Block } from "../../src/document/document.ts";
import type { Codebook } from "../../src/protocol/questionnaires.ts";
import type { ReportInput } from "../report-input.ts";
import { NETWORK, regionName, told, yearOf, yearsBefore } from "./place.ts";
import { type Asked, answersFigure } from "./survey-answers.ts";
import { type Line, type Measure, type MeasureTable, tableBlock } from "./table.ts";

const REASONS = ["fall", "lowest", "lowest_and_fall"] as const;

/** What mentors and mentees answered: who answered, items and themes with last year and the network, what to improve. */
export function surveySection(input: ReportInput): readonly Block[] {
  const { messages, survey } = input;
  if (survey === undefined) return [];
  const { codebook } = survey;
  const asked = askedOf(input, codebook);
  if (asked.length === 0) return [];
  const text = (key: string): string => messages.text(`year.survey.${key}`);
  const waves: readonly string[] = input.pipeline.questionnaires?.improve.waves ?? [];
  return [
    { kind: "heading", level: 2, id: "survey", text: messages.text("year.survey.heading", { year: yearOf(input) }) },
    tableBlock(input, responses(input, asked), { subtitle: text("responsesSubtitle") }),
    ...asked.flatMap((one) => {
      const table = itemTable(input, one, codebook);
      const items = table.lines.length === 0 ? [] : [tableBlock(input, table, { subtitle: text("itemsSubtitle") })];
      return waves.includes(one.wave) ? [...answersFigure(input, one, codebook), ...items] : items;
    }),
    tableBlock(input, themeTable(input, asked, codebook), { subtitle: text("themesSubtitle") }),
    ...improveBlocks(input, asked, codebook),
    ...quoteBlocks(input),
  ];
}

function askedOf(input: ReportInput, { roles, waves }: Codebook): readonly Asked[] {
  const { language } = input.messages;
  return Object.entries(roles).flatMap(([role, roleName]) =>
    Object.entries(waves).flatMap(([wave, waveName]) => {
      const arm = `${role}s`;
      const rate = told(input, { metric: "survey_response_rate", arm, definition: wave });
      const name = input.messages.text("year.survey.asked", { role: roleName[language], wave: waveName[language] });
      return rate === undefined ? [] : [{ role, wave, arm, name }];
    }),
  );
}

/** The year, the year before and, in a region's report, the network's year, of one figure. */
function beside(input: ReportInput, measure: Omit<Measure, "id" | "header">): readonly Measure[] {
  const [before] = yearsBefore(input);
  const year = yearOf(input);
  return [
    { ...measure, id: "now", header: header(input, measure.measured, year) },
    ...(before === undefined
      ? []
      : [{ ...measure, id: "before", period: before, header: header(input, measure.measured, before) }]),
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

const header = (input: ReportInput, measured: Measure["measured"], of: string): string =>
  measured === "rate" ? `${of} (%)` : input.messages.text("year.survey.score", { of });

const responses = (input: ReportInput, asked: readonly Asked[]): MeasureTable => ({
  id: "responses",
  title: "responses",
  rows: "asked",
  lines: asked.map(({ name, arm, wave }) => ({ label: name, at: { arm, definition: wave } })),
  measures: [
    { id: "invited", metric: "survey_response_rate", arm: "", measured: "base" },
    { id: "respondents", metric: "survey_respondents", arm: "", measured: "count" },
    ...beside(input, { metric: "survey_response_rate", arm: "", measured: "rate" }),
  ],
});

function itemTable(input: ReportInput, { arm, wave, name, role }: Asked, codebook: Codebook): MeasureTable {
  const { language } = input.messages;
  const lines = codebook.items
    .filter(({ kind, item }) => kind === "likert" && told(input, placeOf(item, arm, wave)) !== undefined)
    .map(({ item, text }): Line => ({ label: text[language], at: { level: item } }));
  const top2 = { metric: "survey_top2", arm, definition: wave, dimension: "item" } as const;
  return {
    id: `items_${role}_${wave}`,
    title: "items",
    titleValues: { asked: name },
    rows: "item",
    lines,
    measures: [{ ...top2, id: "answered", measured: "base" }, ...beside(input, { ...top2, measured: "rate" })],
  };
}

const placeOf = (item: string, arm: string, definition: string) =>
  ({ metric: "survey_top2", arm, definition, dimension: "item", level: item }) as const;

function themeTable(input: ReportInput, asked: readonly Asked[], { themes }: Codebook): MeasureTable {
  const { language } = input.messages;
  return {
    id: "themes",
    title: "themes",
    rows: "theme",
    lines: asked.flatMap(({ arm, wave, name }) =>
      Object.entries(themes)
        .filter(
          ([level]) =>
            told(input, { metric: "survey_theme_score", arm, definition: wave, dimension: "theme", level }) !==
            undefined,
        )
        .map(
          ([level, theme], i): Line => ({
            label: theme[language],
            at: { arm, definition: wave, level },
            ...(i === 0 ? { group: name } : {}),
          }),
        ),
    ),
    measures: [
      ...beside(input, { metric: "survey_theme_score", arm: "", dimension: "theme", measured: "score" }),
      { id: "alpha", metric: "survey_alpha", arm: "", dimension: "theme", measured: "ratio" },
    ],
  };
}

/** The list for the region's discussion, in its order, each item with why it is listed. */
function improveBlocks(input: ReportInput, asked: readonly Asked[], { items }: Codebook): readonly Block[] {
  const { messages } = input;
  const listed = asked
    .flatMap(({ arm, wave, name }) =>
      items.flatMap(({ item, text }) =>
        REASONS.flatMap((reason) => {
          const place = { arm, definition: wave, dimension: "item", level: item };
          const rank = told(input, { ...place, metric: `survey_improve_${reason}` });
          return rank?.value == null ? [] : [{ rank: rank.value, reason, item: text[messages.language], name }];
        }),
      ),
    )
    .sort((a, b) => a.rank - b.rank);
  if (listed.length === 0) return [{ kind: "text", text: messages.text("year.survey.noImprove") }];
  return [
    {
      kind: "facts",
      id: "improve",
      title: messages.text("year.survey.improve"),
      facts: listed.map(({ rank, reason, item, name }) => ({
        label: `${rank}. ${name}`,
        text: messages.text("year.survey.improveText", { item, reason }),
      })),
    },
  ];
}

/** Approved quotes of the year; of another region's people never, in a region's report. */
function quoteBlocks(input: ReportInput): readonly Block[] {
  const { messages, survey, region, pipeline } = input;
  if (survey === undefined) return [];
  const roles = new Map(Object.entries(survey.codebook.roles));
  return survey.quotes
    .filter((quote) => quote.period === yearOf(input) && (region === NETWORK || quote.region === region))
    .map((quote) => ({
      kind: "quote" as const,
      text: quote.text,
      attribution: messages.text("year.survey.quoted", {
        role: roles.get(quote.role)?.[messages.language] ?? quote.role,
        region: regionName(quote.region, input),
        year: quote.period,
        invented: pipeline.synthetic ? "yes" : "no",
      }),
    }));
}
