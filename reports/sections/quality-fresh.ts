import type { Freshness, MonthCount, QualityChange } from "../../src/catalogue/data-quality.ts";
import type { Block, TableCell, TableRow } from "../../src/document/document.ts";
import { groupBy } from "../../src/group-by.ts";
import { count, longDate, percent } from "../../src/wording/numbers.ts";
import { listed } from "../listed.ts";
import {
  countCell,
  fieldName,
  monthName,
  NONE,
  numberCell,
  placeName,
  type QualityInput,
  regionName,
  tableName,
  textCell,
  words,
} from "./quality-parts.ts";

/** Years shown beside the latest record. */
const YEARS = 5;

/** Where records end, by region and branch, one table a staged table; then the months with far fewer than usual. */
export function freshnessSection(input: QualityInput): readonly Block[] {
  const text = words(input);
  const { freshness } = input.quality;
  if (freshness.length === 0) return [];
  const isShown = ({ branch }: Freshness): boolean => input.detail !== "paper" || branch === "";
  const tables = [...groupBy(freshness, ({ table }) => table)];
  return [
    { kind: "heading", level: 2, id: "freshness", text: text("fresh.title") },
    { kind: "text", style: "small", text: text("fresh.subtitle") },
    ...tables.map(([table, places]): Block => freshTable(table, places.filter(isShown), input)),
    ...gapsSection(input),
  ];
}

function freshTable(table: string, places: readonly Freshness[], input: QualityInput): Block {
  const text = words(input);
  const last = Math.max(...places.flatMap(({ years }) => years.map(({ year }) => year)));
  const years = Array.from({ length: YEARS }, (_, i) => last - YEARS + 1 + i);
  return {
    kind: "table",
    table: {
      id: `freshness_${table}`,
      title: input.messages.text("furniture.titled", {
        title: tableName(table, input),
        subject: input.messages.named("quality.fresh.day", table),
      }),
      columns: [
        { id: "place", header: text("fresh.place"), kind: "name" },
        { id: "latest", header: text("fresh.latest"), kind: "text" },
        { id: "behind", header: text("fresh.behind"), kind: "number", format: "0" },
        ...years.map((year) => ({ id: `y${year}`, header: String(year), kind: "number" as const, format: "#,##0" })),
      ],
      rows: places.map((place) => freshRow(place, years, input)),
    },
  };
}

function freshRow(place: Freshness, years: readonly number[], input: QualityInput): TableRow {
  const inRegion = place.branch === "" ? {} : { detail: regionName(place.region, input) };
  return {
    cells: [
      { ...textCell(placeName(place, input)), ...inRegion },
      textCell(longDate(place.latest, input.messages.locale)),
      numberCell(place.monthsBehind, 0, input),
      ...years.map((year) => countCell(place.years.find((one) => one.year === year)?.rows ?? 0, input)),
    ],
  };
}

function gapsSection(input: QualityInput): readonly Block[] {
  const text = words(input);
  const { months, thresholds } = input.quality;
  if (months.length === 0) return [];
  const gaps = [
    ...groupBy(
      months.filter(({ gap }) => gap),
      ({ table, region }) => `${table}\0${region}`,
    ).values(),
  ];
  const share = percent(thresholds.gap, input.messages.locale, 0);
  const heading: Block = { kind: "heading", level: 3, id: "gaps", text: text("gaps.title") };
  const all = input.detail === "sheet" ? [monthsTable(input)] : [];
  if (gaps.length === 0) return [heading, { kind: "text", text: text("gaps.none", { share }) }, ...all];
  return [
    heading,
    {
      kind: "table",
      subtitle: text("gaps.subtitle", { share }),
      table: {
        id: "gaps",
        title: text("gaps.title"),
        columns: [
          { id: "table", header: text("files.table"), kind: "name" },
          { id: "place", header: text("region"), kind: "text" },
          { id: "months", header: text("gaps.count"), kind: "number", format: "0" },
          { id: "which", header: text("gaps.which"), kind: "text" },
        ],
        rows: gaps.map((own) => gapRow(own, input)),
      },
    },
    ...all,
  ];
}

