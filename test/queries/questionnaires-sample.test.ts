import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { annualReport } from "../../reports/annual.ts";
import { NETWORK } from "../../reports/year/place.ts";
import { surveySection } from "../../reports/year/survey.ts";
import type { Finding, Released } from "../../src/disclose/finding.ts";
import { publishedValue } from "../../src/disclose/release.ts";
import { releasedAs } from "../../src/disclose/released.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { groupBy } from "../../src/group-by.ts";
import type { SurveySettings } from "../../src/indicators/questionnaire-settings.ts";
import { loadSourceMapping } from "../../src/ingest/mapping/mapping.ts";
import { type StagedSources, stageSources } from "../../src/ingest/stage-sources.ts";
import { packageRoot } from "../../src/package-root.ts";
import { type ProgrammeYear, programmeYear } from "../../src/programme-year.ts";
import { loadQuestionnaires, questionnairesSchema } from "../../src/protocol/questionnaires.ts";
import { improvementValues } from "../../src/released-steps.ts";
import { documentText } from "../support/document-text.ts";
import { matchesGolden } from "../support/golden.ts";
import { expectWords } from "../support/metric-words.ts";
import { yearInput } from "../support/year-values.ts";

let engine: SqlEngine;
let staged: StagedSources;
let year: ProgrammeYear;
let survey: SurveySettings;

/** Findings of five persons or more as they are, the others hidden. */
const releasedOf = (findings: readonly Finding[]): readonly Released[] =>
  findings.map((finding) => releasedAs(finding, publishedValue(finding), (finding.n ?? 5) < 5 ? "A" : "F"));

beforeAll(async () => {
  engine = await openDuckDb({ threads: 2 });
  const names = ["branches", "mentees", "mentors", "duos", "outcomes"];
  const sources = names.map((name) => loadSourceMapping(join(packageRoot(), "pipelines/sources"), name));
  const questionnaires = loadQuestionnaires(join(packageRoot(), "pipelines"), { codebook: "duo" });
  if (questionnaires === undefined) throw new Error("the sample has no codebook");
  const options = {
    projectFolder: packageRoot(),
    maxRejectedShare: 0.02,
    menteeAges: [18, 33],
    questionnaires,
  } as const;
  staged = await stageSources(engine, sources, options);
  const programme = { years: [2022, 2023, 2024], asOf: "2026-03-31" };
  const settings = questionnairesSchema.parse({ codebook: "duo" });
  year = await programmeYear(engine, { programme, questionnaires: settings }, questionnaires.codebook);
  survey = { ...settings, codebook: questionnaires.codebook };
});
afterAll(() => engine.close());

test("every metric of the programme and its questionnaires has a title and a description of its own in each language", () => {
  const some = ["duos_started", "survey_top2", "survey_nps", "survey_alpha", "survey_change_p_holm"];
  expectWords(year.findings, some, ["survey_improve_fall", "survey_improve_lowest", "survey_improve_lowest_and_fall"]);
});

const PLACE = {
  region: "network",
  period: "2023",
  arm: "mentees",
  definition: "end",
  dimension: "total",
  level: "total",
};
function told(metric: string, place: Partial<Finding> = {}): Finding {
  const wanted = Object.entries({ metric, ...PLACE, ...place });
  const found = year.findings.filter((one) => wanted.every(([key, value]) => one[key as keyof Finding] === value));
  expect(found).toHaveLength(1);
  return found[0] as Finding;
}

/** The export as it lies there, on the duos as they lie there: no table of ours between. */
const PLAIN = `
  with duos as (
    select distinct * from read_csv('${join(packageRoot(), "data-sample/programme/duos.csv")}', all_varchar = true)
    where duo_id in (select duo_id from staging.duos)
  ),
  lime as (
    select * from read_csv('${join(packageRoot(), "data-sample/questionnaires/limesurvey-synthetic.csv")}', all_varchar = true)
  ),
  ended as (
    select * from duos
    where end_date between '2023-01-01' and '2023-12-31' and agreement_signed between '2022-01-01' and '2024-12-31'
  ),
  mentees as (
    select e.mentee_id, max(l."Q1[SQ002]") as confident, max(l.Q2) as recommend
    from lime l join ended e on e.duo_id = l.duo
    where l.role = 'mentee' and l.wave = 'end' and l.submitdate is not null
    group by e.mentee_id
  )`;
const plainly = (text: string) => engine.rows({ name: "plain", text: `${PLAIN}\n${text}` });

