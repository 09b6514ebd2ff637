import type { Block, Document, Drawings, Furniture } from "../../src/document/document.ts";
import { checkTable, cohortTable, groupTable, longTable } from "./sample-document-tables.ts";

/** A small document with every kind of block; all figures in it are invented. */
export function sampleDocument(changes: Partial<Document> = {}): Document {
  return { ...FRAME, blocks: sampleBlocks(), ...changes };
}

/** A plain bar for each figure of a document, so that renderers can be tested without drawing charts. */
export function sampleDrawings(document: Document): Drawings {
  const figures = document.blocks.filter((block) => block.kind === "figure");
  return new Map(figures.map(({ id, title }) => [id, { wide: forest(title, 760), narrow: forest(title, 328) }]));
}

export const sampleFurniture: Furniture = {
  contents: "Contents",
  cover: "Cover",
  notes: "Notes",
  note: "Note",
  source: "Source",
  page: "Page {page} of {pages}",
  skipToContent: "Skip to the report",
  showTable: "Show the figures as a table",
  showChart: "Show the chart",
  sheet: "Worksheet",
  tableTitle: "Title",
  oneTable: "This worksheet contains one table.",
  marker: "Marker",
  meaning: "Meaning",
  markers: {
    "[c]": "Confidential; not published because too few people are concerned",
    "[d]": "Not published, so that a smaller group cannot be worked out",
    "[x]": "Not available; statistics has no answer",
    "[z]": "Not applicable",
  },
  annex: "Tables behind the figures",
};

const FRAME: Omit<Document, "blocks"> = {
  language: "en",
  locale: "en-GB",
  title: "Outcome statement, Brussels-Capital, 2014–2016",
  organisation: "Impact evaluation",
  series: "Impact evaluation",
  kind: "Investor statement, edition 2016.1",
  eyebrow: "Outcome statement · cohorts 2014, 2015 and 2016 pooled",
  headline:
    "Between 3.6 and 14.8 percentage points more participants were in work within 12 months than similar jobseekers.",
  lead: "This is a statistically significant result.",
  facts: [
    { label: "Region", text: "Brussels-Capital" },
    { label: "Period", text: "2014–2016" },
    { label: "Data cut-off", text: "31 December 2018" },
    { label: "Language", text: "en" },
    { label: "Protocol", text: "7c1e40b91a2f" },
    { label: "Run", text: "d2a90c51e77b" },
  ],
  notice: { lead: "Synthetic data:", text: "people and results are invented. Draw no conclusion about the programme." },
  keywords: ["impact evaluation", "placement rate"],
  date: "2018-12-31",
  margin: [
    {
      lead: "Why the range comes first.",
      text: "The sentence is chosen by rule from the interval and is the same in every language. The single figure of 9.2 is the best estimate, not a promise.",
    },
    { lead: "In work", text: "means at least 90 days worked, each day counted once." },
  ],
  furniture: sampleFurniture,
};

const SOURCE = "Source: synthetic sample data. Values are rounded, so totals may not add up.";

