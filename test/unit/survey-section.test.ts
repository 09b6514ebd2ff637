import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ReportInput } from "../../reports/report-input.ts";
import { NETWORK } from "../../reports/year/place.ts";
import { surveySection } from "../../reports/year/survey.ts";
import type { Released } from "../../src/disclose/finding.ts";
import type { Block, Language, Table } from "../../src/document/document.ts";
import { packageRoot } from "../../src/package-root.ts";
import { loadQuestionnaires } from "../../src/protocol/questionnaires.ts";
import { releasedValue, yearInput } from "../support/year-values.ts";

const LANGUAGES = ["en", "fr", "nl"] as const;

const answered = (metric: string, level: string, given: object): Released =>
  releasedValue({ metric, arm: "mentees", definition: "end", dimension: "item", level, n: 84, ...given });
const agreed = (level: string, value: number, given: object = {}): Released =>
  answered("survey_top2", level, { value, lower: value - 0.08, upper: value + 0.06, ...given });
const changed = (level: string, value: number, p: number): readonly Released[] => [
  answered("survey_change", level, { value, lower: value - 0.1, upper: value + 0.1 }),
  answered("survey_change_p_holm", level, { value: p }),
];
const asked = releasedValue({ metric: "survey_response_rate", arm: "mentees", definition: "end", value: 0.4, n: 200 });

function inputOf(values: readonly Released[], language: Language, region = "brussels"): ReportInput {
  const questionnaires = loadQuestionnaires(join(packageRoot(), "pipelines"), { codebook: "duo" });
  if (questionnaires === undefined) throw new Error("the sample has no codebook");
  const own = [asked, ...values].map((value) => (region === NETWORK ? { ...value, region } : value));
  return { ...yearInput(own, language, region), survey: { codebook: questionnaires.codebook, quotes: [] } };
}

/** The first heading, with the sentence that stands under it. */
function headingOf([heading, under]: readonly Block[]): string {
  const texts = [heading, under].map((block) =>
    block?.kind === "heading" || block?.kind === "text" ? block.text : "",
  );
  return texts.filter((text) => text !== "").join(" / ");
}

