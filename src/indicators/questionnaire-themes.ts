import type { SqlRow } from "../engine/engine.ts";
import { groupBy } from "../group-by.ts";
import { cronbachAlpha } from "./alpha.ts";
import type { Indicator } from "./indicator.ts";
import { guarded, type SurveyItem, type SurveySettings, shownScore } from "./questionnaire-settings.ts";
import { meanOf } from "./score-mean.ts";

/** Fewest answered items, as a share of the theme's items that were asked, from which a person has a theme score. */
const ENOUGH = 0.5;

/**
 * Of each theme: the mean over persons of the mean of their answers, with Student's interval, for those who answered at
 * least half of its items; and Cronbach's alpha of its items with Duhachek's interval, over those who answered all.
 * @param rows of programme.survey_scores
 */
export function themeIndicators(rows: readonly SqlRow[], settings: SurveySettings): readonly Indicator[] {
  const likert = settings.codebook.items.filter(({ kind, theme }) => kind === "likert" && theme !== undefined);
  const themes = groupBy(likert, ({ theme }) => theme ?? "");
  const known = new Set(likert.map(({ item }) => item));
  const places = [
    ...groupBy(rows, ({ period, role, wave, region }) => JSON.stringify([period, role, wave, region])).values(),
    ...groupBy(
      rows.map((row) => ({ ...row, region: "network" })),
      ({ period, role, wave }: SqlRow) => JSON.stringify([period, role, wave]),
    ).values(),
  ];
  return places.flatMap((own) =>
    [...themes].flatMap(([theme, items]) =>
      ofTheme(
        theme,
        items,
        own.filter(({ item }) => known.has(String(item))),
        settings,
      ),
    ),
  );
}

function ofTheme(
  theme: string,
  items: readonly SurveyItem[],
  rows: readonly SqlRow[],
  settings: SurveySettings,
): readonly Indicator[] {
  const asked = items.filter(({ item }) => rows.some((row) => row.item === item));
  const [first] = rows;
  if (asked.length === 0 || first === undefined) return [];
  const persons = [...groupBy(rows, ({ response_id }) => String(response_id)).values()].map((own) =>
    asked.map(({ item }) => {
      const found = own.find((row) => row.item === item);
      return found === undefined ? null : Number(found.number);
    }),
  );
  const place = { region: String(first.region), period: String(first.period), dimension: "theme", level: theme };
  const arm = `${String(first.role)}s`;
  const definition = String(first.wave);
  const family = `survey theme ${arm}`;
  const scores = persons.flatMap((answers) => {
    const given = answers.filter((answer) => answer !== null);
    return given.length > 0 && given.length >= ENOUGH * answers.length
      ? [[given.reduce((sum, answer) => sum + answer, 0) / given.length, 1] as const]
      : [];
  });
  const score = shownScore({
    metric: "survey_theme_score",
    arm,
    definition,
    family,
    place,
    items: asked.length,
    ...meanOf(scores),
  });
  const alpha = alphaOf(asked, persons, { arm, definition, family: `survey alpha ${arm}`, ...place }, settings);
  return [
    score,
    // who answered all items is one of those who answered half of them
    ...alpha.map((one) => ({ ...one, guard: { alongside: [{ family }] } })),
  ].map((indicator) => guarded(indicator, settings));
}

function alphaOf(
  asked: readonly SurveyItem[],
  persons: ReadonlyArray<ReadonlyArray<number | null>>,
  at: Pick<Indicator, "arm" | "definition" | "family" | "region" | "period" | "dimension" | "level">,
  { codebook }: SurveySettings,
): readonly Indicator[] {
  if (asked.length < 2) return [];
  const codes = (codebook.scales[asked[0]?.scale ?? ""]?.answers ?? [])
    .filter(({ noAnswer }) => !noAnswer)
    .map(({ code }) => Number(code));
  // answers to reversed items are mirrored where they are read
  const items = asked.map(({ item }, i) => ({
    name: item,
    reversed: false,
    answers: persons.map((one) => one[i] ?? null),
  }));
  const found = cronbachAlpha(items, { from: codes[0] ?? 0, to: codes.at(-1) ?? 0, missing: "listwise" });
  const base = persons.filter((answers) => answers.every((answer) => answer !== null)).length;
  const none = { value: null, lower: null, upper: null };
  const told =
    found.alpha === null
      ? none
      : { value: hundredth(found.alpha), lower: hundredth(found.lower), upper: hundredth(Math.min(1, found.upper)) };
  return [{ metric: "survey_alpha", ...at, ...told, unit: "ratio", kind: "mean", base }];
}

const hundredth = (value: number): number => Math.round(value * 100) / 100 + 0;
