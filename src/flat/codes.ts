import { sqlOf } from "../catalogue/catalogue.ts";
import { FLAT } from "../catalogue/flat.ts";
import { quoteText, type SqlEngine, type SqlRow } from "../engine/engine.ts";
import type { Kind, Source, SourceColumn } from "./kinds.ts";

/** Name of the level that persons without a value have, in covariates of text. */
export const MISSING = "(missing)";

/** Columns with more texts than this are not packed: looking one up would cost more than grouping by it. */
const MOST_LEVELS = 256;

/** Bits of a packed key; an INTEGER has 31 for use. */
const KEY_BITS = 30;

/** One covariate as `flat.staged` holds it. */
export type Held = HeldPacked | HeldWide;

/** Bits of a key: the position of a level, or of a number in `values`. */
export interface HeldPacked {
  readonly how: "packed";
  readonly name: string;
  /** k1, k2, ... */
  readonly key: string;
  readonly shift: number;
  readonly bits: number;
  readonly levels: readonly string[];
  /** Null for text. */
  readonly values: Float64Array | null;
  /** How many rows of the file have each level or number. */
  readonly rows: Float64Array;
  readonly sql: string;
}

/** A column of its own: numbers, or positions of levels where there are any. */
interface HeldWide {
  readonly how: "wide";
  readonly name: string;
  /** w1, w2, ... */
  readonly key: string;
  readonly levels: readonly string[] | null;
  readonly sql: string;
}

/**
 * How each covariate is to be held: columns of few texts packed into integer keys, the first column highest, so that
 * the order of keys is the order of levels (text by code points, numbers by size); the others as themselves.
 */
export async function holdCovariates(
  engine: SqlEngine,
  source: Source,
  kinds: readonly Kind[],
): Promise<readonly Held[]> {
  const rows = await engine.rows(sqlOf(FLAT.levels), { most: MOST_LEVELS, missing: MISSING });
  const held: Array<Unplaced | HeldWide> = [];
  for (const [i, column] of source.covariates.entries()) {
    const texts = rows.filter((row) => row.covariate === column.column);
    const numeric = kinds[i]?.numeric === true;
    held.push(texts.length > 0 ? coded(column, texts, numeric) : await wide(engine, column, numeric));
  }
  return placed(held);
}

/** A covariate's codes, before it is known which bits they take. */
interface Unplaced {
  readonly how: "packed";
  readonly column: SourceColumn;
  readonly codes: ReadonlyArray<{ readonly text: string; readonly code: number }>;
  readonly bits: number;
  readonly levels: readonly string[];
  readonly values: Float64Array | null;
  readonly rows: Float64Array;
}

function coded(column: SourceColumn, texts: readonly SqlRow[], numeric: boolean): Unplaced {
  const nameOf = (row: SqlRow) => (numeric ? Number(row.number) + 0 : String(row.level));
  const names = [...new Set(texts.map(nameOf))];
  const values = numeric ? Float64Array.from(names, Number).sort() : null;
  const levels = numeric ? [] : names.map(String);
  const places = new Map<string | number, number>([...(values ?? levels)].map((level, place) => [level, place]));
  const codes = texts.map((row) => ({ text: String(row.text), code: places.get(nameOf(row)) ?? 0 }));
  const rows = new Float64Array(places.size);
  codes.forEach(({ code }, i) => {
    rows[code] = (rows[code] ?? 0) + Number(texts[i]?.rows);
  });
  return { how: "packed", column, codes, bits: Math.ceil(Math.log2(places.size)), levels, values, rows };
}

/** Gives each covariate its key and bits: as many covariates to a key as fit, the first of them highest. */
function placed(held: ReadonlyArray<Unplaced | HeldWide>): readonly Held[] {
  let [number, used] = [1, 0];
  const keys = held.map((c) => {
    if (c.how === "wide") return 0;
    if (used + c.bits > KEY_BITS) [number, used] = [number + 1, 0];
    used += c.bits;
    return number;
  });
  return held.map((c, i) => {
    if (c.how === "wide") return c;
    const below = held.slice(i + 1).filter((_, after) => keys[i + 1 + after] === keys[i]);
    const shift = below.reduce((sum, other) => sum + (other.how === "packed" ? other.bits : 0), 0);
    const { bits, levels, values, rows } = c;
    const { name } = c.column;
    return { how: "packed", name, key: `k${keys[i]}`, shift, bits, levels, values, rows, sql: lookUp(c, shift) };
  });
}

/** A text's code in its place, by a function of one column and constants: the engine asks it once a dictionary entry. */
function lookUp({ column: { column, sqlType }, codes }: Unplaced, shift: number): string {
  const known = codes.filter(({ text }) => text !== "" || sqlType === "VARCHAR");
  const missing = codes.find(({ text }) => text === "");
  const inPlace = (code: number) => String(code * 2 ** shift);
  if (known.length === 0) return inPlace(missing?.code ?? 0);
  const texts = `cast([${known.map(({ text }) => quoteText(text)).join(", ")}] as ${sqlType}[])`;
  const found = `map(${texts}, cast([${known.map(({ code }) => inPlace(code)).join(", ")}] as integer[]))[${column}]`;
  return missing === undefined ? found : `coalesce(${found}, ${inPlace(missing.code)})`;
}

async function wide(engine: SqlEngine, { name, column, type }: SourceColumn, numeric: boolean): Promise<HeldWide> {
  const key = `w${column.slice(1)}`;
  if (numeric) {
    const sql = type === "number" ? `cast(${column} as double)` : `try_cast(${column} as double)`;
    return { how: "wide", name, key, levels: null, sql: `${sql} + 0` };
  }
  const level = (text: string) => `case when ${text} = '' then ${quoteText(MISSING)} else ${text} end`;
  const levelType = `flat.levels_${column.slice(1)}`;
  await engine.execute({
    name: levelType,
    text: `create type ${levelType} as enum (
      select distinct ${level("text")} as level from flat.texts_of where covariate = ${quoteText(column)} order by level)`,
  });
  const rows = await engine.rows({
    name: levelType,
    text: `select unnest(enum_range(null::${levelType}))::varchar as level`,
  });
  const text = level(`coalesce(cast(${column} as varchar), '')`);
  const sql = `cast(enum_code(cast(${text} as ${levelType})) as integer)`;
  return { how: "wide", name, key, levels: rows.map((row) => String(row.level)), sql };
}

/** Select list of `flat.staged`: k1, ... (0 where nothing is packed), w1, .... */
export function heldColumns(held: readonly Held[]): readonly string[] {
  const keys = [...new Set(["k1", ...held.filter((c) => c.how === "packed").map((c) => c.key)])];
  const packs = keys.map((key) => {
    const parts = held.filter((c) => c.key === key && c.how === "packed" && c.bits > 0).map((c) => c.sql);
    return `cast(${parts.length === 0 ? "0" : parts.join(" | ")} as integer) as ${key}`;
  });
  return [...packs, ...held.filter((c) => c.how === "wide").map((c) => `${c.sql} as ${c.key}`)];
}
