import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReportInput } from "../../reports/report-input.ts";
import { cohortsSection } from "../../reports/sections/cohorts.ts";
import { headlineNotes, headlineWords } from "../../reports/sections/headline.ts";
import { saidSection } from "../../reports/sections/said.ts";
import { subgroupsSection } from "../../reports/sections/subgroups.ts";
import type { Released } from "../../src/disclose/finding.ts";
import { packageRoot } from "../../src/package-root.ts";
import { loadProject } from "../../src/protocol/project.ts";
import { conclusion } from "../../src/wording/interval-sentence.ts";
import { loadMessages } from "../../src/wording/messages.ts";
import { matchesGolden } from "../support/golden.ts";
import { releasedValue, yearInput } from "../support/year-values.ts";

const LANGUAGES = ["en", "fr", "nl"] as const;
const CHECKS = ["linkedShare", "matchedShare", "maxSmd", "minimumPersons", "minimumPlacements", "essControlPersons"];
const DEFINITIONS = ["days90", "contract3m", "at12", "sustained6m"] as const;

/** What a case holds: the interval, or why there is none, and how each check ended; what is left out passed. */
interface Case {
  readonly interval?: readonly [number, number];
  readonly status?: "A" | "D";
  readonly failed?: readonly string[];
  readonly hiddenCheck?: string;
  readonly placebo?: "failed" | "inconclusive" | "hidden";
  readonly definition?: (typeof DEFINITIONS)[number];
}

const CLEAR = [0.036, 0.148] as const;
const CASES: Readonly<Record<string, Case>> = {
  "clear, more": { interval: CLEAR },
  "clear, fewer": { interval: [-0.148, -0.036] },
  "undecided, more likely than not": { interval: [-0.006, 0.19] },
  "undecided, less likely than not": { interval: [-0.19, 0.018] },
  "undecided, a limit is 0": { interval: [0, 0.19] },
  "undecided, a limit is 0 but for the computer's arithmetic": { interval: [4e-17, 0.19] },
  "undecided, limits that would round to 0": { interval: [-0.0003, 0.0004] },
  "clear, the lower limit would round to 0": { interval: [0.0003, 0.2] },
  "clear, the upper limit would round to 0": { interval: [-0.2, -0.0003] },
  "clear, a limit nearer to 0 than four decimals": { interval: [0.0000002, 0.2] },
  "clear, both limits would round to one number": { interval: [0.0511, 0.0514] },
  "too few to publish": { status: "A" },
  "kept back for a smaller group's sake": { status: "D" },
  "nobody matched": {},
  "clear, too few found in the register": { interval: CLEAR, failed: ["linkedShare"] },
  "clear, too few matched": { interval: CLEAR, failed: ["matchedShare", "minimumPersons"] },
  "clear, the groups differ": { interval: CLEAR, failed: ["maxSmd"] },
  "fewer, the groups differ": { interval: [-0.148, -0.036], failed: ["maxSmd"] },
  "undecided, the groups differ": { interval: [-0.006, 0.19], failed: ["maxSmd"] },
  "clear, too few persons": { interval: CLEAR, failed: ["minimumPersons"] },
  "clear, too few placements": { interval: CLEAR, failed: ["minimumPlacements"] },
  "clear, too few effective controls": { interval: CLEAR, failed: ["essControlPersons"] },
  "clear, the placebo test failed": { interval: CLEAR, placebo: "failed" },
  "clear, the placebo test inconclusive": { interval: CLEAR, placebo: "inconclusive" },
  "clear, the placebo test not published": { interval: CLEAR, placebo: "hidden" },
  "clear, a check not published": { interval: CLEAR, hiddenCheck: "matchedShare" },
  "too few to publish, and a check failed": { status: "A", failed: ["maxSmd"] },
  "clear, a contract of three months": { interval: CLEAR, definition: "contract3m" },
  "clear, at 12 months": { interval: CLEAR, definition: "at12" },
  "clear, six months in one job": { interval: CLEAR, definition: "sustained6m" },
};

