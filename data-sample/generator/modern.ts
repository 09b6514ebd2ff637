import { day } from "./days.ts";
import { chooseDonors } from "./donors.ts";
import { indexDay, liveOn, personOf, type Slot, spoil, standIn } from "./participants.ts";
import type { Population, Qualification } from "./people.ts";
import { drawPool } from "./pool.ts";
import { at, type Random, randomOf } from "./random.ts";
import { controlsByCell, fillSlot, keyOf, startDays } from "./slots.ts";
import type { StudyPersons } from "./story.ts";
import { type Participant, rowsOf, type Study } from "./study.ts";

/*
 * The cohorts of 2022-2024 in Brussels and in Flanders: the same way of making them, with chances instead of quotas.
 * Participants' chance of a placement is some points above the controls'.
 */
const QUALIFICATIONS: Readonly<Record<Qualification, number>> = { low: 38, medium: 30, high: 12, unknown: 20 };
const PLACED: Readonly<Record<Qualification, number>> = { low: 0.35, medium: 0.42, high: 0.53, unknown: 0.37 };

const POPULATION: Population = {
  qualification: { low: 44, medium: 29, high: 9, unknown: 18 },
  origin: {
    maghreb: 34,
    sub_saharan_african: 29,
    near_middle_east: 17,
    other_european: 11,
    other_asian: 6,
    american: 0.6,
    belgian: 1.4,
    eu: 1,
  },
  gender: { woman: 46, man: 53.7, other: 0.3 },
  age: {
    "18": 4,
    "19": 6,
    "20": 6,
    "21": 7,
    "22": 7,
    "23": 7,
    "24": 7,
    "25": 7,
    "26": 7,
    "27": 7,
    "28": 7,
    "29": 7,
    "30": 7,
    "31": 6,
    "32": 5,
    "33": 3,
  },
  middle: "2023-07-01",
};

const shared = { years: [2022, 2023, 2024], extraction: "2026-03-31", population: POPULATION };

export const ACTIRIS_2026: Study = {
  ...shared,
  name: "actiris-2026",
  seed: "actiris-2024",
  register: "actiris",
  region: "brussels",
  pool: 2100,
  numberOf: (position) => `ACT-${String(position + 100_001).padStart(7, "0")}`,
};

export const VDAB_2026: Study = {
  ...shared,
  name: "vdab-2026",
  seed: "flanders-2024",
  register: "vdab",
  region: "flanders",
  pool: 1500,
  numberOf: (position) => `VDB-${String(position + 1).padStart(7, "0")}`,
};

/** A register of 2026 with so many linked participants a year. */
export function drawModern(study: Study, wanted: readonly number[]): StudyPersons {
  const random = randomOf(study.name);
  const days = study.years.flatMap((year, i) => startDays(year, at(wanted, i), random).sort((a, b) => a - b));
  const names = Array.from({ length: study.pool + days.length }, (_, i) => study.numberOf(i));
  const numbers = random.shuffled(names);
  const pool = drawPool(study, numbers.slice(0, study.pool), randomOf(`${study.name} pool`));
  const persons = new Map(pool.map((person) => [person.number, person]));
  const own = numbers.slice(study.pool);
  const rows = rowsOf(
    study,
    pool,
    days.map((on, i) => ({ on, person: standIn(at(own, i)) })),
  );
  const cells = controlsByCell(rows);
  const slots = days.map((on) => drawSlot(on, cells, random));
  const rooted = slots.filter((slot) => cells.has(keyOf(slot)));
  const donors = new Map(
    chooseDonors(rooted, cells, persons, randomOf(`${study.name} donors`)).map((donor, i) => [at(rooted, i), donor]),
  );
  const participants = slots.map((slot, i): Participant => {
    const donor = donors.get(slot);
    const donorDay = donor === undefined ? slot.on : indexDay(donor.row);
    const person = personOf(at(own, i), slot, donor?.person ?? null, donorDay, random);
    if (slot.kind !== "at_risk") spoil(person, slot, day(study.extraction), random);
    else liveOn(person, slot.on, random.chance(PLACED[slot.qualification]), day(study.extraction), random);
    return { person, on: slot.on, kind: slot.kind };
  });
  return { study, pool, participants, elsewhere: [] };
}

/** One slot in twenty may lie where nobody can be matched; a few aren't at risk. */
function drawSlot(on: number, cells: ReturnType<typeof controlsByCell>, random: Random): Slot {
  const qualification = random.weighted(QUALIFICATIONS);
  const kind = random.weighted({ at_risk: 965, in_work: 20, not_registered: 15 });
  const least = random.chance(0.05) ? 0 : 2;
  const slot = fillSlot(on, kind, { qualification }, cells, least, random);
  if (slot === null) throw new Error("no cell with enough controls");
  return slot;
}
