import { calibrate, type Targets } from "./calibrate.ts";
import { day, yearOf } from "./days.ts";
import { chooseDonors } from "./donors.ts";
import { indexDay, liveOn, personOf, type Slot, spoil, standIn } from "./participants.ts";
import type { Person, Population, Qualification } from "./people.ts";
import { drawPool, startsElsewhere } from "./pool.ts";
import { at, type Random, randomOf } from "./random.ts";
import { controlsByCell, emptySlot, fillSlot, keyOf, startDays } from "./slots.ts";
import { type Participant, rowsOf, type Start, type Study } from "./study.ts";

/*
 * The published story, Brussels 2014-2016: participants and placements by quota, controls by chance and then nudged
 * until their weighted rates are the published ones. Nothing of it is written into an output: it is computed back.
 */
const QUALIFICATIONS = ["low", "medium", "high", "unknown"] as const;
type Quota = Readonly<Record<Qualification, number>>;

/** Participants matched, by year and qualification: 112 + 117 + 93 = 322. */
const MATCHED: Readonly<Record<string, Quota>> = {
  2014: { low: 45, medium: 31, high: 11, unknown: 25 },
  2015: { low: 47, medium: 33, high: 12, unknown: 25 },
  2016: { low: 38, medium: 26, high: 9, unknown: 20 },
};
/** Of them placed (days90, after 0): 48, 51 and 36. */
const PLACED: Readonly<Record<string, Quota>> = {
  2014: { low: 20, medium: 12, high: 6, unknown: 10 },
  2015: { low: 22, medium: 14, high: 5, unknown: 10 },
  2016: { low: 15, medium: 9, high: 4, unknown: 8 },
};
/** Weighted control rates published by year. */
const CONTROL_RATE: Readonly<Record<string, number>> = { 2014: 0.337, 2015: 0.305, 2016: 0.334 };
/** Control rates by qualification before the year's shift: the effect is the largest where the rate is lowest. */
const BASE_RATE: Quota = { low: 0.27, medium: 0.37, high: 0.45, unknown: 0.31 };
/** At risk without a match, in work on the start day, not registered on it. */
const LEAVERS: Readonly<Record<string, readonly number[]>> = { 2014: [1, 1, 1], 2015: [1, 2, 1], 2016: [1, 2, 1] };

const POPULATION: Population = {
  qualification: { low: 47, medium: 27, high: 8, unknown: 18 },
  origin: {
    maghreb: 40,
    sub_saharan_african: 25,
    near_middle_east: 10,
    other_european: 13,
    other_asian: 5,
    american: 1.6,
    belgian: 3,
    eu: 2.4,
  },
  gender: { woman: 45, man: 54.4, other: 0.6 },
  age: {
    "17": 2,
    "18": 4,
    "19": 6,
    "20": 6,
    "21": 6,
    "22": 6,
    "23": 6,
    "24": 6,
    "25": 6,
    "26": 6,
    "27": 6,
    "28": 6.5,
    "29": 7,
    "30": 8,
    "31": 9,
    "32": 9,
    "33": 5,
    "34": 2,
    "35": 1,
  },
  middle: "2015-07-01",
};

const STORY: Study = {
  name: "actiris-2018",
  register: "actiris",
  region: "brussels",
  years: [2014, 2015, 2016],
  seed: "sib-2014",
  extraction: "2018-03-31",
  pool: 8500,
  population: POPULATION,
  numberOf: (position) => `ACT-${String(position + 1).padStart(7, "0")}`,
};

/** A study with its persons: all of them are in the extract. */
export interface StudyPersons {
  readonly study: Study;
  readonly pool: readonly Person[];
  readonly participants: readonly Participant[];
  /** Persons of the pool whose duo started in another year. */
  readonly elsewhere: readonly Start[];
}

/** The register of 2018 and the participants of 2014-2016 in it. */
export function tellStory(log: (line: string) => void): StudyPersons {
  const random = randomOf("story");
  const size = STORY.pool + 322 + 14;
  const numbers = random.shuffled(Array.from({ length: size }, (_, i) => STORY.numberOf(i)));
  const pool = drawPool(STORY, numbers.slice(0, STORY.pool), randomOf("story pool"));
  const elsewhere = drawElsewhere(pool, random);
  const days = STORY.years.flatMap((year) => startDays(year, startsOf(year), random).sort((a, b) => a - b));
  const cells = controlsByCell(controlRows(pool, elsewhere, days, numbers.slice(STORY.pool)));
  const slots = fillSlots(days, cells, random);
  const persons = new Map(pool.map((person) => [person.number, person]));
  const participants = drawParticipants(slots, cells, persons, numbers.slice(STORY.pool), random);
  const starts = [...participants, ...elsewhere];
  const rows = rowsOf(STORY, pool, starts);
  log(`${rows.length} person-months at risk before calibration`);
  calibrate(rows, persons, targets(), day(STORY.extraction), randomOf("story calibration"), log);
  return { study: STORY, pool, participants, elsewhere };
}