function gapRow(gaps: readonly MonthCount[], input: QualityInput): TableRow {
  const [first] = gaps;
  return {
    cells: [
      textCell(tableName(first?.table ?? "", input)),
      textCell(placeName({ region: first?.region ?? "", branch: "" }, input)),
      countCell(gaps.length, input),
      textCell(listed(stretches(gaps, input), input.messages)),
    ],
  };
}

/** `March 2025 to June 2025; September 2025`: months that follow each other as one stretch. */
function stretches(gaps: readonly MonthCount[], input: QualityInput): readonly string[] {
  const number = ({ month }: MonthCount): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  const runs = [...groupBy(gaps.entries(), ([i, gap]) => number(gap) - i).values()];
  return runs.map((run) => {
    const name = (at: number): string => monthName(run.at(at)?.[1].month ?? "", input);
    return run.length === 1 ? name(0) : words(input)("gaps.stretch", { from: name(0), to: name(-1) });
  });
}

/** Every month of the 24, for those who compute with them. */
function monthsTable(input: QualityInput): Block {
  const text = words(input);
  return {
    kind: "table",
    table: {
      id: "months",
      title: text("gaps.all"),
      columns: [
        { id: "table", header: text("files.table"), kind: "name" },
        { id: "place", header: text("region"), kind: "text" },
        { id: "month", header: text("gaps.month"), kind: "text" },
        { id: "rows", header: text("rows"), kind: "number", format: "#,##0" },
        { id: "usual", header: text("gaps.usual"), kind: "number", format: "#,##0.0" },
        { id: "gap", header: text("gaps.flag"), kind: "text" },
      ],
      rows: input.quality.months.map((month) => monthRow(month, input)),
    },
  };
}

const monthRow = ({ table, region, month, rows, usual, gap }: MonthCount, input: QualityInput): TableRow => ({
  cells: [
    textCell(tableName(table, input)),
    textCell(placeName({ region, branch: "" }, input)),
    textCell(monthName(month, input)),
    countCell(rows, input),
    numberCell(usual, 1, input),
    textCell(gap ? words(input)("gaps.gap") : ""),
  ],
});

/** What differs from the edition before; a page shows what a rule flags. */
export function changesSection(input: QualityInput): readonly Block[] {
  const text = words(input);
  const { previous, changes, thresholds, files } = input.quality;
  if (files.length === 0) return [];
  const heading: Block = { kind: "heading", level: 2, id: "changes", text: text("changes.title") };
  if (previous === null) return [heading, { kind: "text", text: text("finding.first") }];
  const shown = input.detail === "sheet" ? changes : changes.filter(({ flagged }) => flagged);
  if (shown.length === 0) return [heading, { kind: "text", text: text("finding.unchanged", { edition: previous }) }];
  const share = (value: number): string => percent(value, input.messages.locale, 0);
  return [
    heading,
    {
      kind: "table",
      subtitle: text("changes.subtitle", {
        edition: previous,
        fewer: share(thresholds.fewerRows),
        rejected: share(thresholds.rejectedShare),
        share: share(thresholds.share),
      }),
      table: {
        id: "changes",
        title: text("changes.title"),
        columns: [
          { id: "what", header: text("changes.what"), kind: "name" },
          { id: "place", header: text("changes.place"), kind: "text" },
          { id: "before", header: text("changes.before"), kind: "number" },
          { id: "now", header: text("changes.now"), kind: "number" },
          { id: "flag", header: text("changes.flag"), kind: "text", where: "sheet" },
        ],
        rows: shown.map((change) => changeRow(change, input)),
      },
    },
  ];
}

function changeRow(change: QualityChange, input: QualityInput): TableRow {
  const { what, source, table, column, code, flagged } = change;
  const { locale } = input.messages;
  const cell = (value: number | null): TableCell => {
    if (value === null) return NONE;
    return { text: what === "rows" ? count(value, locale) : percent(value, locale), value };
  };
  const place = [source, tableName(table, input), column === "" ? "" : fieldName(column, input), code];
  return {
    cells: [
      textCell(words(input)(`changes.${what}`)),
      textCell(place.filter((part) => part !== "").join(", ")),
      cell(change.before),
      cell(change.now),
      textCell(flagged ? words(input)("changes.flagged") : ""),
    ],
  };
}