function sampleBlocks(): readonly Block[] {
  return [
    {
      kind: "keyFigures",
      figures: [
        {
          label: "Participants",
          text: "41.7%",
          detail: "134 of 321",
          mark: "participants",
          trend: { values: [38.7, null, 40.2, 41.7], alt: "from 38.7% in 2013 to 41.7% in 2016" },
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
      alt: "Interval chart: the intervals of 2015 and of the pooled cohorts lie above zero, those of 2014 and 2016 include zero.",
      graphic: { wide: {}, narrow: {} },
      table: cohortTable(),
      source: SOURCE,
      margin: [
        {
          lead: "How to read.",
          text: "The bar is the 95% interval, the upright tick the estimate. A solid bar clears zero, an outlined one does not.",
        },
        { lead: "", text: "The pooled figure weights each cohort by its participants." },
      ],
    },
    { kind: "heading", level: 2, id: "match", text: "Match quality: passed on all three checks" },
    {
      kind: "table",
      table: checkTable(),
      subtitle: "A failed check would read “We draw no conclusion”, and a contract would not pay.",
      source: SOURCE,
      margin: [{ lead: "Before outcomes.", text: "Checks are computed from covariates alone." }],
    },
    { kind: "heading", level: 2, id: "allow", text: "What these figures allow" },
    {
      kind: "statements",
      can: {
        title: "What can be said",
        items: [
          "Over the three cohorts, between 3.6 and 14.8 percentage points more participants were in work than similar jobseekers.",
          "In 2015 alone, between 3.4 and 22.8 points more.",
          "Low or no qualification passes the test corrected for seven comparisons.",
        ],
      },
      cannot: {
        title: "What cannot be said",
        items: [
          "Anything from 2014 or 2016 alone: the data do not show whether there is a difference.",
          "That the programme works better for one group than for another.",
          "What would have happened without any service at all.",
        ],
      },
    },
    { kind: "heading", level: 2, id: "who", text: "Of 356 duos, 321 participants could be compared" },
    flow(),
    {
      kind: "text",
      text: "The eight unmatched participants change the question: the result is for the 321, not for all.",
    },
    { kind: "heading", level: 2, id: "groups", text: "Subgroups" },
    {
      kind: "figure",
      id: "subgroups",
      title: "One subgroup passes the corrected test: low or no qualification",
      subtitle: "Difference in placement rate, percentage points, with 95% interval",
      alt: "Forest plot: only the interval for low or no qualification passes the corrected test; two origin groups are not published.",
      graphic: { wide: {}, narrow: {} },
      table: groupTable(),
      source: SOURCE,
    },
    { kind: "heading", level: 3, id: "balance", text: "All covariates, before and after matching" },
    { kind: "table", table: longTable(), source: SOURCE },
    {
      kind: "quote",
      text: "My mentor rang every Monday; that call got me out of bed.",
      attribution: "Mentee, Brussels (made up for the sample)",
    },
    {
      kind: "facts",
      id: "method",
      title: "Method facts",
      facts: [
        { label: "Question", text: "Average effect on the participants who could be compared (ATT)" },
        { label: "Outcome", text: "At least 90 days worked in the 12 months from the index date, spells merged" },
        { label: "Standard error", text: "Clustered by person (CR1): 412 controls recur" },
      ],
    },
    { kind: "text", text: "Made from synthetic sample data.", style: "small" },
  ];
}

function flow(): Block {
  return {
    kind: "flow",
    id: "attrition-flow",
    arms: [
      {
        title: "Participants",
        steps: [
          { count: "356", text: "duos started", exits: [{ count: "14", text: "not found in the register" }] },
          {
            count: "342",
            text: "linked to the register",
            exits: [
              { count: "7", text: "in work on the index date" },
              { count: "6", text: "not registered on the index date" },
            ],
          },
          { count: "329", text: "at risk on the index date", exits: [{ count: "8", text: "no similar jobseeker" }] },
          { count: "321", text: "analysed", exits: [] },
        ],
      },
      {
        title: "Jobseekers",
        steps: [
          {
            count: "61,204",
            text: "registered, 2014–2016",
            exits: [{ count: "12,894", text: "not eligible by the same rules" }],
          },
          {
            count: "48,310",
            text: "eligible and at risk",
            exits: [{ count: "44,313", text: "similar to no participant" }],
          },
          { count: "3,997", text: "controls", exits: [] },
        ],
      },
    ],
    table: {
      id: "attrition",
      title: "From rows received to persons analysed",
      columns: [
        { id: "step", header: "Step", kind: "name" },
        { id: "rows", header: "Rows", kind: "number", format: "#,##0" },
      ],
      rows: [
        { cells: [{ text: "duos started" }, { text: "356", value: 356 }] },
        { cells: [{ text: "analysed" }, { text: "321", value: 321 }] },
      ],
    },
    source: SOURCE,
  };
}

function forest(title: string, width: number): string {
  const label = title
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[^\P{C}]/gu, "");
  const bars = [0.2, 0.45, 0.3, 0.4].map((at, row) => {
    const y = 30 + row * 34;
    return `<text x="0" y="${y + 12}" font-family="Inter" font-size="13" fill="#15202B">${2014 + row}</text><rect x="${width * at}" y="${y + 4}" width="${width * 0.3}" height="8" fill="#12436D"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="170" viewBox="0 0 ${width} 170"><text x="0" y="14" font-family="Inter" font-size="13" fill="#5B6772">${label}</text>${bars.join("")}</svg>`;
}
