import { sqlOf } from "../../catalogue/catalogue.ts";
import type { SqlEngine } from "../../engine/engine.ts";
import { isNationalNumber } from "./national-numbers.ts";

const query = (name: string) => sqlOf({ name, parameters: {}, columns: {}, grain: [] });

/**
 * The kind of each token that is an identifier of the staged sources (`person number`, `mentee id`, ...), or has the form
 * and the check digits of a Belgian national number. One join, whatever the size of the registers.
 */
export async function identifiersAmong(
  engine: SqlEngine,
  tokens: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const token of tokens) if (isNationalNumber(token)) found.set(token, "Belgian national number");
  const rows = await engine.rows(query("staging.identifiers"), { tokens: tokens.join("\n") });
  for (const { token, kind } of rows) found.set(String(token), String(kind));
  return found;
}

/** How many identifiers the sources hold, and how many of them are too short, or of too few figures, to be searched for. */
export async function identifierCounts(
  engine: SqlEngine,
): Promise<{ readonly identifiers: number; readonly leftOut: number }> {
  const [row] = await engine.rows(query("staging.identifier_counts"));
  return { identifiers: Number(row?.identifiers), leftOut: Number(row?.left_out) };
}
