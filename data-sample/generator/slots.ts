import type { PersonMonth } from "../../test/support/cohort-oracle-rows.ts";
import { monthOf } from "../../test/support/days-oracle.ts";
import { day, iso, workday } from "./days.ts";
import { cellOf, type Slot } from "./participants.ts";
import type { Gender, Origin, Qualification } from "./people.ts";
import { at, type Random } from "./random.ts";
import type { Participant } from "./study.ts";

/** Who takes part: younger than the jobseekers of the extract, and from further away. */
const AGES = { "18-21": 21, "22-25": 37, "26-29": 28, "30-33": 14 };
const GENDERS: Readonly<Record<Gender, number>> = { woman: 47, man: 53, other: 0 };
const ORIGINS: Readonly<Record<Exclude<Origin, "belgian" | "eu">, number>> = {
  maghreb: 36,
  sub_saharan_african: 33,
  near_middle_east: 13,
  other_european: 11,
  other_asian: 7,
  american: 0,
};

/** Start days of a year: working days, fewer in July, August and December. */
export function startDays(year: number, wanted: number, random: Random): number[] {
  const days: number[] = [];
  while (days.length < wanted) {
    const on = workday(day(`${year}-01-06`) + random.whole(0, 349));
    const quiet = ["07", "08", "12"].includes(iso(on).slice(5, 7));
    if (!quiet || random.chance(0.5)) days.push(on);
  }
  return days;
}

/** The controls at risk by month and cell: what a participant can be matched to. */
export function controlsByCell(rows: readonly PersonMonth[]): Map<string, PersonMonth[]> {
  const cells = new Map<string, PersonMonth[]>();
  for (const row of rows) {
    const key = `${row.month}|${cellOf(row)}`;
    const found = cells.get(key);
    if (found === undefined) cells.set(key, [row]);
    else found.push(row);
  }
  return cells;
}

/** A slot whose cell holds at least `least` controls in its month. */
export function fillSlot(
  on: number,
  kind: Participant["kind"],
  wanted: { readonly qualification: Qualification; readonly gender?: Gender; readonly origin?: Origin },
  cells: ReadonlyMap<string, readonly PersonMonth[]>,
  least: number,
  random: Random,
): Slot | null {
  for (let attempt = 0; attempt < 400; attempt++) {
    const gender = wanted.gender ?? random.weighted(GENDERS);
    const origin = wanted.origin ?? random.weighted(ORIGINS);
    const ageBand = random.weighted(AGES);
    const slot: Slot = { on, kind, qualification: wanted.qualification, gender, origin, ageBand };
    if (!meetsEmpty(slot) && (cells.get(keyOf(slot))?.length ?? 0) >= least) return slot;
  }
  return null;
}

/** Facts of a participant of whom no register tells. */
export function drawFacts(on: number, qualification: Qualification, gender: Gender | null, random: Random): Slot {
  const ageBand = random.weighted(AGES);
  const drawn = gender ?? random.weighted(GENDERS);
  return { on, kind: "at_risk", qualification, gender: drawn, origin: random.weighted(ORIGINS), ageBand };
}

/** Origins of which hardly anybody has a high diploma under 22; participants to be matched have none before 26. */
const RARE = ["other_asian", "other_european", "near_middle_east"] as const;

/** A slot whose cell holds no control in its month: at risk, and without match. Each `position` has its own origin. */
export function emptySlot(on: number, position: number, cells: ReadonlyMap<string, readonly PersonMonth[]>): Slot {
  const facts = { on, kind: "at_risk", ageBand: "18-21", qualification: "high", origin: at(RARE, position) } as const;
  const slots: Slot[] = [
    { ...facts, gender: "woman" },
    { ...facts, gender: "man" },
  ];
  const empty = slots.find((slot) => !cells.has(keyOf(slot)));
  if (empty === undefined) throw new Error(`controls stand in every cell of ${keyOf(at(slots, 0))}`);
  return empty;
}

/** Whether the slot's person could be a control, before the own start, of someone in an empty slot. */
function meetsEmpty(slot: Slot): boolean {
  const young = slot.ageBand === "18-21" || slot.ageBand === "22-25";
  return young && slot.qualification === "high" && RARE.some((origin) => origin === slot.origin);
}

/** Month and cell of a slot, as `controlsByCell` writes them. */
export function keyOf(slot: Slot): string {
  return [monthOf(iso(slot.on)), slot.ageBand, slot.gender, slot.origin, slot.qualification].join("|");
}
