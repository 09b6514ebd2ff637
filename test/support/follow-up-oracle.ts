import type { CohortSettings, CohortTables, EmploymentSpellRow, JobseekerSpellRow } from "./cohort-oracle-rows.ts";
import { addDays, addMonths, covers } from "./days-oracle.ts";
import { daysWorked } from "./outcome-oracle.ts";

/*
 * A slow, obvious account of follow-up and placebo for one row, day by day. It shares nothing with the queries.
 */

/** When and why a row leaves follow-up; month 0 is before the window opens. */
export interface Leaving {
  readonly month: number;
  readonly cause: "followed" | "placed" | "died" | "deregistered" | "emigrated";
}

/** Walks through the window's twelve months, each from one clamped boundary to the next, and stops at what comes first. */
export function leavingByHand(
  tables: CohortTables,
  settings: CohortSettings,
  row: { readonly person_number: string; readonly index_on: string },
  after: number,
): Leaving {
  const { registered, work, anyWork } = spellsOf(tables, settings, row.person_number);
  const boundary = (month: number): string => addMonths(row.index_on, after + month);
  const gone = lastWord(registered, anyWork, boundary(12));
  const isKnown = (month: number): boolean =>
    addMonths(boundary(month), settings.reportingLagMonths) <= settings.extraction;
  if (gone !== null && gone.on < boundary(0)) return { month: 0, cause: gone.cause };
  let month = 0;
  while (month < 12 && isKnown(month + 1)) {
    month++;
    for (let on = boundary(month - 1); on < boundary(month); on = addDays(on, 1)) {
      if (work.some((spell) => covers(spell, on))) return { month, cause: "placed" };
      if (gone?.on === on) return { month, cause: gone.cause };
    }
  }
  return { month, cause: "followed" };
}

/** Days worked in the second year before the index day; null where the register doesn't know the person that far back. */
export function placeboByHand(
  tables: CohortTables,
  settings: CohortSettings,
  row: { readonly person_number: string; readonly index_on: string },
): number | null {
  const { registered, work, anyWork } = spellsOf(tables, settings, row.person_number);
  const opens = addMonths(row.index_on, -24);
  const isKnown = [...registered, ...anyWork].some((spell) => spell.from_on <= opens);
  return isKnown ? daysWorked(work, opens, addMonths(row.index_on, -12)) : null;
}

function spellsOf(tables: CohortTables, settings: CohortSettings, number: string) {
  const own = (spell: { register: string; person_number: string }): boolean =>
    spell.register === settings.register && spell.person_number === number;
  const anyWork = tables.employment_spells.filter(own);
  return {
    registered: tables.jobseeker_spells.filter(own),
    anyWork,
    work: anyWork.filter((spell) => !settings.excludedContracts.includes(spell.contract)),
  };
}

/** The exit after which the person is neither registered nor employed on any day up to the window's end. */
function lastWord(
  registered: readonly JobseekerSpellRow[],
  anyWork: readonly EmploymentSpellRow[],
  closes: string,
): { readonly on: string; readonly cause: "died" | "deregistered" | "emigrated" } | null {
  const ends = (spell: { to_on: string | null }): string => spell.to_on ?? "9999-12-31";
  const begun = registered.filter((spell) => spell.from_on < closes);
  const on = begun.map(ends).sort().at(-1);
  if (on === undefined || on >= closes) return null;
  if (anyWork.some((spell) => spell.from_on < closes && ends(spell) > on)) return null;
  const lastDay = begun.filter((spell) => ends(spell) === on);
  const latest = lastDay
    .map(({ from_on }) => from_on)
    .sort()
    .at(-1);
  const exit = lastDay.find(({ from_on }) => from_on === latest)?.exit;
  return exit === "died" || exit === "deregistered" || exit === "emigrated" ? { on, cause: exit } : null;
}
