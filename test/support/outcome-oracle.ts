import type { Person } from "./cohort-oracle.ts";
import type { CohortSettings, EmploymentSpellRow, OutcomeName, OutcomeValue } from "./cohort-oracle-rows.ts";
import { addDays, addMonths, compare, covers, dayNumber, monthOf, monthText } from "./days-oracle.ts";

/** One placement definition for one row: the window is [index day + after, index day + after + 12 months). */
export function outcomeOf(person: Person, on: string, outcome: OutcomeName, settings: CohortSettings): OutcomeValue {
  const opens = addMonths(on, outcome.after);
  const closes = addMonths(on, outcome.after + 12);
  return {
    ...outcome,
    mature: isMature(monthOf(on), outcome, settings),
    placed: isPlaced(person, on, opens, closes, outcome, settings),
    unknown: isUnknown(person, closes) || isOpenContract(person, on, opens, closes, outcome, settings),
  };
}

function isPlaced(
  person: Person,
  on: string,
  opens: string,
  closes: string,
  { definition }: OutcomeName,
  settings: CohortSettings,
): boolean {
  if (definition === "days90") return daysWorked(person.work, opens, closes) >= 90;
  if (definition === "at12") return person.work.some((spell) => covers(spell, addDays(closes, -1)));
  return person.work
    .filter((spell) => spell.from_on >= on && spell.from_on < closes)
    .filter((spell) => spell.to_on === null || spell.to_on >= opens)
    .some((spell) => (definition === "sustained6m" ? lasts(spell, 6, settings) : isLongContract(spell, settings)));
}

/** Not placed by a contract of three months, with one whose length nobody can tell yet. */
function isOpenContract(
  person: Person,
  on: string,
  opens: string,
  closes: string,
  outcome: OutcomeName,
  settings: CohortSettings,
): boolean {
  if (outcome.definition !== "contract3m" || settings.contractLength === "observed") return false;
  if (isPlaced(person, on, opens, closes, outcome, settings)) return false;
  return person.work.some(
    (spell) => spell.from_on >= on && spell.from_on < closes && spell.to_on === null && spell.contract_months === null,
  );
}

function isLongContract(spell: EmploymentSpellRow, settings: CohortSettings): boolean {
  if (settings.contractLength === "observed") return lasts(spell, 3, settings);
  if (spell.contract === "permanent") return true;
  return spell.contract_months === null ? lasts(spell, 3, settings) : spell.contract_months >= 3;
}

function lasts(spell: EmploymentSpellRow, months: number, settings: CohortSettings): boolean {
  return addMonths(spell.from_on, months) <= addDays(spell.to_on ?? settings.extraction, 1);
}

function isMature(month: number, { definition, after }: OutcomeName, settings: CohortSettings): boolean {
  const observed = definition === "contract3m" && settings.contractLength === "observed";
  const lookahead = definition === "sustained6m" ? 6 : observed ? 3 : 0;
  const lastDay = addDays(`${monthText(month + 1)}-01`, -1);
  const known = addMonths(addMonths(lastDay, after + 12), lookahead + settings.reportingLagMonths);
  return known <= settings.extraction;
}

/**
 * The spell of registration that ends last of those begun before the window's end (ties: the later begun) ended inside
 * by emigration or death, and no employment of any contract reaches beyond it.
 */
function isUnknown(person: Person, closes: string): boolean {
  const ends = (spell: { to_on: string | null }) => spell.to_on ?? "9999-12-31";
  const begun = person.registered.filter((spell) => spell.from_on < closes);
  const last = begun.sort((a, b) => compare(ends(b), ends(a)) || compare(b.from_on, a.from_on))[0];
  if (last === undefined || ends(last) >= closes) return false;
  if (last.exit !== "emigrated" && last.exit !== "died") return false;
  return !person.anyWork.some((spell) => spell.from_on < closes && ends(spell) > ends(last));
}

/** Distinct days worked in [from, until): each day is put in a set once, whatever the number of spells. */
export function daysWorked(work: readonly EmploymentSpellRow[], from: string, until: string): number {
  const days = new Set<number>();
  for (const spell of work) {
    const last = Math.min(dayNumber(spell.to_on ?? "9999-12-31"), dayNumber(until) - 1);
    for (let day = Math.max(dayNumber(spell.from_on), dayNumber(from)); day <= last; day++) days.add(day);
  }
  return days.size;
}
