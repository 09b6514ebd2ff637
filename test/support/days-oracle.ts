/*
 * Days as ISO texts (they sort as dates do) and months as year * 12 + month - 1, for the oracle.
 * Nothing here reads the clock.
 */
const DAY = 86_400_000;

/** A spell holds its last day; one without an end is still open. */
export function covers(spell: { readonly from_on: string; readonly to_on: string | null }, on: string): boolean {
  return spell.from_on <= on && (spell.to_on === null || spell.to_on >= on);
}

export function addDays(on: string, days: number): string {
  return new Date(Date.parse(on) + days * DAY).toISOString().slice(0, 10);
}

/** Days since 1970-01-01. */
export function dayNumber(on: string): number {
  return Date.parse(on) / DAY;
}

/** Same day of another month, or that month's last day. */
export function addMonths(on: string, months: number): string {
  const month = monthText(monthOf(on) + months);
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  return `${month}-${String(Math.min(Number(on.slice(8)), last)).padStart(2, "0")}`;
}

/** year * 12 + month - 1 */
export function monthOf(on: string): number {
  return yearOf(on) * 12 + Number(on.slice(5, 7)) - 1;
}

export function monthText(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
}

export function yearOf(on: string): number {
  return Number(on.slice(0, 4));
}

/** Completed years. */
export function ageOn(birth: string, on: string): number {
  return yearOf(on) - yearOf(birth) - (on.slice(5) < birth.slice(5) ? 1 : 0);
}

/** Completed months, by the day of the month: from 31 January to 28 February is none yet. */
export function wholeMonths(from: string, on: string): number {
  return monthOf(on) - monthOf(from) - (on.slice(8) < from.slice(8) ? 1 : 0);
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
