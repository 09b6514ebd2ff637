import type { Table, TableRow } from "../../src/document/document.ts";
import { balance } from "./chart-examples.ts";

/* Tables of the investor statement as a document holds them; people and results are invented. */

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

export const cohortTable = table(
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

export const subgroupTable = table(
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

export const balanceTable = table(
  "balance",
  "Standardised differences before and after matching",
  ["Covariate", "Before", "After"],
  balance.rows.map(({ name, before, after, words = "" }) =>
    before === undefined ? { ...row(name), words } : row(name, before.text, after?.text ?? ""),
  ),
);

export const checksTable: Table = {
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

export const flowTable = table(
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
