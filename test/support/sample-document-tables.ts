import type { Table, TableCell } from "../../src/document/document.ts";

/* The tables of the small document; all figures in them are invented. */

export function cohortTable(): Table {
  const row = (name: string, counts: string, value: number, lower: number, upper: number) => [
    { text: name, detail: counts },
    { text: value.toFixed(1), value, detail: `[${minus(lower)}, ${minus(upper)}]` },
    { text: minus(lower), value: lower },
    { text: minus(upper), value: upper },
  ];
  return {
    id: "cohorts",
    title: "Placement rates and differences by cohort",
    columns: [
      { id: "cohort", header: "Cohort", kind: "name" },
      { id: "difference", header: "Difference (percentage points)", kind: "number", format: "0.0" },
      {
        id: "lower",
        header: "Difference, lower limit of the 95% interval",
        kind: "number",
        format: "0.0",
        where: "sheet",
      },
      {
        id: "upper",
        header: "Difference, upper limit of the 95% interval",
        kind: "number",
        format: "0.0",
        where: "sheet",
      },
    ],
    rows: [
      { cells: row("2014", "105 / 1,318", 9.2, -0.6, 19) },
      { cells: row("2015", "110 / 1,352", 13.1, 3.4, 22.8) },
      { cells: row("2016", "106 / 1,327", 5.3, -4.3, 14.9) },
      { cells: row("Pooled", "321 / 3,997", 9.2, 3.6, 14.8), sum: true },
    ],
  };
}

const minus = (value: number): string => value.toFixed(1).replace("-", "\u2212");

export function checkTable(): Table {
  const row = (name: string, text: string, value: number, threshold: string): { cells: readonly TableCell[] } => ({
    cells: [{ text: name }, { text, value }, { text: threshold }, { text: "passed" }],
  });
  return {
    id: "checks",
    title: "Checks of the match",
    columns: [
      { id: "check", header: "Check", kind: "name" },
      { id: "figure", header: "Figure", kind: "number" },
      { id: "threshold", header: "Threshold", kind: "text" },
      { id: "verdict", header: "Verdict", kind: "text" },
    ],
    rows: [
      row("Participants matched", "97.6%", 0.976, "95% or more"),
      row("Largest standardised difference", "0.04", 0.04, "0.10 or less"),
      row("Effective sample, controls (persons)", "2,904", 2904, "500 or more"),
    ],
  };
}

export function groupTable(): Table {
  const row = (name: string, n: number, text: string, value: number): { cells: readonly TableCell[] } => ({
    cells: [{ text: name }, { text: String(n), value: n }, { text, value }],
  });
  const hidden = (name: string, words: string, marker: string) => ({
    cells: [{ text: name }, { text: "", marker }, { text: "", marker }],
    words,
  });
  return {
    id: "subgroups",
    title: "Differences by subgroup",
    columns: [
      { id: "level", header: "Group", kind: "name" },
      { id: "n", header: "Participants", kind: "number", format: "#,##0" },
      { id: "difference", header: "Difference (percentage points)", kind: "number", format: "0.0" },
    ],
    rows: [
      { ...row("Low or none", 148, "14.4", 14.4), group: "Qualification" },
      row("Medium", 121, "5.9", 5.9),
      row("High", 52, "2.4", 2.4),
      { ...row("Maghreb", 121, "8.4", 8.4), group: "Origin" },
      hidden("Near and Middle East", "Not published, so that a smaller group cannot be worked out.", "[d]"),
      hidden("Other Asia", "Too few people for a result to be published.", "[c]"),
      { ...row("All", 321, "9.2", 9.2), sum: true },
    ],
  };
}

export function longTable(): Table {
  return {
    id: "balance",
    title: "Standardised differences before and after matching",
    columns: [
      { id: "covariate", header: "Characteristic", kind: "name" },
      { id: "level", header: "Level", kind: "text" },
      { id: "before", header: "Standardised difference before matching", kind: "number", format: "0.00" },
      { id: "after", header: "Standardised difference after matching", kind: "number", format: "0.00" },
    ],
    rows: Array.from({ length: 61 }, (_, index) => {
      const before = ((index * 37) % 43) / 100;
      const after = ((index * 13) % 5) / 100;
      return {
        cells: [
          { text: index % 2 === 0 ? "Unemployment duration" : "Months worked in the previous 24" },
          { text: `Level ${index + 1}` },
          { text: before.toFixed(2), value: before },
          { text: after.toFixed(2), value: after },
        ],
      };
    }),
  };
}
