import { BRANCHES, CUT_OFF } from "./branches.ts";
import { day, iso, plusMonths, yearOf } from "./days.ts";
import type { Table } from "./files.ts";
import type { Qualification } from "./people.ts";
import type { Duo, Programme } from "./programme.ts";
import { at, type Random, randomOf } from "./random.ts";

/*
 * Monitoring of participants as the European Social Fund Plus asks for it, in the three Belgian regions, from 2022: one
 * row a participation and day on which a status on leaving was stated. Some take part beyond their duo, some haven't
 * left.
 */
const HEADER = [
  "mentee_id",
  "entry_date",
  "exit_date",
  "status_entry",
  "isced",
  "disability",
  "third_country",
  "foreign_background",
  "minority",
  "homeless",
  "rural",
  "status_date",
  "status_exit",
  "qualification_gained",
  "status_6_months",
  "improved",
];

const FUNDED: ReadonlySet<string> = new Set(
  BRANCHES.filter(({ region }) => ["brussels", "flanders", "wallonia"].includes(region)).map(({ id }) => id),
);
/** A level that a diploma doesn't say is asked for, and not always answered. */
const ISCED: Readonly<Record<Qualification, Readonly<Record<string, number>>>> = {
  low: { "0-2": 100 },
  medium: { "3-4": 100 },
  high: { "5-8": 100 },
  unknown: { "0-2": 34, "3-4": 37, "5-8": 24, "": 5 },
};
const LEAVING = { "job searching": 36, education: 17, employed: 33, inactive: 7, unknown: 3, "": 4 };

/** The records as exported, with rows to be refused added to the sound ones. */
export function drawEsf({ duos }: Pick<Programme, "duos">): Table {
  const random = randomOf("esf");
  const funded = duos.filter((duo) => FUNDED.has(duo.branch) && duo.started !== null && yearOf(duo.started) >= 2022);
  const rows = funded.flatMap((duo) => participation(duo, random));
  return { header: HEADER, rows: [...rows, ...refused(rows)] };
}

function participation(duo: Duo, random: Random): string[][] {
  const left = leavingOf(duo, random);
  const entry = [duo.mentee.id, iso(duo.started ?? 0), left === null ? "" : iso(left), ...factsOf(duo, random)];
  if (left === null || left > day(CUT_OFF)) return [[...entry, "", "", "", "", ""]];
  const status = duo.reason === "job_found" ? "employed" : random.weighted(LEAVING);
  const gained = random.weighted(status === "education" ? { yes: 20, no: 80, "": 0 } : { yes: 6, no: 89, "": 5 });
  const after = laterOf(left, status, random);
  const told = left + (random.chance(0.06) ? random.whole(29, 60) : random.whole(0, 28));
  const stated = Math.min(told, day(CUT_OFF));
  if (status === "" || random.chance(0.1)) return [[...entry, "", status, gained, ...after]];
  const last = [...entry, iso(stated), status, gained, ...after];
  if (stated - left < 4 || !random.chance(0.1)) return [last];
  return [[...entry, iso(left + random.whole(0, 3)), "job searching", "", ...after], last];
}

/**
 * Most leave on the duo's last day, some are followed for up to 18 months more. Who would leave after the export hasn't
 * yet, unless the day is near and written down ahead.
 */
function leavingOf({ ended }: Duo, random: Random): number | null {
  const left = (ended ?? 0) + (random.chance(0.15) ? random.whole(40, 540) : 0);
  return left > day(CUT_OFF) + 20 ? null : left;
}

/** Status on entry, level, and what holds for the person; what is sensitive may be refused. */
function factsOf({ mentee }: Duo, random: Random): string[] {
  const asked = (share: number) =>
    random.chance(0.05) ? random.pick(["refused", ""]) : random.chance(share) ? "yes" : "no";
  const foreign = mentee.person.origin !== "belgian";
  return [
    random.weighted({ unemployed: 48, "long-term": 33, inactive: 14, employed: 3, "": 2 }),
    random.weighted(ISCED[mentee.person.qualification]),
    asked(0.03),
    foreign && mentee.person.origin !== "eu" && random.chance(0.45) ? "yes" : "no",
    foreign && !random.chance(0.04) ? "yes" : asked(0),
    asked(0.12),
    asked(0.02),
    random.chance(0.015) ? "yes" : "no",
  ];
}

/** What was asked six months after leaving, where they are over and the person answered. */
function laterOf(left: number, status: string, random: Random): string[] {
  if (plusMonths(left, 6) > day(CUT_OFF) || random.chance(0.08)) return ["", ""];
  const works = random.chance(status === "employed" ? 0.84 : 0.34);
  const without = { "job searching": 60, education: 20, inactive: 15, unknown: 5 };
  const improved = random.weighted(works ? { yes: 9, no: 1 } : { yes: 3, no: 7 });
  return [works ? "employed" : random.weighted(without), improved];
}

/** A row twice, a mentee whom nobody knows, a person who left before entering, a code that isn't one. */
function refused(rows: readonly string[][]): string[][] {
  const changed = (position: number, cells: Readonly<Record<string, string>>) =>
    at(rows, position).map((cell, i) => cells[at(HEADER, i)] ?? cell);
  return [
    at(rows, 250),
    changed(400, { mentee_id: "SYN-E99999" }),
    changed(600, { entry_date: "2021-11-08", exit_date: "2021-10-29", status_date: "" }),
    changed(800, { entry_date: "2021-12-06", status_entry: "volunteer" }),
  ];
}
