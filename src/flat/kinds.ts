import { sqlOf } from "../catalogue/catalogue.ts";
import { FLAT } from "../catalogue/flat.ts";
import { quoteText, type SqlEngine, type SqlRow } from "../engine/engine.ts";
import type { StoredType } from "./table.ts";

/** Where the rows of the file stand, and what each covariate is there. */
export interface Source {
  /** `flat.persons`, one row a person, or `flat.texts`, one row an arm and combination of texts. */
  readonly table: "flat.persons" | "flat.texts";
  readonly covariates: readonly SourceColumn[];
}

/** A column that an evaluation reads: its header in the file, and the name and type that it has in the engine. */
export interface SourceColumn {
  readonly name: string;
  /** c1, c2, ... */
  readonly column: string;
  readonly type: StoredType;
  readonly sqlType: string;
}

/** Rows in all, those with an arm, those with an outcome; and what is known of the outcome before it is summed. */
export interface Facts {
  readonly rows: number;
  readonly arms: number;
  readonly outcomes: number;
  readonly fractional: boolean;
  /** Every outcome is 0 or 1. */
  readonly binary: boolean;
  /** What is taken off every outcome; 0 unless all are far from 0 beside the range that they span. */
  readonly centre: number;
}

/** What one covariate's values are, counted in rows. */
export interface Kind {
  /** c1, c2, ... */
  readonly covariate: string;
  /** Whether every value is a number. */
  readonly numeric: boolean;
  readonly missing: number;
  readonly numbers: number;
  readonly words: number;
  readonly word: string;
  readonly commas: number;
  readonly infinite: number;
}

/** FLOAT, DOUBLE, DECIMAL: numbers as they are stored, whose texts nobody asks for. */
export const isFraction = ({ type, sqlType }: SourceColumn): boolean =>
  type === "number" && !/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(sqlType);

/** What one pass over the file tells: rows, arms and outcomes in it, and whether outcomes have fractions or are 0 and 1 only. */
export async function factsOf(engine: SqlEngine, { table }: Source): Promise<Facts> {
  const [row] = await engine.rows(sqlOf(table === "flat.persons" ? FLAT.facts : FLAT.facts_texts));
  const fractional = row?.fractional === true;
  const binary = row?.in_unit === true && !fractional;
  return {
    rows: Number(row?.rows),
    arms: Number(row?.arms),
    outcomes: Number(row?.outcomes),
    fractional,
    binary,
    centre: binary ? 0 : centreOf(Number(row?.least), Number(row?.most)),
  };
}

/** Squares of numbers so far from 0 would leave no digit to their variance. */
const FAR = 100;

const centreOf = (least: number, most: number): number =>
  Math.max(Math.abs(least), Math.abs(most)) > FAR * (most - least) ? least : 0;

/** Counts the texts of every column but stored fractions (`flat.texts_of`), and says what each column's values are. */
export async function kindsOf(engine: SqlEngine, source: Source): Promise<readonly Kind[]> {
  const { table, covariates } = source;
  const rows = table === "flat.persons" ? "count(*)" : "sum(rows)";
  const counted = covariates
    .filter((column) => !isFraction(column))
    .map(
      ({ column }) =>
        `select ${quoteText(column)} as covariate, coalesce(cast(value as varchar), '') as text, rows
        from (select ${column} as value, ${rows} as rows from ${table} group by ${column})`,
    );
  const none = "select '' as covariate, '' as text, 0 as rows where false";
  const text = `select covariate, text, cast(sum(rows) as bigint) as rows
    from (${[none, ...counted].join(" union all ")}) group by covariate, text`;
  await engine.build({ name: "flat.texts_of", text }, []);
  const found = await engine.rows(sqlOf(FLAT.covariates));
  const kinds: Kind[] = [];
  for (const column of covariates) {
    const row = found.find((kind) => kind.covariate === column.column);
    kinds.push(isFraction(column) ? await fractionKind(engine, source, column) : kindOf(column, row));
  }
  return kinds;
}

function kindOf({ column }: SourceColumn, row: SqlRow | undefined): Kind {
  const count = (name: string) => Number(row?.[name] ?? 0);
  return {
    covariate: column,
    numeric: row?.numeric === true,
    missing: count("missing"),
    numbers: count("numbers"),
    words: count("words"),
    word: String(row?.word ?? ""),
    commas: count("commas"),
    infinite: count("infinite"),
  };
}

async function fractionKind(engine: SqlEngine, { table }: Source, { column }: SourceColumn): Promise<Kind> {
  const [row] = await engine.rows({
    name: table,
    text: `select count(*) - count(${column}) as missing, count(*) filter (not abs(cast(${column} as double)) <= 1e100) as infinite
      from ${table}`,
  });
  const counts = { missing: Number(row?.missing), infinite: Number(row?.infinite) };
  return { covariate: column, numeric: true, numbers: 0, words: 0, word: "", commas: 0, ...counts };
}
