/** How a contract counts the years between two days. */
export type DayCount = "30/360" | "actual/365" | "actual/actual";

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * Years between two ISO days: `30/360` counts months of 30 days; `actual/365` days over 365; `actual/actual` whole
 * anniversaries, and the rest over the length of the year in which it falls. Null if either isn't a day.
 */
export function yearsBetween(from: string, to: string, dayCount: DayCount): number | null {
  const [start, end] = [dayOf(from), dayOf(to)];
  if (start === null || end === null) return null;
  return counters[dayCount](start, end);
}

const counters: Readonly<Record<DayCount, (start: Day, end: Day) => number>> = {
  "30/360": (start, end) =>
    end.year - start.year + (end.month - start.month) / 12 + (Math.min(end.day, 30) - Math.min(start.day, 30)) / 360,
  "actual/365": (start, end) => (dayNumber(end) - dayNumber(start)) / 365,
  "actual/actual": (start, end) => {
    const passed = dayNumber(end) < dayNumber(anniversary(start, end.year)) ? 1 : 0;
    const years = end.year - start.year - passed;
    const last = dayNumber(anniversary(start, start.year + years));
    const next = dayNumber(anniversary(start, start.year + years + 1));
    return years + (dayNumber(end) - last) / (next - last);
  },
};

/** A real calendar day, or null: 31 February isn't one. */
function dayOf(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return { year, month, day };
}

/** The same day of another year, 29 February becoming 28 where it has to. */
function anniversary({ month, day }: Day, year: number): Day {
  return { year, month, day: Math.min(day, daysInMonth(year, month)) };
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days since a fixed day, in the Gregorian calendar. */
function dayNumber({ year, month, day }: Day): number {
  let days =
    365 * (year - 1) + Math.floor((year - 1) / 4) - Math.floor((year - 1) / 100) + Math.floor((year - 1) / 400);
  for (let earlier = 1; earlier < month; earlier++) days += daysInMonth(year, earlier);
  return days + day;
}
