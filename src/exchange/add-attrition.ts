import type { SqlRow } from "../engine/engine.ts";
import { canonicalJson } from "../publish/hash.ts";
import { UserError } from "../user-error.ts";
import { summedRows } from "./sums.ts";

/** Reasons that the programme's own records give: the same duos in every service. */
const OF_PROGRAMME: ReadonlySet<string> = new Set([
  "received",
  "not_started",
  "later_duo",
  "same_person",
  "other_region",
  "other_years",
]);
const UNLINKED = "unlinked";

/**
 * Attrition of all registers together: every service has read the same duos, so these count once; a participant is unlinked
 * who is in no register, where each is in one at most; all else adds up.
 */
export function addedAttrition(services: readonly (readonly SqlRow[])[]): readonly SqlRow[] {
  const [first = []] = services;
  const summed = summedRows(services, ["definition", "after", "arm", "ordinal", "reason"]);
  return summed.map((row) => {
    if (row.arm !== "participants") return row;
    const own = services.map((rows) => rows.find((other) => isSame(other, row)) ?? {});
    if (OF_PROGRAMME.has(String(row.reason))) return onlyOne(own, String(row.reason));
    if (row.reason !== UNLINKED) return row;
    return { ...row, rows: unlinked(services, first, row, "rows"), persons: unlinked(services, first, row, "persons") };
  });
}

const isSame = (a: SqlRow, b: SqlRow): boolean =>
  a.definition === b.definition && a.after === b.after && a.arm === b.arm && a.reason === b.reason;

function onlyOne(rows: readonly SqlRow[], reason: string): SqlRow {
  if (new Set(rows.map(canonicalJson)).size > 1)
    throw new UserError([
      `the services have read different duos (${reason}); each needs all of the programme's records`,
    ]);
  return rows[0] ?? {};
}

/** Of all that started in the study, those that no service has: all less the linked of each. */
function unlinked(
  services: readonly (readonly SqlRow[])[],
  first: readonly SqlRow[],
  row: SqlRow,
  count: "rows" | "persons",
): number {
  const at = (rows: readonly SqlRow[], reason: string): number =>
    Number(rows.find((other) => isSame(other, { ...row, reason }))?.[count] ?? 0);
  const others = [...OF_PROGRAMME]
    .filter((reason) => reason !== "received")
    .reduce((sum, one) => sum + at(first, one), 0);
  const started = at(first, "received") - others;
  const left = services.reduce((sum, rows) => sum - (started - at(rows, UNLINKED)), started);
  if (left < 0) throw new UserError(["participants are in more than one register: persons of services must differ"]);
  return left;
}