function drawElsewhere(pool: readonly Person[], random: Random): Start[] {
  const taken = new Set<string>();
  return [...startsElsewhere(pool, 2013, 24, taken, random), ...startsElsewhere(pool, 2017, 90, taken, random)];
}

function startsOf(year: number): number {
  return total(ofYear(MATCHED, year)) + ofYear(LEAVERS, year).reduce((sum, n) => sum + n, 0);
}

/** Control rows given the start days alone: participants are put in as persons of no origin in the programme. */
function controlRows(pool: readonly Person[], elsewhere: readonly Start[], days: readonly number[], numbers: string[]) {
  const stand = days.map((on, i): Start => ({ person: standIn(at(numbers, i)), on }));
  return rowsOf(STORY, pool, [...stand, ...elsewhere]);
}

type Cells = ReturnType<typeof controlsByCell>;

/** Slots in the order of the start days: each year's quotas dealt at random over its days. */
function fillSlots(days: readonly number[], cells: Cells, random: Random): Slot[] {
  const slots: Slot[] = [];
  let next = 0;
  for (const year of STORY.years) {
    const quota = ofYear(MATCHED, year);
    const [unmatched = 0, inWork = 0, notRegistered = 0] = ofYear(LEAVERS, year);
    const wanted: (Qualification | "unmatched" | "in_work" | "not_registered")[] = [
      ...QUALIFICATIONS.flatMap((level) => Array<Qualification>(quota[level]).fill(level)),
      ...Array<"unmatched">(unmatched).fill("unmatched"),
      ...Array<"in_work">(inWork).fill("in_work"),
      ...Array<"not_registered">(notRegistered).fill("not_registered"),
    ];
    for (const want of random.shuffled(wanted)) {
      const on = at(days, next++);
      if (want === "unmatched") slots.push(emptySlot(on, year - 2014, cells));
      else if (want === "in_work" || want === "not_registered") {
        slots.push(must(fillSlot(on, want, { qualification: "low" }, cells, 1, random)));
      } else slots.push(fillMatched(on, want, slots, cells, random));
    }
  }
  return slots;
}

/** Four participants are of American origin: a level too small to be shown. */
function fillMatched(on: number, qualification: Qualification, slots: readonly Slot[], cells: Cells, random: Random) {
  const american = slots.filter((s) => s.origin === "american").length;
  const wanted = american < 4 && slots.length % 50 >= 20;
  const rare = wanted ? fillSlot(on, "at_risk", { qualification, origin: "american" }, cells, 1, random) : null;
  return rare ?? must(fillSlot(on, "at_risk", { qualification }, cells, 4, random));
}

function drawParticipants(
  slots: readonly Slot[],
  cells: Cells,
  pool: ReadonlyMap<string, Person>,
  numbers: readonly string[],
  random: Random,
): Participant[] {
  const extraction = day(STORY.extraction);
  const matched = slots.filter((slot) => slot.kind === "at_risk" && cells.has(keyOf(slot)));
  const donors = new Map(
    chooseDonors(matched, cells, pool, randomOf("story donors")).map((donor, i) => [at(matched, i), donor]),
  );
  const placedSlots = placedOf(matched, random);
  return slots.map((slot, i) => {
    const donor = donors.get(slot);
    const donorDay = donor === undefined ? slot.on : indexDay(donor.row);
    const person = personOf(at(numbers, i), slot, donor?.person ?? null, donorDay, random);
    if (slot.kind === "at_risk") liveOn(person, slot.on, placedSlots.has(slot), extraction, random);
    else spoil(person, slot, extraction, random);
    return { person, on: slot.on, kind: slot.kind };
  });
}

function placedOf(slots: readonly Slot[], random: Random): Set<Slot> {
  const placed = new Set<Slot>();
  for (const year of STORY.years) {
    for (const level of QUALIFICATIONS) {
      const cell = slots.filter((s) => yearOf(s.on) === year && s.qualification === level);
      for (const slot of random.shuffled(cell).slice(0, ofYear(PLACED, year)[level])) placed.add(slot);
    }
  }
  return placed;
}

/** The year's published rate spread over qualifications: the base rates, moved by one shift a year. */
function targets(): Targets {
  const all: Record<string, number> = {};
  for (const year of STORY.years) {
    const quota = ofYear(MATCHED, year);
    const base = QUALIFICATIONS.reduce((sum, level) => sum + quota[level] * BASE_RATE[level], 0) / total(quota);
    for (const level of QUALIFICATIONS) all[`${year}|${level}`] = BASE_RATE[level] + ofYear(CONTROL_RATE, year) - base;
  }
  return all;
}

function total(quota: Quota): number {
  return QUALIFICATIONS.reduce((sum, level) => sum + quota[level], 0);
}

/** What a table by year holds for one. */
function ofYear<T>(byYear: Readonly<Record<string, T>>, year: number): T {
  const value = byYear[String(year)];
  if (value === undefined) throw new Error(`nothing for ${year}`);
  return value;
}

function must<T>(value: T | null): T {
  if (value === null) throw new Error("no cell with enough controls");
  return value;
}