describe("the headline of the questionnaires, by rule", () => {
  const three = [agreed("team", 0.93), agreed("project", 0.7), agreed("network", 0.77)];
  const cases: readonly (readonly [string, readonly Released[], Readonly<Record<Language, string>>])[] = [
    [
      "a significant fall, alone",
      [...three, ...changed("team", -0.142, 0.012), ...changed("network", 0.3, 0.2)],
      {
        en: "One answer changes significantly against 2023 / “I was well supported by the team” loses 14.2 points against 2023 (mentee, at the end).",
        fr: "Une réponse évolue significativement par rapport à 2023 / «\u00a0L’équipe m’a bien accompagné·e\u00a0» perd 14,2 points par rapport à 2023 (mentee, à la fin).",
        nl: "Eén antwoord verandert significant tegenover 2023 / ‘Het team heeft me goed begeleid’ verliest 14,2 punten tegenover 2023 (mentee, aan het einde).",
      },
    ],
    [
      "a significant rise, and a smaller fall beside it",
      [...three, ...changed("team", -0.142, 0.012), ...changed("network", 0.3, 0.001)],
      {
        en: "2 answers change significantly against 2023 / “My network is larger” gains 30.0 points against 2023 (mentee, at the end), and one other answer changes significantly.",
        fr: "2 réponses évoluent significativement par rapport à 2023 / «\u00a0Mon réseau s’est élargi\u00a0» gagne 30,0 points par rapport à 2023 (mentee, à la fin), et une autre réponse évolue significativement.",
        nl: "2 antwoorden veranderen significant tegenover 2023 / ‘Mijn netwerk is groter’ wint 30,0 punten tegenover 2023 (mentee, aan het einde), en nog één antwoord verandert significant.",
      },
    ],
    [
      "tested, and nothing significant: a p of 0.05 isn’t below it",
      [...three, ...changed("team", -0.142, 0.05)],
      {
        en: "No significant change in the answers against 2023 / Most agree with “I was well supported by the team” (93.0%, mentee, at the end), fewest with “Our duo has a concrete professional project” (70.0%, mentee, at the end).",
        fr: "Aucune évolution significative des réponses par rapport à 2023 / «\u00a0L’équipe m’a bien accompagné·e\u00a0» recueille le plus d’accord (93,0\u00a0%, mentee, à la fin), «\u00a0Notre duo a un projet professionnel concret\u00a0» le moins (70,0\u00a0%, mentee, à la fin).",
        nl: "Geen significante verandering in de antwoorden tegenover 2023 / Het meest eens met ‘Het team heeft me goed begeleid’ (93,0%, mentee, aan het einde), het minst met ‘Ons duo heeft een concreet beroepsproject’ (70,0%, mentee, aan het einde).",
      },
    ],
    [
      "nothing tested: nothing is said of changes",
      three,
      {
        en: "From 70.0% to 93.0% agree, depending on the statement / Most agree with “I was well supported by the team” (93.0%, mentee, at the end), fewest with “Our duo has a concrete professional project” (70.0%, mentee, at the end).",
        fr: "De 70,0\u00a0% à 93,0\u00a0% d’accord, selon l’affirmation / «\u00a0L’équipe m’a bien accompagné·e\u00a0» recueille le plus d’accord (93,0\u00a0%, mentee, à la fin), «\u00a0Notre duo a un projet professionnel concret\u00a0» le moins (70,0\u00a0%, mentee, à la fin).",
        nl: "Van 70,0% tot 93,0% eens, naargelang de stelling / Het meest eens met ‘Het team heeft me goed begeleid’ (93,0%, mentee, aan het einde), het minst met ‘Ons duo heeft een concreet beroepsproject’ (70,0%, mentee, aan het einde).",
      },
    ],
    [
      "nothing tested, and a share that is not published, which may be higher or lower",
      [...three, agreed("confident", 0, { hidden: "A" })],
      {
        en: "From 70.0% to 93.0% agree, depending on the statement, where published / Where shares are published, most agree with “I was well supported by the team” (93.0%, mentee, at the end), fewest with “Our duo has a concrete professional project” (70.0%, mentee, at the end).",
        fr: "De 70,0\u00a0% à 93,0\u00a0% d’accord, selon l’affirmation, parmi les parts publiées / Parmi les parts publiées, «\u00a0L’équipe m’a bien accompagné·e\u00a0» recueille le plus d’accord (93,0\u00a0%, mentee, à la fin), «\u00a0Notre duo a un projet professionnel concret\u00a0» le moins (70,0\u00a0%, mentee, à la fin).",
        nl: "Van 70,0% tot 93,0% eens, naargelang de stelling, voor zover gepubliceerd / Voor zover gepubliceerd: het meest eens met ‘Het team heeft me goed begeleid’ (93,0%, mentee, aan het einde), het minst met ‘Ons duo heeft een concreet beroepsproject’ (70,0%, mentee, aan het einde).",
      },
    ],
    [
      "tested, and a share of few answers",
      [...three, ...changed("team", -0.142, 0.05), { ...agreed("confident", 0.99), obs_status: "U" } as Released],
      {
        en: "No significant change in the answers against 2023 / Where shares are published and answers are not too few, most agree with “I was well supported by the team” (93.0%, mentee, at the end), fewest with “Our duo has a concrete professional project” (70.0%, mentee, at the end).",
        fr: "Aucune évolution significative des réponses par rapport à 2023 / Parmi les parts publiées qui reposent sur assez de réponses, «\u00a0L’équipe m’a bien accompagné·e\u00a0» recueille le plus d’accord (93,0\u00a0%, mentee, à la fin), «\u00a0Notre duo a un projet professionnel concret\u00a0» le moins (70,0\u00a0%, mentee, à la fin).",
        nl: "Geen significante verandering in de antwoorden tegenover 2023 / Voor zover gepubliceerd en met genoeg antwoorden: het meest eens met ‘Het team heeft me goed begeleid’ (93,0%, mentee, aan het einde), het minst met ‘Ons duo heeft een concreet beroepsproject’ (70,0%, mentee, aan het einde).",
      },
    ],
    [
      "one statement with enough answers",
      [agreed("team", 0.93), agreed("project", 0.1, { hidden: "A" })],
      {
        en: "Mentee, at the end: 93.0% agree – “I was well supported by the team”",
        fr: "Mentee, à la fin\u00a0: 93,0\u00a0% sont d’accord – «\u00a0L’équipe m’a bien accompagné·e\u00a0»",
        nl: "Mentee, aan het einde: 93,0% is het eens – ‘Het team heeft me goed begeleid’",
      },
    ],
    [
      "all hidden",
      [agreed("team", 0.9, { hidden: "A" }), agreed("project", 0.9, { hidden: "D" })],
      {
        en: "Questionnaires, 2024: too few answers to tell",
        fr: "Questionnaires, 2024\u00a0: trop peu de réponses pour conclure",
        nl: "Vragenlijsten, 2024: te weinig antwoorden om iets te besluiten",
      },
    ],
  ];
  it.each(cases)("%s", (_, values, sentences) => {
    for (const language of LANGUAGES)
      expect(headingOf(surveySection(inputOf(values, language)))).toBe(sentences[language]);
  });

  it("says nothing of answers too few to be reliable", () => {
    const few = { ...agreed("team", 0.93), obs_status: "U" } as Released;
    expect(headingOf(surveySection(inputOf([few], "en")))).toBe("Questionnaires, 2024: too few answers to tell");
  });
});

