/* Days as whole numbers since 1970-01-01; nothing here reads the clock. */
const MILLISECONDS = 86_400_000;

export function day(iso: string): number {
  return Date.parse(iso) / MILLISECONDS;
}

export function iso(on: number): string {
  return new Date(on * MILLISECONDS).toISOString().slice(0, 10);
}

/** DD/MM/YYYY, as the registers write it. */
export function slashed(on: number): string {
  const text = iso(on);
  return `${text.slice(8)}/${text.slice(5, 7)}/${text.slice(0, 4)}`;
}

export function yearOf(on: number): number {
  return new Date(on * MILLISECONDS).getUTCFullYear();
}

/** Same day of another month, or that month's last day. */
export function plusMonths(on: number, months: number): number {
  const date = new Date(on * MILLISECONDS);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return first / MILLISECONDS + Math.min(date.getUTCDate(), last) - 1;
}

/** The day itself, or the Monday after a weekend. */
export function workday(on: number): number {
  const weekday = new Date(on * MILLISECONDS).getUTCDay();
  return weekday === 6 ? on + 2 : weekday === 0 ? on + 1 : on;
}

/** Completed years. */
export function ageOn(birth: number, on: number): number {
  const a = iso(birth);
  const b = iso(on);
  return Number(b.slice(0, 4)) - Number(a.slice(0, 4)) - (b.slice(5) < a.slice(5) ? 1 : 0);
}
