const DAY = 86_400_000;
const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56,
  57, 58,
]);

/** Whether a number format shows dates or times: built in, or by its letters outside quotes and brackets. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.has(id);
  const letters = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, "").replaceAll(/\[(?!h|m|s)[^\]]*\]/gi, "");
  return /[dmyhs]/i.test(letters) && !/general/i.test(letters);
}

/** A stored number as text: dates as YYYY-MM-DD (with hh:mm:ss where there is a time), others in JavaScript's shortest form. */
export function numberText(stored: string, isDate: boolean, date1904: boolean): string {
  const number = Number(stored);
  if (!Number.isFinite(number)) return stored;
  if (!isDate || number < 0 || number > 2_958_466) return String(number);
  const days = date1904 ? number + 1462 : number < 61 ? number + 1 : number;
  const moment = new Date(Math.round(((days - 25_569) * DAY) / 1000) * 1000).toISOString();
  if (number < 1 && !date1904) return moment.slice(11, 19);
  return moment.endsWith("T00:00:00.000Z") ? moment.slice(0, 10) : moment.slice(0, 19).replace("T", " ");
}