describe("what a questionnaire's tables show", () => {
  const nps = (given: object): Released => answered("survey_nps", "recommend", { unit: "score", ...given });
  const chosen = (level: string, given: object): Released =>
    answered("survey_choice", level, { dimension: "item_helped", period: "2022-2024", ...given });
  const values = [
    agreed("team", 0.93),
    ...changed("team", -0.142, 0.0001),
    answered("survey_rest_difference", "team", { value: 0.05, lower: -0.02, upper: 0.11 }),
    answered("survey_rest_difference_p_holm", "team", { value: 0.4 }),
    nps({ value: 28.4, lower: 17.2, upper: 39.1, n: 30 }),
    { ...nps({ value: 20, lower: -12, upper: 52, period: "2023", n: 12 }), obs_status: "U" } as Released,
    chosen("workshops", { value: 0.61, lower: 0.53, upper: 0.68 }),
    chosen("other", { hidden: "A" }),
    answered("survey_improve_lowest", "team", { value: 1 }),
  ];
  const tableOf = (region: string, id: string): Table | undefined =>
    surveySection(inputOf(values, "en", region))
      .flatMap((block) => ("table" in block ? [block.table] : []))
      .find((table) => table.id === id);
  const cellsOf = (table: Table | undefined, row = 0) =>
    Object.fromEntries((table?.columns ?? []).map(({ id }, i) => [id, table?.rows[row]?.cells[i]]));

  it("are changes and differences with the rest in points, with their interval and p", () => {
    expect(cellsOf(tableOf("brussels", "tested"))).toMatchObject({
      change: { text: "\u221214.2", detail: "[\u221224.2, \u22124.2]", value: -14.2 },
      changeP: { text: "< 0.001" },
      rest: { text: "5.0", detail: "[\u22122.0, 11.0]" },
      restP: { text: "0.400" },
    });
    expect(Object.keys(cellsOf(tableOf(NETWORK, "tested")))).not.toContain("rest");
  });

  it("are net scores with their interval, and a mark where few answered, explained beneath", () => {
    expect(cellsOf(tableOf("brussels", "recommend"))).toMatchObject({
      now: { text: "28", detail: "[17, 39]" },
      year_2023: { text: "20", detail: "[\u221212, 52] [u]" },
      network: { text: "no value", marker: "[x]" },
    });
    const block = surveySection(inputOf(values, "en")).find(
      (one) => one.kind === "table" && one.table.id === "recommend",
    );
    expect(block).toMatchObject({ cellNotes: expect.stringContaining("[u]: fewer than 20 answers") });
  });

  it("are the answers ticked, of the network only, a few of them in words", () => {
    const table = tableOf(NETWORK, "choices_helped");
    expect(table?.title).toBe("Which activities helped you? (2022\u20132024)");
    expect(cellsOf(table)).toMatchObject({ chosen_mentee_end: { text: "61.0%", detail: "[53.0, 68.0]" } });
    expect(cellsOf(table, 3)).toMatchObject({ chosen_mentee_end: { text: "too few", marker: "[c]" } });
    expect(tableOf("brussels", "choices_helped")).toBeUndefined();
  });

  it("is the list for discussion with the share, last year’s and the network’s", () => {
    const facts = surveySection(inputOf(values, "en")).find((block) => block.kind === "facts");
    expect(facts).toMatchObject({
      facts: [
        {
          text: "I was well supported by the team: 93.0%, 2023: no value, All regions, 2024: no value – among the lowest shares",
        },
      ],
    });
  });
});
