import { quoteName, type SqlParameters, type SqlType, type SqlValue } from "./engine.ts";

/**
 * How an engine speaks the portable SQL of `queries/`. Beyond ANSI that SQL uses four functions, which `functions` defines:
 * `hash32(text)`: the first 32 bits of the text's MD5 as a non-negative BIGINT.
 * `add_months(day, months)`: the same day of a later month, clamped to that month's end.
 * `month_number(day)`: year * 12 + month - 1.
 * `div(a, b)`: a / b without its fraction, for whole numbers.
 */
interface Dialect {
  readonly kind: "duckdb" | "postgres";
  readonly functions: string;
  readonly types: Readonly<Record<SqlType, string>>;
  /** Statements that put a SELECT's rows in the place of a table, to be run as one. */
  replaceTable(name: string, select: string): readonly string[];
}

export const DUCKDB: Dialect = {
  kind: "duckdb",
  functions: `
create or replace macro hash32(t) as cast('0x' || substr(md5(t), 1, 8) as bigint);
create or replace macro add_months(day, months) as cast(day + to_months(cast(months as integer)) as date);
create or replace macro month_number(day) as cast(year(day) * 12 + month(day) - 1 as integer);
create or replace macro div(a, b) as (a) // (b);
`,
  types: {
    BIGINT: "bigint",
    BOOLEAN: "boolean",
    DATE: "date",
    DOUBLE: "double",
    INTEGER: "integer",
    VARCHAR: "varchar",
  },
  replaceTable: (name, select) => [`create or replace table ${quoteName(name)} as\n${select}`],
};

/** The schema of the functions; first in the search path, so that `div` of whole numbers is ours. */
export const FUNCTIONS_SCHEMA = "duo_impact";

export const POSTGRES: Dialect = {
  kind: "postgres",
  functions: `
create or replace function ${FUNCTIONS_SCHEMA}.hash32(t text) returns bigint language sql immutable parallel safe
  as $$ select ('x' || substr(md5(t), 1, 8))::bit(32)::bigint $$;
create or replace function ${FUNCTIONS_SCHEMA}.add_months(day date, months integer) returns date language sql immutable parallel safe
  as $$ select (day + make_interval(months => months))::date $$;
create or replace function ${FUNCTIONS_SCHEMA}.month_number(day date) returns integer language sql immutable parallel safe
  as $$ select (extract(year from day) * 12 + extract(month from day) - 1)::integer $$;
create or replace function ${FUNCTIONS_SCHEMA}.div(a bigint, b bigint) returns bigint language sql immutable parallel safe
  as $$ select a / b $$;
`,
  types: {
    BIGINT: "bigint",
    BOOLEAN: "boolean",
    DATE: "date",
    DOUBLE: "double precision",
    INTEGER: "integer",
    VARCHAR: "text",
  },
  replaceTable: (name, select) => [
    `drop table if exists ${quoteName(name)}`,
    `create unlogged table ${quoteName(name)} as\n${select}`,
  ],
};

/** SQL with `$1`, `$2`, ... each cast to the type of its value, and the values in that order. */
interface Numbered {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

const TOKENS = /--[^\n]*|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([a-z_][a-z0-9_]*)/gi;

/**
 * Named parameters as numbered ones, for engines that know no names; comments and quoted texts stay as they are.
 * @throws RangeError for a name without a value
 */
export function numbered(sql: string, parameters: SqlParameters): Numbered {
  const values: SqlValue[] = [];
  const places = new Map<string, string>();
  const text = sql.replace(TOKENS, (token, name: string | undefined) => {
    if (name === undefined) return token;
    const value = parameters[name];
    if (value === undefined) throw new RangeError(`no value for $${name}`);
    const place = places.get(name) ?? `$${values.push(value)}${castOf(value)}`;
    places.set(name, place);
    return place;
  });
  return { text, values };
}

function castOf(value: SqlValue): string {
  if (typeof value === "string") return "::text";
  if (typeof value === "boolean") return "::boolean";
  if (typeof value === "bigint") return "::bigint";
  if (value === null) return "";
  return Number.isInteger(value) ? "::integer" : "::double precision";
}
