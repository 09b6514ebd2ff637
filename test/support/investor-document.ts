import { dotInterval } from "../../src/chart/dot-interval.ts";
import { forest } from "../../src/chart/forest.ts";
import { love } from "../../src/chart/love.ts";
import type { Block, Document, Table, TableRow } from "../../src/document/document.ts";
import { balance, cohorts, subgroups } from "./chart-examples.ts";
import { sampleFurniture } from "./sample-document.ts";

/* A document with every kind of block; people and results are invented. */

/** Tables follow their figures, and no marker is explained. */
const { annex: _, ...FURNITURE } = { ...sampleFurniture, markers: {} };

const source = "Source: synthetic sample data.";

const table = (id: string, title: string, headers: readonly string[], rows: readonly TableRow[]): Table => ({
  id,
  title,
  columns: headers.map((header, i) => ({
    id: `c${i}`,
    header,
    kind: i === 0 ? ("name" as const) : ("number" as const),
  })),
  rows,
});

const row = (...texts: readonly string[]): TableRow => ({ cells: texts.map((text) => ({ text })) });

const cohortTable = table(
  "cohorts",
  "Placement by cohort",
  ["Cohort", "Participants, %", "Similar jobseekers, %", "Difference, points", "95% interval"],
  [
    row("2014", "42.9", "33.7", "9.2", "[−0.6, 19.0]"),
    row("2015", "43.6", "30.5", "13.1", "[3.4, 22.8]"),
    row("2016", "38.7", "33.4", "5.3", "[−4.3, 14.9]"),
    { ...row("Pooled", "41.7", "32.5", "9.2", "[3.6, 14.8]"), sum: true },
  ],
);

const subgroupTable = table(
  "subgroups",
  "Difference by subgroup",
  ["Subgroup", "n", "Difference, points", "95% interval"],
  [
    { ...row("Low or none", "148", "14.4", "[5.8, 23.0]"), group: "Qualification" },
    row("Medium", "121", "5.9", "[−3.4, 15.2]"),
    row("High", "52", "2.4", "[−11.3, 16.1]"),
    { ...row("Maghreb", "121", "8.4", "[−0.8, 17.6]"), group: "Origin" },
    { ...row("Near and Middle East"), words: "Not published, so that a smaller group cannot be worked out." },
    { ...row("Other Asia"), words: "Too few people for a result to be published." },
    { ...row("All", "321", "9.2", "[3.6, 14.8]"), sum: true },
  ],
);

const balanceTable = table(
  "balance",
  "Standardised differences before and after matching",
  ["Covariate", "Before", "After"],
  balance.rows.map(({ name, before, after, words = "" }) =>
    before === undefined ? { ...row(name), words } : row(name, before.text, after?.text ?? ""),
  ),
);

const checks: Table = {
  id: "checks",
  title: "Match quality: passed on all five checks",
  columns: [
    { id: "check", header: "Check", kind: "name" },
    { id: "figure", header: "Figure", kind: "number" },
    { id: "threshold", header: "Threshold", kind: "number" },
    { id: "verdict", header: "Verdict", kind: "number" },
    { id: "raw", header: "Figure as a number", kind: "number", where: "sheet" },
  ],
  rows: [
    row("Participants matched", "97.6%", "95% or more", "passed", "0.976"),
    row("Largest standardised difference", "0.04", "0.10 or less", "passed", "0.04"),
    row("Effective sample, controls (persons)", "2,904", "500 or more", "passed", "2904"),
    row("Placements in the smaller arm", "134", "5 or more", "passed", "134"),
    row("Placebo outcome, points [90% interval]", "0.8 [−1.9, 3.5]", "within ±5", "passed", "0.008"),
  ],
};

const flowTable = table(
  "attrition",
  "Of 356 duos, 321 could be compared",
  ["Step", "Participants"],
  [
    row("Duos started", "356"),
    row("Linked to the register", "342"),
    row("At risk on the index date", "329"),
    row("Analysed", "321"),
  ],
);

