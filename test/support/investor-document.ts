import { dotInterval } from "../../src/chart/dot-interval.ts";
import { forest } from "../../src/chart/forest.ts";
import { love } from "../../src/chart/love.ts";
import type { Block, Document } from "../../src/document/document.ts";
import { balance, cohorts, subgroups } from "./chart-examples.ts";
import { balanceTable, checksTable, cohortTable, flowTable, subgroupTable } from "./investor-tables.ts";
import { sampleFurniture } from "./sample-document.ts";

/* A document with every kind of block; people and results are invented. */

/** Tables follow their figures, and no marker is explained. */
const { annex: _, ...FURNITURE } = { ...sampleFurniture, markers: {} };

const source = "Source: synthetic sample data.";

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
  { kind: "heading", level: 2, id: "match", text: checksTable.title },
  {
    kind: "table",
    table: checksTable,
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
