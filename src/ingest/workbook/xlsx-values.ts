const DAY = 86_400_000;
const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56,
  57, 58,
]);

/** Whether a number format shows dates or times: built in, or by its letters outside quotes and brackets. */
function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.has(id);
  const letters = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, "").replaceAll(/\[(?!h|m|s)[^\]]*\]/gi, "");
  return /[dmyhs]/i.test(letters) && !/general/i.test(letters);
}

const BUILT_IN_PERCENTAGES = new Set([9, 10]);

/** How a cell's number is shown where that isn't as a number: a day or time, a duration, a hundred times as much, or with as many figures as the code has zeros. */
export type NumberShown = "date" | "duration" | "percentage" | number;

/** What a number format shows, undefined for plain numbers. */
export function shownBy(id: number, code: string | undefined): NumberShown | undefined {
  if (id === 46 && code === undefined) return "duration";
  if (code !== undefined && /^\[(h+|m+|s+)\]/i.test(code)) return "duration";
  if (code === undefined ? BUILT_IN_PERCENTAGES.has(id) : withoutTexts(code).includes("%")) return "percentage";
  const zeros = figuresOf(code ?? "");
  if (zeros > 1) return zeros;
  return isDateFormat(id, code) ? "date" : undefined;
}

/** A format's code without texts in quotes and escaped signs. */
const withoutTexts = (code: string): string => code.replaceAll(/"[^"]*"|\\./g, "");

/** How many figures a code of nothing but zeros, and signs between them, shows: `0000`, `00"."00-000`; 0 for any other. */
function figuresOf(code: string): number {
  const bare = withoutTexts(code);
  return /^[0 ()-]+$/.test(bare) ? bare.split("0").length - 1 : 0;
}

/**
 * A stored number as text: dates as YYYY-MM-DD (with hh:mm:ss where there is a time), durations as hours:mm:ss, others in
 * JavaScript's shortest form, with the zeros in front that their format shows; whole numbers too large for it as they stand.
 */
export function numberText(stored: string, shown: NumberShown | undefined, date1904: boolean): string {
  const number = Number(stored);
  if (!Number.isFinite(number) || (!Number.isSafeInteger(number) && /^-?\d+$/.test(stored))) return stored;
  if (typeof shown === "number" && Number.isInteger(number) && number >= 0) return String(number).padStart(shown, "0");
  if (shown === "duration" && number >= 0) return durationText(number);
  if (shown !== "date" || number < 0 || number > 2_958_466) return String(number);
  const days = date1904 ? number + 1462 : number < 61 ? number + 1 : number;
  const moment = new Date(Math.round(((days - 25_569) * DAY) / 1000) * 1000).toISOString();
  if (number < 1 && !date1904) return moment.slice(11, 19);
  return moment.endsWith("T00:00:00.000Z") ? moment.slice(0, 10) : moment.slice(0, 19).replace("T", " ");
}

function durationText(days: number): string {
  const seconds = Math.round(days * 86_400);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** A stored day or time in ISO form, as strict workbooks have it, in the form of other dates. */
export const isoText = (stored: string): string =>
  stored
    .replace(/Z$/, "")
    .replace(/\.0+$/, "")
    .replace(/T00:00:00$/, "")
    .replace("T", " ");
