import { describe, expect, it } from "vitest";
import { annualReport } from "../../reports/annual.ts";
import { regionReport } from "../../reports/region.ts";
import { releasedFor } from "../../reports/registry.ts";
import { NETWORK } from "../../reports/year/place.ts";
import type { Released } from "../../src/disclose/finding.ts";
import type { Document, Table } from "../../src/document/document.ts";
import { bothPlaces, releasedValue, yearInput } from "../support/year-values.ts";

const started = { metric: "duos_started", arm: "duos", unit: "rows" } as const;
const solution = { metric: "declared_solution", arm: "duos" } as const;

/** The year before the one told, so that the sentence beneath has something to say. */
const before = [
  ...bothPlaces({ ...started, period: "2023", value: 380, n: 380 }),
  ...bothPlaces({ ...solution, period: "2023", value: 0.697, lower: 0.64, upper: 0.74, n: 300 }),
];

const tables = ({ blocks }: Document): readonly Table[] =>
  blocks.flatMap((block) => ("table" in block ? [block.table] : []));
const tableOf = (document: Document, id: string): Table => {
  const table = tables(document).find((one) => one.id === id);
  if (table === undefined) throw new Error(`no table ${id}`);
  return table;
};

describe("the year in one sentence", () => {
  const cases: ReadonlyArray<readonly [string, readonly Released[], Readonly<Record<"en" | "fr" | "nl", string>>]> = [
    [
      "both told",
      [...bothPlaces({ ...started, value: 412, n: 412 }), ...bothPlaces({ ...solution, value: 0.732, n: 347 })],
      {
        en: "In 2024, 412 duos started; 73.2% of mentees declare a job, training or traineeship after theirs",
        fr: "En 2024, 412 duos ont débuté\u202f; 73,2\u00a0% des mentees déclarent un emploi, une formation ou un stage après leur duo",
        nl: "In 2024 startten 412 duo’s; 73,2% van de mentees meldt na het duo een job, een opleiding of een stage",
      },
    ],
    [
      "the share hidden",
      [...bothPlaces({ ...started, value: 1, n: 1 }), ...bothPlaces({ ...solution, hidden: "A" })],
      { en: "In 2024, 1 duo started", fr: "En 2024, 1 duo a débuté", nl: "In 2024 startte 1 duo" },
    ],
    [
      "the count hidden",
      [...bothPlaces({ ...started, hidden: "D" }), ...bothPlaces({ ...solution, value: 0.732, n: 347 })],
      {
        en: "Brussels-Capital, 2024: too few people for the main figures to be published",
        fr: "Bruxelles-Capitale, 2024\u00a0: effectifs trop faibles pour publier les principaux chiffres",
        nl: "Brussels Hoofdstedelijk Gewest, 2024: aantallen te klein om de belangrijkste cijfers te publiceren",
      },
    ],
  ];
  it.each(cases)("%s", (_, values, sentences) => {
    for (const language of ["en", "fr", "nl"] as const) {
      const { headline, lead } = regionReport(yearInput([...values, ...before], language));
      expect(headline).toBe(sentences[language]);
      expect(lead).toMatch(/^(In|En) 2023/);
    }
  });
});

describe("a figure that is not published", () => {
  const hidden = regionReport(
    yearInput(
      [
        ...bothPlaces({ ...started, hidden: "A" }),
        ...bothPlaces({ metric: "duos_completed", arm: "duos", value: 0.9, lower: 0.8, upper: 0.95, n: 90 }),
        ...bothPlaces({ metric: "duos_ended", arm: "duos", hidden: "D", unit: "rows" }),
      ],
      "en",
    ),
  );

  it("stands in its cell as words on the page and as a marker in the workbook", () => {
    const { columns, rows } = tableOf(hidden, "duos");
    const year = rows.find(({ cells }) => cells[0]?.text === "2024");
    const cell = (id: string) => year?.cells[columns.findIndex((column) => column.id === id)];
    expect(cell("started")).toEqual({ text: "too few", marker: "[c]" });
    expect(cell("ended")).toEqual({ text: "withheld", marker: "[d]" });
    expect(cell("completed")).toEqual({ text: "90.0%", detail: "[80.0, 95.0]", value: 0.9 });
    expect(cell("completed_lower")?.value).toBe(0.8);
  });

  it("says beneath the table what the words mean, and only there", () => {
    const notes = hidden.blocks.flatMap((block) =>
      block.kind === "table" ? [[block.table.id, block.cellNotes ?? ""] as const] : [],
    );
    expect(notes.filter(([, note]) => note.includes("“Too few”")).map(([id]) => id)).toEqual([
      "duos",
      "branches",
      "branch_counts",
    ]);
  });

  it("gives a row of nothing but hidden figures its word once", () => {
    const values = [2022, 2023, 2024].flatMap((year) =>
      bothPlaces({
        metric: "duos_ended",
        arm: "duos",
        dimension: "end_reason",
        level: "moved",
        period: String(year),
        hidden: "A",
      }),
    );
    const { rows } = tableOf(regionReport(yearInput(values, "fr")), "end_reasons");
    expect(rows.find(({ cells }) => cells[0]?.text === "Déménagement")?.words).toBe("trop peu");
  });
});