const { pipeline } = loadProject(`${packageRoot()}/pipelines/sib-evaluation.yaml`);

/** What the investor statement is told of a case. */
function inputOf(given: Case, language: (typeof LANGUAGES)[number]): ReportInput {
  const definition = given.definition ?? "days90";
  const { evaluation } = pipeline;
  const outcome = { ...evaluation.outcome, definition };
  const value = (of: Parameters<typeof releasedValue>[0]): Released =>
    releasedValue({ period: "2014-2016", definition, ...of });
  const hidden = (yes: boolean) => (yes ? { hidden: "A" as const } : {});
  const checks = CHECKS.flatMap((level) => [
    value({ metric: "verdict_threshold", arm: "both", dimension: "verdict", level, value: 0.1 }),
    value({
      ...{ metric: "verdict_passed", arm: "both", dimension: "verdict", level },
      value: given.failed?.includes(level) ? 0 : 1,
      ...hidden(given.hiddenCheck === level),
    }),
  ]);
  const passed = given.placebo === "inconclusive" ? null : given.placebo === "failed" ? 0 : 1;
  const placebo = [
    value({ metric: "verdict_passed", arm: "both", dimension: "verdict", level: "placebo", value: passed }),
    value({
      ...{ metric: "placebo_difference", arm: "both", dimension: "placebo", level: "days90", value: 0.01 },
      ...hidden(given.placebo === "hidden"),
    }),
  ];
  const [lower = null, upper = null] = given.interval ?? [];
  const middle = lower === null || upper === null ? null : (lower + upper) / 2;
  const difference = value({
    ...{ metric: "effect_difference", arm: "both", value: middle, lower, upper },
    ...(given.status === undefined ? {} : { hidden: given.status }),
  });
  const released = [difference, ...checks, ...placebo];
  return { ...yearInput(released, language), pipeline: { ...pipeline, evaluation: { ...evaluation, outcome } } };
}

const told = ([lower, upper]: readonly [number, number]): string => `[${lower}, ${upper}]`;

function paragraphs([name, given]: readonly [string, Case]): string {
  const said = LANGUAGES.map((language) => {
    const { headline, lead } = headlineWords(inputOf(given, language));
    return `- ${language}: **${headline}** ${lead}`;
  });
  return [`## ${name}${given.interval === undefined ? "" : ` ${told(given.interval)}`}`, "", ...said, ""].join("\n");
}

const TITLE = `# What each result is told as

One case a heading, its interval as proportions: the headline in bold, then the sentence that follows it. For translators
to read; a change of words or rules changes this file.
`;

