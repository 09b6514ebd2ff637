import { createHash } from "node:crypto";
import { boundParameters, type NamedSql, type SqlParameters, type TypedColumns } from "./engine.ts";

/** Where a question's answer follows from: the same key, the same answer, whoever holds the rows. */
interface TableKeys {
  loaded(name: string, columns: TypedColumns): void;
  built(sql: NamedSql, parameters?: SqlParameters): void;
  executed(sql: NamedSql, parameters?: SqlParameters): void;
  /** The key of a table; undefined where it came about before. */
  keyOf(name: string): string | undefined;
  /** The key of what a SELECT gives now. */
  asked(kind: "arrow" | "rows", sql: NamedSql, parameters?: SqlParameters): string;
}

/**
 * Follows how the tables of an engine come about: each has a key over its query's text, the parameters bound and the keys of
 * the tables read. Tables that were there before (staged ones) have none: who compares keys must know that these agree.
 */
export function tableKeys(): TableKeys {
  const keys = new Map<string, string>();
  const of = (kind: string, { name, text }: NamedSql, parameters: SqlParameters = {}): string => {
    const bare = text.replace(/--.*$/gm, "").replaceAll('"', "").trim();
    const bound = [...boundParameters(bare, parameters)].sort(([a], [b]) => (a < b ? -1 : 1));
    const named = new Set(bare.match(/\b[a-z_]+\.[a-z_0-9]+\b/g));
    const reads = [...named].sort().flatMap((table) => (keys.has(table) ? [[table, keys.get(table)]] : []));
    return digest([kind, name, bare, bound, reads]);
  };
  return {
    loaded(name, columns) {
      keys.set(
        name,
        digest(["load", name, Object.entries(columns).map(([column, values]) => [column, bytesOf(values)])]),
      );
    },
    built(sql, parameters) {
      keys.set(sql.name, of("build", sql, parameters));
    },
    executed(sql, parameters) {
      keys.set(sql.name, of("execute", sql, parameters));
    },
    keyOf: (name) => keys.get(name),
    asked: of,
  };
}

const digest = (parts: unknown): string => createHash("sha256").update(JSON.stringify(parts)).digest("hex");

function bytesOf(values: TypedColumns[string]): string {
  if (!ArrayBuffer.isView(values)) return JSON.stringify(values);
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return `${values.constructor.name} ${createHash("sha256").update(bytes).digest("hex")}`;
}