const blocks: readonly Block[] = [
  {
    kind: "keyFigures",
    figures: [
      {
        label: "Participants",
        text: "41.7%",
        detail: "134 of 321",
        mark: "participants",
        trend: { values: [42.9, 43.6, null, 38.7, 41.7], alt: "from 42.9% in 2012 to 41.7% in 2016" },
      },
      { label: "Similar jobseekers", text: "32.5%", detail: "3,997 controls, weighted", mark: "controls" },
      { label: "Difference, points", text: "9.2", detail: "3.6 to 14.8" },
      { label: "Relative uplift", text: "28.4%", detail: "12.0 to 47.3" },
    ],
  },
  {
    kind: "figure",
    id: "cohorts",
    title: "The interval clears zero in 2015 and when the cohorts are pooled",
    subtitle:
      "At least 90 days worked within 12 months of the index date, register of the Brussels employment service; difference with 95% interval",
    alt: "Dot and interval chart: in each cohort participants’ placement rate lies above that of similar jobseekers; the intervals of 2015 and of the pooled cohorts lie above zero.",
    graphic: dotInterval(cohorts),
    table: cohortTable,
    source: `${source} Smallest difference each result could detect (80% power): 14.0, 13.9, 13.7 points; pooled 8.0 points. Values are rounded, so totals may not add up.`,
    margin: [
      {
        lead: "How to read.",
        text: "The bar is the 95% interval, the upright tick the estimate. A solid bar clears zero, an outlined one does not.",
      },
      { lead: "", text: "The pooled figure weights each cohort by its participants." },
    ],
  },
  { kind: "heading", level: 2, id: "match", text: checks.title },
  {
    kind: "table",
    table: checks,
    subtitle: "A failed check would read “We draw no conclusion”, and the contract would not pay.",
    source:
      "No similar jobseeker was found for 2.4% of participants. The result applies only to the 321 who could be compared, not to all participants.",
    margin: [
      {
        lead: "",
        text: "Every covariate is checked, those not matched exactly too, level by level. Full table: annexe.",
      },
    ],
  },
  { kind: "heading", level: 2, id: "allow", text: "What these figures allow" },
  {
    kind: "statements",
    can: {
      title: "What can be said",
      items: [
        "Over the three cohorts, between 3.6 and 14.8 percentage points more participants were in work within 12 months than similar jobseekers.",
        "In 2015 alone: between 3.4 and 22.8 points more.",
        "Both groups look alike on every covariate that was checked.",
      ],
    },
    cannot: {
      title: "What cannot be said",
      items: [
        "Anything from 2014 or 2016 alone: the data do not show whether there is a difference. This does not prove there is no effect.",
        "That one cohort did better than another (Q = 1.25, p = 0.53).",
        "What would have happened without any service: similar jobseekers had services as usual.",
      ],
    },
  },
  { kind: "heading", level: 2, id: "comparison", text: "How the comparison was made" },
  {
    kind: "text",
    text: "Each participant is compared with jobseekers of the same register who looked the same that month.",
  },
  {
    kind: "figure",
    id: "balance",
    title: "Matching removed the gap in time out of work",
    subtitle: "Absolute standardised mean difference, participants against similar jobseekers",
    alt: "Love plot: after matching every standardised difference is 0.04 or less; before, the largest was 0.42.",
    graphic: love(balance),
    table: balanceTable,
    source: `${source} Eight of 61 rows, the largest first; all rows are in the workbook.`,
    margin: [{ lead: "", text: "Covariates matched exactly end at zero by construction. The test is in the others." }],
  },
  {
    kind: "figure",
    id: "subgroups",
    title: "One subgroup passes the corrected test: low or no qualification",
    subtitle:
      "Difference in placement rate, percentage points, with 95% interval, participants against similar jobseekers",
    alt: "Forest plot: only the interval for low or no qualification passes the corrected test; two origin groups are not published.",
    graphic: forest(subgroups),
    table: subgroupTable,
    source: `${source} n: participants. Rows without a result keep their place and say why.`,
    margin: [
      {
        lead: "Read with care.",
        text: "The levels do not differ significantly from one another, so this does not show that the programme works better for one group.",
      },
    ],
  },
  { kind: "heading", level: 2, id: "attrition", text: "Of 356 duos, 321 could be compared" },
  {
    kind: "flow",
    id: "attrition-flow",
    arms: [
      {
        title: "Participants",
        steps: [
          { count: "356", text: "duos started", exits: [{ count: "−14", text: "not found in the register" }] },
          {
            count: "342",
            text: "linked to the register",
            exits: [
              { count: "−7", text: "in work on the index date" },
              { count: "−6", text: "not registered on the index date" },
            ],
          },
          {
            count: "329",
            text: "at risk on the index date",
            exits: [{ count: "−8", text: "no similar jobseeker" }],
          },
          { count: "321", text: "analysed", exits: [] },
        ],
      },
      {
        title: "Jobseekers",
        steps: [
          {
            count: "61,204",
            text: "registered, 2014–2016",
            exits: [
              { count: "−9,771", text: "not eligible by the same rules" },
              { count: "−3,123", text: "in work on the drawn day" },
            ],
          },
          {
            count: "48,310",
            text: "eligible and at risk",
            exits: [{ count: "−44,313", text: "no participant in the stratum" }],
          },
          { count: "3,997", text: "controls", exits: [] },
        ],
      },
    ],
    table: flowTable,
    source: `${source} Every window is mature: none was cut short by the extraction date.`,
  },
  {
    kind: "facts",
    id: "method",
    title: "Method facts",
    facts: [
      { label: "Question", text: "Average effect on the participants who could be compared (ATT)" },
      {
        label: "Time zero",
        text: "Participants: the day the duo starts. Controls: a day of the same calendar month, drawn from that month’s start days",
      },
      { label: "Outcome", text: "At least 90 days worked in the 12 months from the index date, spells merged" },
      { label: "Weights", text: "Participant 1; control, participants over controls in the stratum" },
    ],
  },
  {
    kind: "quote",
    text: "“My mentor knew whom to call, and I dared to call them myself.”",
    attribution: "Participant, 2015 cohort (invented)",
  },
  {
    kind: "text",
    style: "small",
    text: "The protocol was written before the outcomes were read. Its hash is in every output.",
  },
];

