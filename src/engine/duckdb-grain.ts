import { quoteIdentifier, quoteName, type SqlRow } from "./engine.ts";
import { type AskRows, type Counted, countGrain } from "./grain.ts";

/** Rows from which on bits are worth their two passes. */
const MANY = 50_000;
/** Bits a row, and of a group, at most: a table of distinct values would take more memory than that. */
const BITS_A_ROW = 64;
const MOST_BITS = 2 ** 29;
/** Values of the grain's other columns together. */
const MOST_GROUPS = 64;

/**
 * Counts the distinct values of a grain by a bit for each value that its whole numbers may have, in each group of its other
 * columns: exact, and a quarter of the time of a table of distinct values. Small tables, and grains whose numbers are
 * missing or lie far apart, are counted as any engine would.
 */
export async function countGrainByBits(name: string, grain: readonly string[], rows: AskRows): Promise<Counted> {
  const table = quoteName(name);
  const [counted] = await rows({ name, text: `select count(*) as total from ${table}` });
  const total = Number(counted?.total);
  const found = total < MANY || grain.length === 0 ? undefined : await bitsOf(name, grain, total, rows);
  if (found === undefined) return countGrain(name, grain, rows);
  const [sum] = await rows({
    name,
    text: `select sum(bit_count(bits)) as identified
      from (select bitstring_agg(${found.place}, 0, ${found.width - 1}) as bits from ${table} ${found.grouped})`,
  });
  return { total, identified: Number(sum?.identified) };
}

/** How the grain's whole numbers make a place among bits, and how many places a group has. */
interface Bits {
  readonly place: string;
  readonly width: number;
  readonly grouped: string;
}

async function bitsOf(name: string, grain: readonly string[], total: number, rows: AskRows): Promise<Bits | undefined> {
  const isWhole = await wholeNumbers(name, rows);
  const numbers = grain.filter((column) => isWhole.has(column)).map(quoteIdentifier);
  if (numbers.length === 0) return;
  const others = grain.filter((column) => !isWhole.has(column)).map(quoteIdentifier);
  const grouped = others.length === 0 ? "" : `group by ${others.join(", ")}`;
  const limits = numbers.map((n, i) => `min(${n}) as low${i}, max(${n}) as high${i}, count(${n}) as known${i}`);
  const groups = await rows({
    name,
    text: `select count(*) as rows, ${limits.join(", ")} from ${quoteName(name)} ${grouped} limit ${MOST_GROUPS + 1}`,
  });
  if (groups.length > MOST_GROUPS) return;
  const ranges = numbers.map((number, i) => rangeOf(number, groups, i));
  const width = ranges.reduce((product, range) => product * range.size, 1);
  if (Number.isNaN(width) || width > MOST_BITS || width * groups.length > total * BITS_A_ROW) return;
  return { place: placeOf(ranges), width, grouped };
}

async function wholeNumbers(name: string, rows: AskRows): Promise<ReadonlySet<string>> {
  const columns = await rows({ name, text: `describe ${quoteName(name)}` });
  const whole = columns.filter((column) => /^(?:INTEGER|BIGINT)$/.test(String(column.column_type)));
  return new Set(whole.map((column) => String(column.column_name)));
}

interface Range {
  readonly number: string;
  readonly low: number;
  /** From the lowest value to the highest; NaN where some are missing, or too large to be counted with. */
  readonly size: number;
}

function rangeOf(number: string, groups: readonly SqlRow[], i: number): Range {
  const low = Math.min(...groups.map((group) => Number(group[`low${i}`])));
  const high = Math.max(...groups.map((group) => Number(group[`high${i}`])));
  const isKnown = groups.every((group) => group[`known${i}`] === group.rows);
  const isSafe = Number.isSafeInteger(low) && Number.isSafeInteger(high);
  return { number, low, size: isKnown && isSafe ? high - low + 1 : Number.NaN };
}

/** The numbers as digits of one number, each to the base of its range. */
function placeOf(ranges: readonly Range[]): string {
  return ranges.reduce(
    (place, { number, low, size }) => `(${place}) * ${size} + (${number}::bigint - (${low}))`,
    "0::bigint",
  );
}