describe("a report of one region", () => {
  const values = ["brussels", "flanders", "wallonia", NETWORK].flatMap((region, i) => [
    releasedValue({ ...started, region, value: 70_001 + i, n: 70_001 + i }),
    releasedValue({ ...started, region, dimension: "branch", level: `B${i}`, value: 80_001 + i, n: 80_001 + i }),
    releasedValue({ ...started, region, dimension: "branch", level: `C${i}`, value: 90_001 + i, n: 90_001 + i }),
  ]);

  it("is made of its own values and the network's, and of no other region's", () => {
    const text = JSON.stringify(regionReport(yearInput(releasedFor("brussels", values), "en")));
    expect(text).toContain("70,001");
    expect(text).toContain("70,004");
    expect(text).toContain("80,001");
    expect(text).toContain("B0");
    for (const other of ["70,002", "70,003", "80,002", "80,003", "80,004", "Wallonia"])
      expect(text).not.toContain(other);
  });

  it("says that no impact was estimated where none was", () => {
    const text = JSON.stringify(regionReport(yearInput(releasedFor("brussels", values), "en")));
    expect(text).toContain("No impact was estimated for this region");
  });

  it("while the network's shows every region and branch", () => {
    const text = JSON.stringify(annualReport(yearInput(releasedFor(NETWORK, values), "en", NETWORK)));
    for (const other of ["70,001", "70,002", "70,003", "70,004", "80,002"]) expect(text).toContain(other);
  });
});

it("a figure on a day has none for several years together", () => {
  const document = regionReport(yearInput(before, "nl"));
  const { columns, rows } = tableOf(document, "duos");
  const pooled = rows.find(({ sum }) => sum === true);
  expect(pooled?.cells[columns.findIndex(({ id }) => id === "running")]).toEqual({
    text: "Alleen per jaar",
    marker: "[z]",
  });
});

describe("declared outcomes by year", () => {
  const share = (period: string, value: number) =>
    bothPlaces({ ...solution, period, value, lower: value - 0.05, upper: value + 0.04, n: 300 });
  const figureOf = (released: readonly Released[], language: "en" | "fr" | "nl") =>
    regionReport(yearInput(released, language)).blocks.find((one) => one.kind === "figure" && one.id === "outcomes");

  it("are a trend whose title gives the first year and the last, and calls it no change", () => {
    const three = [...share("2022", 0.613), ...share("2023", 0.7), ...share("2024", 0.75)];
    const titles = (["en", "fr", "nl"] as const).map((language) => figureOf(three, language));
    expect(titles.map((one) => (one?.kind === "figure" ? one.title : ""))).toEqual([
      "Job, training or traineeship: 75.0% in 2024, 61.3% in 2022",
      "Emploi, formation ou stage\u00a0: 75,0\u00a0% en 2024, 61,3\u00a0% en 2022",
      "Job, opleiding of stage: 75,0% in 2024, 61,3% in 2022",
    ]);
  });

  it("are titled by what they are about where a year is hidden", () => {
    const hidden = bothPlaces({ ...solution, period: "2022", hidden: "A" });
    const two = [...hidden, ...share("2023", 0.7), ...share("2024", 0.75)];
    expect(figureOf(two, "en")).toMatchObject({ title: "Declared outcomes by year" });
  });

  it("are a table where only one year is told, which is no line", () => {
    const one = [...bothPlaces({ ...solution, period: "2022", hidden: "A" }), ...share("2024", 0.75)];
    expect(figureOf(one, "en")).toBeUndefined();
    expect(tables(regionReport(yearInput(one, "en"))).map(({ id }) => id)).toContain("outcomes");
  });
});

