import type { Block } from "../../src/document/document.ts";
import type { Codebook } from "../../src/protocol/questionnaires.ts";
import { lowerFirst } from "../../src/wording/first-letter.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import type { ReportInput } from "../report-input.ts";
import { NETWORK, regionName, told, yearOf } from "./place.ts";
import { type Asked, answersFigure } from "./survey-answers.ts";
import { surveyHeadline } from "./survey-headline.ts";
import { improveBlocks } from "./survey-improve.ts";
import { beside, choicesBlock, itemsBlock, recommendBlock, testedBlock } from "./survey-items.ts";
import { type Line, type MeasureTable, tableBlock } from "./table.ts";

/** What mentors and mentees answered: who answered, items and themes with last year and the network, what to improve. */
export function surveySection(input: ReportInput): readonly Block[] {
  const { messages, survey } = input;
  if (survey === undefined) return [];
  const { codebook } = survey;
  const asked = askedOf(input, codebook);
  if (asked.length === 0) return [];
  const text = (key: KeyUnder<"year.survey">): string => messages.text(`year.survey.${key}`);
  const waves: readonly string[] = input.pipeline.questionnaires?.improve.waves ?? [];
  const headline = surveyHeadline(input, asked, codebook);
  return [
    { kind: "heading", level: 2, id: "survey", text: headline.title },
    ...(headline.text === undefined ? [] : [{ kind: "text" as const, text: headline.text }]),
    tableBlock(input, responses(input, asked), { subtitle: text("responsesSubtitle") }),
    ...asked.flatMap((one) => [
      ...(waves.includes(one.wave) ? answersFigure(input, one, codebook) : []),
      ...itemsBlock(input, one, codebook),
    ]),
    ...testedBlock(input, asked, codebook),
    ...recommendBlock(input, asked, codebook),
    ...choicesBlock(input, asked, codebook),
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
      const moment = lowerFirst(waveName[language]);
      const name = input.messages.text("year.survey.asked", { role: roleName[language], wave: moment });
      return rate === undefined ? [] : [{ role, wave, moment, arm, name }];
    }),
  );
}

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