describe("the sample's questionnaires", () => {
  test("873 and 498 responses are received: one was sent twice, 60 are partial, and all are accounted for", () => {
    const own = staged.inputs.filter(({ table }) => table === "survey_responses");
    const counts = own.map(({ source, received, accepted, rejected, warned }) => [
      source,
      received,
      accepted,
      rejected,
      warned,
    ]);
    expect(counts).toEqual([
      ["limesurvey", 873, 872, 1, 60],
      ["typeform", 498, 498, 0, 0],
    ]);
    expect(own[0]?.rules).toEqual([
      { rule: "answered_again", severity: "reject", rows: 1 },
      { rule: "partial_response", severity: "warn", rows: 60 },
    ]);
    expect(staged.quality.sources.map(({ source }) => source)).toContain("typeform");
    expect(staged.quality.duplicates).toContainEqual({
      kind: "rows",
      table: "survey_responses",
      persons: null,
      rows: 1,
    });
    const [back] = staged.rejects.filter(({ path }) => path.includes("limesurvey"));
    expect(back?.path).toBe("rejects/limesurvey--limesurvey-synthetic.csv");
    expect(back?.rows).toBe(61);
    expect(back?.content).toContain(
      "58,2022-05-11 12:43:22,4,fr,SYN-D02913,mentor,entry,A4,A5,A4,A4,A4,,Y,Y,,,,data-sample/questionnaires/limesurvey-synthetic.csv,59,answered_again,answered again; the last complete response counts,reject",
    );
  });

  test("the response rate is that of the duos that ended in the year, out of those whose year of start was asked", async () => {
    const [asked] = await plainly("select count(*) as n from ended");
    const [answered] = await plainly("select count(*) as n from mentees");
    expect([answered?.n, asked?.n].map(Number)).toEqual([143, 619]);
    const rate = told("survey_response_rate");
    expect(rate.value).toBe(143 / 619);
    expect(rate.n).toBe(619);
    expect(told("survey_partial").value).toBe(6 / 619);
    expect(told("survey_respondents").value).toBe(143);
  });

  test("an item's distribution, top-2 share and mean are those that counting by hand gives", async () => {
    const rows = await plainly("select confident, count(*) as n from mentees group by confident order by confident");
    const counts = new Map(rows.map(({ confident, n }) => [String(confident).slice(1), Number(n)]));
    expect([...counts]).toEqual([
      ["2", 5],
      ["3", 5],
      ["4", 65],
      ["5", 68],
    ]);
    const at = { dimension: "item", level: "confident" };
    expect(told("survey_top2", at).value).toBe(133 / 143);
    expect(told("survey_neutral", at).value).toBe(5 / 143);
    expect(told("survey_mean", at).value).toBe(Math.round((10 * (10 + 15 + 260 + 340)) / 143) / 10);
  });

  test("the net promoter score takes 9 and 10 less 0 to 6, with the error of a mean of 1, 0 and -1", async () => {
    const [row] = await plainly(`select count(*) filter (cast(recommend as int) >= 9) as promoters,
      count(*) filter (cast(recommend as int) <= 6) as detractors, count(recommend) as n from mentees`);
    const [promoters, detractors, n] = [row?.promoters, row?.detractors, row?.n].map(Number) as [
      number,
      number,
      number,
    ];
    expect([promoters, detractors, n]).toEqual([57, 28, 143]);
    const score = told("survey_nps", { dimension: "item", level: "recommend" });
    const net = (promoters - detractors) / n;
    const error = 100 * Math.sqrt(((promoters + detractors) / n - net ** 2) / n);
    expect(score.value).toBeCloseTo(100 * net, 12);
    expect((score.upper ?? 0) - (score.value ?? 0)).toBeCloseTo(1.959963984540054 * error, 9);
  });

  test("languages and tools meet in one code: each year's answers are those of both exports", () => {
    const years = ["2022", "2023", "2024"].map((period) =>
      told("survey_top2", { period, dimension: "item", level: "team" }),
    );
    expect(years.map(({ n }) => n)).toEqual([81, 143, 161]);
  });

  test("regions are told of single years, and every answer's share of the network over all years only", () => {
    const survey = year.findings.filter(({ metric }) => metric.startsWith("survey_"));
    const asked = ["survey_response_rate", "survey_respondents", "survey_partial"];
    const pooled = survey.filter(({ period, metric }) => period.includes("-") && !asked.includes(metric));
    expect(new Set(pooled.map(({ region }) => region))).toEqual(new Set(["network"]));
    const answers = survey.filter(
      ({ metric, dimension }) => metric === "survey_answer" && dimension !== "item_recommend",
    );
    expect(new Set(answers.map(({ region, period }) => `${region} ${period}`))).toEqual(new Set(["network 2022-2024"]));
  });

  test("what fewer than the reliability minimum answered is marked, and not compared", () => {
    const survey = year.findings.filter(({ metric }) => metric.startsWith("survey_"));
    const told = survey.filter(({ metric, n }) => /rest_difference|change/.test(metric) && (n ?? 0) < 20);
    expect(told).toEqual([]);
    const small = survey.filter(({ metric, n }) => metric === "survey_top2" && (n ?? 0) < 20);
    expect(small.length).toBeGreaterThan(0);
    expect(small.every(({ cell }) => cell.isUnreliable === true && cell.minimumBase === 10)).toBe(true);
  });

  test("what to improve is a list from 1 on without gaps, one a region and year, of the end only", () => {
    const listed = improvementValues(releasedOf(year.findings), survey);
    const lists = groupBy(listed, ({ region, period }) => `${region} ${period}`);
    expect(lists.size).toBeGreaterThan(0);
    for (const own of lists.values()) expect(own.map(({ value }) => value).sort()).toEqual(own.map((_, i) => i + 1));
    expect(new Set(listed.map(({ definition }) => definition))).toEqual(new Set(["end"]));
    expect(Math.min(...listed.map(({ n }) => n ?? 0))).toBeGreaterThanOrEqual(20);
  });

  test("five of the six quotes on the list are printed without the mark of the sample, told by role and region or network", () => {
    const quotes = year.survey?.quotes ?? [];
    expect(quotes).toHaveLength(5);
    expect(quotes.filter(({ text }) => /made up|A module on foreign diplomas/.test(text))).toEqual([]);
    for (const quote of quotes) expect(Object.keys(quote)).toEqual(["period", "region", "role", "item", "text"]);
  });
});

describe.each(["en", "fr", "nl"] as const)(
  "what reports say of the questionnaires, word for word, in %s:",
  (language) => {
    test.each([NETWORK, "brussels"])("%s", (region) => {
      const values = releasedOf(year.findings);
      if (year.survey === undefined) throw new Error("nobody was asked");
      const input = {
        ...yearInput([...values, ...improvementValues(values, survey)], language, region),
        survey: year.survey,
      };
      const text = documentText({ ...annualReport(input), blocks: surveySection(input) });
      expect(matchesGolden(`reports/questionnaires-${region}-${language}.txt`, text)).toBe(undefined);
    });
  },
);