describe("places year by year", () => {
  const ofBranch = { ...started, dimension: "branch", level: "B1" } as const;
  const values = [
    ...bothPlaces({ ...started, value: 40, n: 40 }),
    ...bothPlaces({ ...started, period: "2022", value: 31, n: 31 }),
    releasedValue({ ...ofBranch, value: 12, n: 12 }),
    releasedValue({ ...ofBranch, level: "B2", value: 28, n: 28 }),
    releasedValue({ ...ofBranch, period: "2023", hidden: "A" }),
    releasedValue({
      ...solution,
      dimension: "branch",
      level: "B1",
      period: "2023",
      value: 0.6,
      lower: 0.5,
      upper: 0.7,
      n: 80,
    }),
  ];
  const NA = "Not available";
  const rowsOf = (region: string, id: string) =>
    tableOf((region === NETWORK ? annualReport : regionReport)(yearInput(values, "en", region)), id).rows.map(
      ({ cells, group }) => [group ?? "", ...cells.map(({ text, detail }) => [text, detail].filter(Boolean).join(" "))],
    );

  it("are a region's branches with all of it beneath, each figure with the years before", () => {
    const rows = rowsOf("brussels", "branch_counts");
    const from = rows.findIndex(([group]) => group === "Duos started");
    expect(rows.slice(from, from + 3)).toEqual([
      ["Duos started", "First branch", "no value", "too few", "12"],
      ["", "B2", "no value", "no value", "28"],
      ["", "Brussels-Capital", "31", "no value", "40"],
    ]);
    expect(rowsOf("brussels", "branch_shares").find(([group]) => group?.startsWith("Job, training"))).toEqual([
      "Job, training or traineeship (%)",
      ...["First branch", "no value", NA, NA, "60.0% [50.0, 70.0]", "50.0%", "70.0%", "no value", NA, NA],
    ]);
  });

  it("are told once, and whose they are, where a region has one branch", () => {
    const one = values.filter(({ level }) => level !== "B2");
    const report = regionReport(yearInput(one, "en"));
    const tables = report.blocks.flatMap((block) => (block.kind === "table" ? [block.table.id] : []));
    expect(tables.filter((id) => id.startsWith("branch"))).toEqual([]);
    expect(JSON.stringify(report.blocks)).toContain("First branch is the region’s only branch");
    const { rows } = tableOf(report, "one_counts");
    expect(rows.find(({ cells }) => cells[0]?.text === "Duos started")?.cells.map(({ text }) => text)).toEqual([
      "Duos started",
      ...["31", "no value", "40"],
    ]);
  });

  it("are the regions in the network's report", () => {
    const rows = rowsOf(NETWORK, "region_counts");
    const from = rows.findIndex(([group]) => group === "Duos started");
    expect(rows.slice(from, from + 2)).toEqual([
      ["Duos started", "Brussels-Capital", "31", "no value", "40"],
      ["", "All regions", "31", "no value", "40"],
    ]);
  });
});

it("tells mentees' steps year by year, a region's beside the network's", () => {
  const step = { metric: "step_conversion", arm: "mentees", dimension: "step", level: "2" } as const;
  const report = (region: string) =>
    regionReport(
      yearInput(
        [
          ...bothPlaces({ ...step, period: "2023", value: 0.41 }),
          ...bothPlaces({ ...step, value: 0.44 }),
          ...bothPlaces({ ...step, metric: "step_wait", unit: "days", value: 12 }),
        ],
        "en",
        region,
      ),
    );
  const shares = (document: Document) => {
    const { columns, rows } = tableOf(document, "funnel_years");
    return Object.fromEntries(columns.map(({ header }, i) => [header, rows[0]?.cells[i]?.text]));
  };
  expect(shares(report("brussels"))).toEqual({
    ...{ "Step reached": "Individual meeting", "2022 (%)": "no value", "2023 (%)": "41.0%", "2024 (%)": "44.0%" },
    ...{ "All regions, 2024 (%)": "44.0%", "2022 (days)": "no value", "2023 (days)": "no value", "2024 (days)": "12" },
    "All regions, 2024 (days)": "12",
  });
  expect(Object.keys(shares(report(NETWORK)))).not.toContain("All regions, 2024 (%)");
});
