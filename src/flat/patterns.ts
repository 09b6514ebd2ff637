import type { Table } from "apache-arrow";
import { sqlOf } from "../catalogue/catalogue.ts";
import { FLAT } from "../catalogue/flat.ts";
import type { SqlEngine } from "../engine/engine.ts";
import type { Covariate, Outcomes, Patterns, RestOfControls } from "../evaluate/patterns.ts";
import type { Held, HeldPacked } from "./codes.ts";
import type { StagedTable } from "./stage.ts";

/** Patterns of a flat file with the sums of its outcome, both by the pattern's key. */
export interface FlatPatterns {
  readonly patterns: Patterns;
  readonly outcomes: Outcomes;
}

/**
 * A staged table as patterns: one per arm and combination of covariate values, in the order of arm and levels.
 * @param keep whether to keep them as `flat.grouped`, whose `rowid` is the pattern's key
 */
export async function groupedPatterns(engine: SqlEngine, staged: StagedTable, keep: boolean): Promise<FlatPatterns> {
  const { facts } = staged;
  await raisePerfectHash(engine, staged);
  const entry = groupedQuery(staged);
  const stored = keep || facts.fractional;
  if (stored) await engine.build({ ...sqlOf(entry), name: "flat.grouped" }, []);
  const arrow = await engine.arrow(
    stored ? { name: "flat.grouped", text: "select * from flat.grouped order by rowid" } : sqlOf(entry),
  );
  const sums = facts.fractional ? await engine.arrow(sqlOf(FLAT.ordered_sums)) : arrow;
  const sum = numbers(sums, "sum");
  const sumsq = entry === FLAT.grouped_binary ? sum : numbers(sums, "sumsq");
  return patternsOf(staged, arrow, { rows: numbers(arrow, "rows"), sum, sumsq });
}

/**
 * The patterns of participants, and of controls who share a stratum of exact matching with one; the other controls, who
 * cannot be matched, never leave the database: they are counted by level.
 * @param exact how many of the covariates, the first ones, make the strata
 * @returns undefined where covariates aren't all packed into one key, or the outcome isn't 0 or 1
 */
export async function sharedPatterns(
  engine: SqlEngine,
  staged: StagedTable,
  exact: number,
): Promise<FlatPatterns | undefined> {
  const { held, facts, source } = staged;
  const packed = held.flatMap((column) => (column.how === "packed" && column.key === "k1" ? [column] : []));
  if (!facts.binary || packed.length < held.length) return undefined;
  const shift = packed[exact - 1]?.shift ?? 0;
  await engine.build(sqlOf(FLAT.participant_strata), FLAT.participant_strata.grain, { shift });
  const entry = source === "flat.texts" ? FLAT.grouped_shared_texts : FLAT.grouped_shared;
  const arrow = await engine.arrow(sqlOf(entry), { shift });
  const sum = numbers(arrow, "sum");
  const { patterns, outcomes } = patternsOf(staged, arrow, { rows: numbers(arrow, "rows"), sum, sumsq: sum });
  return { patterns: { ...patterns, rest: restOf(patterns, integers(arrow, "k1"), packed) }, outcomes };
}

/** Rows by level, less those in patterns. */
function restOf({ rows }: Patterns, key: Int32Array, packed: readonly HeldPacked[]): RestOfControls {
  const covariates = packed.map((column) => {
    const left = column.rows.slice();
    const codes = unpacked(key, column);
    for (let p = 0; p < codes.length; p++) left[codes[p] ?? 0] = (left[codes[p] ?? 0] ?? 0) - (rows[p] ?? 0);
    return { of: fromCodes(column, Int32Array.from(left.keys())), rows: left };
  });
  return { rows: covariates[0]?.rows.reduce((total, n) => total + n, 0) ?? 0, covariates };
}

/** One pattern a person, in the order of the file; its key is the `rowid` of `flat.staged`. */
export async function singlePatterns(engine: SqlEngine, staged: StagedTable): Promise<FlatPatterns> {
  const arrow = await engine.arrow(sqlOf(FLAT.singles));
  const sum = numbers(arrow, "sum");
  const sumsq = staged.facts.binary ? sum : sum.map((y) => y * y);
  return patternsOf(staged, arrow, { rows: new Float64Array(arrow.numRows).fill(1), sum, sumsq });
}

function groupedQuery({ source, facts }: StagedTable) {
  if (source === "flat.texts") return FLAT.grouped_texts;
  return facts.binary ? FLAT.grouped_binary : FLAT.grouped;
}

/**
 * Lets the engine count keys in an array instead of a hash table. Worth its memory only where rows outnumber the keys
 * that there may be.
 */
async function raisePerfectHash(engine: SqlEngine, { held, facts }: StagedTable): Promise<void> {
  const bits = held.reduce((sum, column) => sum + (column.how === "packed" ? column.bits : KEY_TOO_WIDE), 2);
  if (bits <= 12 || bits > 24 || facts.rows < 2 ** bits) return;
  await engine.execute({ name: "flat.grouped", text: `set perfect_ht_threshold = ${bits}` });
}

const KEY_TOO_WIDE = 64;

function patternsOf(
  { columns, held, facts: { centre } }: StagedTable,
  arrow: Table,
  sums: { rows: Float64Array; sum: Float64Array; sumsq: Float64Array },
): FlatPatterns {
  return {
    patterns: {
      size: arrow.numRows,
      arm: Uint8Array.from(integers(arrow, "arm")),
      month: new Int32Array(arrow.numRows),
      covariates: held.map((column) => covariateOf(arrow, column)),
      rows: sums.rows,
    },
    outcomes: { definition: columns.outcome, after: 0, ...sums, ...(centre === 0 ? {} : { centre }) },
  };
}

function covariateOf(arrow: Table, column: Held): Covariate {
  const { name } = column;
  if (column.how === "wide")
    return column.levels === null
      ? { kind: "numeric", name, values: numbers(arrow, column.key) }
      : { kind: "categorical", name, levels: column.levels, codes: integers(arrow, column.key) };
  return fromCodes(column, unpacked(integers(arrow, column.key), column));
}

function fromCodes({ name, levels, values }: HeldPacked, codes: Int32Array): Covariate {
  if (values === null) return { kind: "categorical", name, levels, codes };
  return { kind: "numeric", name, values: Float64Array.from(codes, (code) => values[code] ?? Number.NaN) };
}

function unpacked(keys: Int32Array, { shift, bits }: { readonly shift: number; readonly bits: number }): Int32Array {
  const mask = 2 ** bits - 1;
  return keys.map((key) => (key >> shift) & mask);
}

function integers(arrow: Table, column: string): Int32Array {
  const values: unknown = arrow.getChild(column)?.toArray();
  return values instanceof Int32Array ? values : Int32Array.from(arrow.getChild(column) ?? [], Number);
}

function numbers(arrow: Table, column: string): Float64Array {
  const values: unknown = arrow.getChild(column)?.toArray();
  return values instanceof Float64Array ? values : Float64Array.from(arrow.getChild(column) ?? [], Number);
}
