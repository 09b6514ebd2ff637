import type { QualityFile } from "../../catalogue/data-quality.ts";
import { isDirect, mappableColumns, type TableMapping } from "../mapping/mapping.ts";
import { headerOf } from "../rules/incoming.ts";

type Recognised = QualityFile["recognised"][number];

const GUESSED = / \(guessed\)$/;

/** What a reader recognised of a file, and the date formats, each with whether the mapping said it. */
export function recognisedOf(facts: Readonly<Record<string, string>>, mapping: TableMapping): readonly Recognised[] {
  const read = Object.entries(facts).map(([what, value]): Recognised => {
    const how = isTold(what, mapping) ? "told" : GUESSED.test(value) ? "guessed" : "found";
    return { what, value: value.replace(GUESSED, ""), how };
  });
  return [...read, ...datesOf(mapping), ...decimalOf(facts, mapping)];
}

function isTold(what: string, { csv, xlsx, format }: TableMapping): boolean {
  if (what === "format") return format !== undefined;
  if (what === "encoding") return csv.encoding !== "auto";
  if (what === "sheet") return xlsx.sheet !== undefined;
  if (what === "delimiter" || what === "quote" || what === "headerRow") return csv[what] !== undefined;
  return false;
}

/** One entry a date format, with the columns that have it where they differ. */
function datesOf(mapping: TableMapping): readonly Recognised[] {
  const types = mappableColumns(mapping.table);
  const formats = new Map<string, { readonly how: Recognised["how"]; readonly columns: string[] }>();
  for (const [field, given] of Object.entries(mapping.columns)) {
    if (types[field] !== "DATE" || !isDirect(given)) continue;
    const own = typeof given === "string" ? undefined : given.dates;
    const format = [own ?? mapping.dates].flat().join(", ");
    const how = mapping.dates === "auto" ? "found" : "told";
    const known = formats.get(format) ?? { how, columns: [] };
    known.columns.push(headerOf(given));
    formats.set(format, known);
  }
  return [...formats].map(([format, { how, columns }]) => ({
    what: "dates",
    value: formats.size === 1 ? format : `${format} (${columns.join(", ")})`,
    how,
  }));
}

const decimalOf = (facts: Readonly<Record<string, string>>, { csv }: TableMapping): readonly Recognised[] =>
  facts.format === "csv" && facts.decimal === undefined && csv.decimal === ","
    ? [{ what: "decimal", value: csv.decimal, how: "told" }]
    : [];
