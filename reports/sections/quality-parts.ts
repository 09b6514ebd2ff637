import type { DataQuality } from "../../src/catalogue/data-quality.ts";
import type { TableCell } from "../../src/document/document.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import type { Messages } from "../../src/wording/messages.ts";
import { count, decimal, percent } from "../../src/wording/numbers.ts";

/** What the data-quality report is made from: the facts and the words; nothing of it is released, so it stays restricted. */
export interface QualityInput {
  readonly quality: DataQuality;
  readonly messages: Messages;
  /** A page shows what has to be looked at, a paper less of what is in order, a workbook every row. */
  readonly detail: "page" | "paper" | "sheet";
}

/** Texts of the report under `quality`, by their key. */
export const words =
  ({ messages }: QualityInput) =>
  (key: KeyUnder<"quality">, values: Readonly<Record<string, string | number>> = {}): string =>
    messages.text(`quality.${key}`, values);

/** A text cell; an empty one is a dash, which a workbook marks as not applicable. */
export const textCell = (text: string, detail?: string): TableCell => ({
  text: text === "" ? "\u2013" : text,
  ...(detail === undefined ? {} : { detail }),
});

/** A whole number as the report's language writes it; workbooks get the number. */
export const countCell = (value: number, { messages }: QualityInput): TableCell => ({
  text: count(value, messages.locale),
  value,
});

/** A share as a percentage; nothing where there is nothing to take it of. */
export const shareCell = (part: number, of: number, { messages }: QualityInput, digits = 1): TableCell =>
  of === 0 ? NONE : { text: percent(part / of, messages.locale, digits), value: part / of };

/** A number with so many digits, or the sign for none. */
export const numberCell = (value: number | null, digits: number, { messages }: QualityInput): TableCell =>
  value === null ? NONE : { text: decimal(value, digits, messages.locale), value };

/** No number, because none applies. */
export const NONE: TableCell = { text: "\u2013", marker: "[z]" };

/** What readers call a staged table. */
export const tableName = (table: string, { messages }: QualityInput): string => messages.named("quality.tables", table);

/** A staged column in words. */
export function fieldName(column: string, { messages }: QualityInput): string {
  const key = `quality.fields.${column}`;
  return messages.has(key) ? messages.text(key) : column;
}

/** A region's name in the report's language; one that the messages don't know, as it was written. */
export function regionName(region: string, { messages }: QualityInput): string {
  const key = `region.${region}`;
  return messages.has(key) ? messages.text(key) : region;
}

/** `Brussels-Capital · B1`, or the words for all. */
export function placeName({ region, branch }: { region: string; branch: string }, input: QualityInput): string {
  if (region === "") return words(input)("all");
  return branch === "" ? regionName(region, input) : branch;
}

const months = new Map<string, Intl.DateTimeFormat>();

/** `March 2026`. */
export function monthName(month: string, { messages: { locale } }: QualityInput): string {
  const format =
    months.get(locale) ?? new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  months.set(locale, format);
  return format.format(new Date(`${month}-01T00:00:00Z`));
}