describe("conclusions by rule", () => {
  it("read as the table of cases and languages says", () => {
    expect(matchesGolden("words/conclusions.md", [TITLE, ...Object.entries(CASES).map(paragraphs)].join("\n"))).toBe(
      undefined,
    );
  });

  it("never claim anything where a check failed, whatever the interval", () => {
    const limit = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(limit, limit, fc.constantFrom(...CHECKS), fc.constantFrom(...LANGUAGES), (a, b, check, language) => {
        const interval = [Math.min(a, b), Math.max(a, b)] as const;
        const { headline, lead } = headlineWords(inputOf({ interval, failed: [check] }, language));
        expect(headline).toMatch(/^(We draw no conclusion|Aucune conclusion n’est tirée|We trekken geen conclusie)/);
        expect(`${headline} ${lead}`).not.toMatch(/\d|statisti/);
      }),
      { numRuns: 40 },
    );
  });

  it("come with why the range is first, or with which checks stand in the way", () => {
    const noteOf = (given: Case, language: (typeof LANGUAGES)[number] = "en") => {
      const [{ lead, text } = { lead: "", text: "" }] = headlineNotes(inputOf(given, language));
      return `${lead} ${text}`;
    };
    expect(noteOf({ interval: CLEAR })).toMatch(/^Why the range comes first\. .* best estimate, not a promise\.$/);
    expect(noteOf({ interval: CLEAR, failed: ["maxSmd", "minimumPersons"], placebo: "failed" })).toBe(
      "Why no conclusion is drawn. A conclusion needs every check to pass; failed: largest standardised difference, persons in the smaller arm and placebo test. The figure of 9.2 describes the two groups; it is no estimate of an effect.",
    );
    expect(noteOf({ interval: CLEAR, hiddenCheck: "matchedShare" })).toMatch(/; not published: participants matched\./);
    expect(noteOf({ interval: CLEAR, failed: ["maxSmd"] }, "fr")).toMatch(/; non rempli\s: plus grande différence/);
    expect(noteOf({ interval: CLEAR, placebo: "failed" }, "nl")).toMatch(/; niet voldaan: placebotest\./);
  });

  it("explain the figure of all cohorts where there are several", () => {
    const notesOf = (years: readonly number[]): number => {
      const own = inputOf({ interval: CLEAR }, "en");
      const cohorts = { ...own.pipeline.evaluation.cohorts, years: [...years] };
      const [figure] = cohortsSection({
        ...own,
        pipeline: { ...own.pipeline, evaluation: { ...own.pipeline.evaluation, cohorts } },
      });
      return figure?.kind === "figure" ? (figure.margin?.length ?? 0) : 0;
    };
    expect([notesOf([2014, 2015, 2016]), notesOf([2015])]).toEqual([2, 1]);
  });

  it("leave no chart a finding as its title that they don't draw", () => {
    const titleOf = (given: Case): string | undefined => {
      const [figure] = cohortsSection(inputOf(given, "en"));
      return figure?.kind === "figure" ? figure.title : undefined;
    };
    expect(titleOf({ interval: CLEAR })).toMatch(/^The interval clears zero/);
    for (const given of [
      { interval: CLEAR, failed: ["maxSmd"] },
      { interval: CLEAR, placebo: "failed" as const },
      { status: "A" as const },
    ])
      expect(titleOf(given)).toBe("Placement rates and differences by cohort");
  });

  it("tell cohorts whose intervals include zero from all of them together", () => {
    const of = (period: string, lower: number): Released =>
      releasedValue({
        metric: "effect_difference",
        arm: "both",
        definition: "days90",
        period,
        value: 0.1,
        lower,
        upper: 0.2,
      });
    const cannot = (...values: readonly Released[]): string =>
      statementsOf({ ...inputOf({ interval: CLEAR }, "en"), released: values }).cannot.join("\n");
    expect(cannot(of("2014", -0.1), of("2015", 0.1), of("2014-2016", 0.1))).toMatch(
      /of one cohort includes zero \(2014\)/,
    );
    const together = cannot(of("2014", -0.1), of("2015", -0.1), of("2014-2016", -0.1));
    expect(together).toMatch(/of 2 cohorts include zero \(2014 and 2015\)/);
    expect(together).toMatch(/of all cohorts together includes zero \(2014–2016\)/);
    expect(cannot(of("2014", 0.1), of("2014-2016", 0.1))).not.toMatch(/zero/);
  });

  it("say of subgroups what holds of those that are published, and nothing where none was estimated", () => {
    const test = (level: string, value: number | null, more: Partial<Released> = {}): Released => ({
      ...releasedValue({ metric: "effect_p_value_holm", arm: "both", definition: "days90", period: "2014-2016" }),
      ...{ dimension: "gender", level, value },
      ...more,
    });
    const shownRate = (level: string): Released =>
      releasedValue({
        ...{ metric: "placement_rate", arm: "participants", definition: "days90" },
        dimension: "gender",
        level,
      });
    const told = (...tests: readonly Released[]) => {
      const own = inputOf({ interval: CLEAR }, "en");
      const input = { ...own, released: [...own.released, shownRate("woman"), shownRate("man"), ...tests] };
      const [figure] = subgroupsSection(input);
      if (figure?.kind !== "figure") throw new Error("no figure");
      const can = statementsOf(input).can.filter((sentence) => sentence.includes("ubgroup"));
      return { title: figure.title, notes: figure.margin?.length, can };
    };
    const hidden = { conf_status: "A" } as const;
    expect(told(test("woman", 0.01), test("man", 0.4))).toEqual({
      ...{ title: "One subgroup passes the corrected test: gender women", notes: 1 },
      can: ["One subgroup passes the corrected test: gender women."],
    });
    expect(told(test("woman", 0.01), test("man", null, hidden)).can).toEqual([
      "Of the published subgroups, one passes the corrected test: gender women.",
    ]);
    expect(told(test("woman", 0.3), test("man", null, hidden))).toEqual({
      ...{ title: "No published subgroup passes the corrected test", notes: 1 },
      can: ["No published subgroup’s difference passes the corrected test; the groups may or may not differ."],
    });
    expect(told(test("woman", null, { obs_status: "M" }))).toEqual({
      title: "Differences by subgroup",
      notes: 0,
      can: [],
    });
  });

  it("keep the interval's side of 0 however its limits are rounded", () => {
    const size = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: -11, max: 0 }).map((power) => 10 ** power / 3),
      fc.constant(0),
    );
    const limit = fc.tuple(size, fc.boolean()).map(([of, minus]) => (minus ? -of : of));
    fc.assert(
      fc.property(
        limit,
        limit,
        fc.constantFrom(...LANGUAGES),
        fc.constantFrom(...DEFINITIONS),
        (a, b, language, of) => {
          const [lower, upper] = [Math.min(a, b), Math.max(a, b)];
          const { headline, lead } = conclusion({ lower, upper }, loadMessages(language), of);
          expect(asTold(headline, language)).toEqual(limitsAsTold(lower, upper));
          expect(lead).toMatch(
            upper < -1e-12 || lower > 1e-12 ? /^(?!It is not|Il n’est pas|Het is niet)/ : /^(It|Il|Het)/,
          );
          expect(`${headline} ${lead}`).not.toMatch(
            /[-\u2212]\d|had no effect|aucun effet|aucune différence|geen verschil/i,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** What an investor is told can be said, and cannot. */
function statementsOf(input: ReportInput) {
  const block = saidSection(input).find(({ kind }) => kind === "statements");
  if (block?.kind !== "statements") throw new Error("no statements");
  return { can: block.can.items, cannot: block.cannot.items };
}

/** Which side of 0 the sentence puts the result on, and whether each limit that it names is 0. */
function asTold(headline: string, language: (typeof LANGUAGES)[number]) {
  const [first = "", second = ""] = headline.match(LIMITS[language])?.slice(1) ?? [];
  const zero = (text: string): boolean => !/[1-9]/.test(text);
  return { side: sideOf(headline), zeros: [zero(first), zero(second)] };
}

/** The two numbers of a sentence, in the order in which each language has them. */
const LIMITS = {
  en: /between ([\d.]+)(?: percentage points? lower)? and ([\d.]+) /i,
  fr: /(?:de|entre) ([\d,]+) (?:points? de pourcentage de moins et|à) ([\d,]+) /,
  nl: /([\d,]+) (?:procentpunt(?:en)? lager en|tot) ([\d,]+) /,
} as const;

function sideOf(headline: string): string {
  if (/lies between|se situe entre|ligt tussen/.test(headline)) return "both";
  return /fewer|moins élevée|lager dan/.test(headline) ? "below" : "above";
}

/** The same, from the interval itself; a side within 1e-12 of 0 is 0. */
function limitsAsTold(lower: number, upper: number) {
  const zero = (limit: number): boolean => Math.abs(limit) <= 1e-12;
  if (lower > 1e-12 || upper < -1e-12) return { side: lower > 0 ? "above" : "below", zeros: [false, false] };
  return { side: "both", zeros: [zero(Math.min(0, lower)), zero(Math.max(0, upper))] };
}