export const investorDocument: Document = {
  language: "en",
  locale: "en-GB",
  title: "Investor statement, Brussels-Capital, 2014–2016 (synthetic data)",
  organisation: "Mentoring network",
  series: "Impact evaluation",
  kind: "Investor statement, edition 2018.1",
  eyebrow: "Outcome statement · cohorts 2014, 2015 and 2016 pooled",
  headline:
    "Between 3.6 and 14.8 percentage points more participants were in work within 12 months than similar jobseekers.",
  lead: "This is a statistically significant result.",
  facts: [
    { label: "Region", text: "Brussels-Capital" },
    { label: "Period", text: "2014–2016" },
    { label: "Data cut-off", text: "31 December 2018" },
    { label: "Language", text: "en" },
    { label: "Protocol", text: "7c1e 40b9" },
    { label: "Run", text: "3f09a1c2d4e5" },
  ],
  notice: {
    lead: "Synthetic data:",
    text: "people and results are invented. Draw no conclusion about the programme.",
  },
  keywords: ["impact evaluation", "mentoring"],
  date: "2018-12-31",
  blocks,
  margin: [
    {
      lead: "Why the range comes first.",
      text: "The sentence is chosen by rule from the interval and is the same in every language. The single figure of 9.2 is the best estimate, not a promise.",
    },
    { lead: "In work", text: "means at least 90 days worked, each day counted once." },
  ],
  furniture: FURNITURE,
};
