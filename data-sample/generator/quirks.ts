import type { Database } from "./database.ts";
import { day, iso } from "./days.ts";
import type { Table } from "./files.ts";
import { at, type Random, randomOf } from "./random.ts";
import type { Extract } from "./registers.ts";

/*
 * What real exports are like. Rows that have to be refused are added to the sound ones, never made of them, so that
 * the counts told by the README are those of the accepted rows. Each quirk stands in data-sample/README.md.
 */
type Row = readonly string[];

/** The programme's export with its quirks. */
export function spoilDatabase(database: Database): Database {
  const random = randomOf("quirks of the programme");
  const mentees = database.mentees.rows.map((row) => [...row]);
  const mentors = [...database.mentors.rows];
  const duos = database.duos.rows.map((row) => [...row]);
  const outcomes = [...database.outcomes.rows];
  overlapMentors(duos);
  for (const row of random.shuffled(mentees).slice(0, 25)) row[6] = "";
  for (const row of random.shuffled(mentees).slice(0, 6)) row[1] = ` ${row[1]}  `;
  for (const row of random.shuffled(duos).slice(0, 4)) row[2] = `${row[2]} `;
  const refused = refusedDuos(mentees.length, mentors.length, duos.length, at(at(mentors, 3), 0));
  outcomes.push(
    [at(at(duos, duos.length - 1), 0), "2026-04-14", "unknown", "", ""],
    [at(at(duos, duos.length - 3), 0), "2026-04-14", "unknown", "", ""],
    [at(at(duos, 900), 0), "2019-03-02", "volunteering", "2019-02-01", ""],
    [at(at(refused.duos, 0), 0), "2020-10-01", "job", "2020-09-01", "6"],
    at(outcomes, 1200),
  );
  return {
    ...database,
    mentees: { ...database.mentees, rows: [...mentees, ...refused.mentees, at(mentees, 700), at(mentees, 2500)] },
    mentors: { ...database.mentors, rows: [...mentors, ...refused.mentors, at(mentors, 40)] },
    duos: {
      ...database.duos,
      rows: [...withRepeats(duos, [310, 1999, 3500]), ...refused.duos],
    },
    outcomes: { ...database.outcomes, rows: outcomes },
  };
}

/** Three mentors whose duo is said to have ended after the next one started. */
function overlapMentors(duos: string[][]): void {
  let made = 0;
  for (const duo of duos) {
    const next = duos.find((other) => other[2] === duo[2] && other !== duo && (other[7] ?? "") > (duo[7] ?? ""));
    if (made === 3 || next === undefined || duo[7] === "") continue;
    const end = day(next[7] ?? "") + 12;
    if (end > day(duo[7] ?? "") + 212 || (next[8] ?? "") <= iso(end) || end > day("2020-01-01")) continue;
    duo[8] = iso(end);
    duo[10] = "";
    made++;
  }
  if (made < 3) throw new Error("no duos to overlap");
}

/** Duos that the programme's rules or the file's own dates refuse, with mentees and mentors of their own. */
function refusedDuos(mentees: number, mentors: number, duos: number, mentor: string) {
  const added: { mentees: string[][]; mentors: string[][]; duos: string[][] } = { mentees: [], mentors: [], duos: [] };
  const mentee = (birth: string, gender = "F") => {
    const id = `SYN-E${String(mentees + added.mentees.length + 1).padStart(5, "0")}`;
    const facts = [birth, gender, "Maghreb", "ISCED 3-4", "2019-12-02", "2020-01-13"];
    added.mentees.push([id, "SYN-BRU1", "", ...facts]);
    return id;
  };
  const young = (birth: string) => {
    const id = `SYN-R${String(mentors + added.mentors.length + 1).padStart(5, "0")}`;
    added.mentors.push([id, "SYN-BRU1", birth, "M", "industry", "2019-10-07", "2019-11-04", "2019-12-09"]);
    return id;
  };
  const duo = (
    menteeId: string,
    mentorId: string,
    started = "2020-02-24",
    ended = "2020-08-24",
    reason = "completed",
  ) => {
    const id = `SYN-D${String(duos + added.duos.length + 1).padStart(5, "0")}`;
    added.duos.push([
      id,
      menteeId,
      mentorId,
      "SYN-BRU1",
      "2020-02-03",
      "2020-02-12",
      "yes",
      started,
      ended,
      reason,
      "",
    ]);
  };
  duo(mentee("1984-05-20"), mentor);
  duo(mentee("1983-01-11"), mentor);
  duo(mentee("1985-12-30", "M"), mentor);
  duo(mentee("2002-03-01", "M"), mentor);
  duo(mentee("1996-04-04"), young("1973-06-15"));
  duo(mentee("1997-09-23", "M"), young("1971-02-28"));
  duo(mentee("1995-07-07"), mentor, "2020-02-24", "2020-01-24");
  duo(mentee("1995-08-08"), mentor, "2020-02-31");
  duo(mentee("1995-09-09"), mentor, "2020-02-24", "2020-08-24", "ghosted");
  duo("SYN-E99999", mentor);
  mentee("1994-10-10", "?");
  return added;
}

/** The 2018 extract with its quirks; persons who can't be in any arm carry those that would change a risk set. */
export function spoilExtract(extract: Extract, cutOff: { readonly late: string; readonly many: boolean }): Extract {
  const random = randomOf(`quirks of ${cutOff.late}`);
  const outside = extract.persons.rows.filter((row) => row[3] === "Belgique").map((row) => at(row, 0));
  const number = (i: number) => at(outside, i);
  const repeats = cutOff.many ? 2 : 1;
  const persons = withRepeats(extract.persons.rows, positions(extract.persons, repeats, random));
  const registrations = withRepeats(extract.registrations.rows, positions(extract.registrations, repeats, random));
  const jobs = withRepeats(extract.jobs.rows, positions(extract.jobs, 2 * repeats, random));
  const late: Row[] = [[number(0), cutOff.late, "", "CDD", "6", "1,00"]];
  if (!cutOff.many) return assembled(extract, persons, registrations, [...jobs, ...late]);
  for (const row of random.shuffled(jobs).slice(0, 4)) swap(jobs, row, (cells) => [`  ${cells[0]}`, ...cells.slice(1)]);
  for (const row of random.shuffled(jobs).slice(0, 4))
    swap(jobs, row, (cells) => cells.map((c, i) => (i === 3 ? ` ${c} ` : c)));
  return assembled(
    extract,
    [...persons, ["ACT-0900001", "", "F", "Maghreb", "Faible", "fictif"]],
    [
      ...registrations,
      ...overlappingSpells(outside),
      [number(4), "31/02/2016", "15/06/2016", "Autre"],
      ["ACT-0999999", "01/03/2015", "01/06/2015", "Emploi"],
    ],
    [
      ...jobs,
      ...late,
      [number(1), "16/04/2018", "", "CDI", "", "1,00"],
      ...overlappingJobs(outside),
      ...refusedJobs(number(5)),
    ],
  );
}

function overlappingSpells(outside: readonly string[]): Row[] {
  return outside.slice(10, 13).flatMap((number) => [
    [number, "01/02/2011", "30/06/2011", "Formation"],
    [number, "01/05/2011", "31/08/2011", "Radiation"],
  ]);
}

function overlappingJobs(outside: readonly string[]): Row[] {
  return outside.slice(14, 18).flatMap((number) => [
    [number, "03/01/2011", "30/04/2011", "CDD", "4", "0,50"],
    [number, "01/03/2011", "31/05/2011", "CDD", "3", "0,50"],
  ]);
}

/** A contract that isn't in the codes, a spell that ends before it begins, a person who isn't in the extract. */
function refusedJobs(number: string): Row[] {
  return [
    [number, "02/05/2016", "31/08/2016", "Bénévolat", "4", "0,50"],
    [number, "01/09/2016", "31/08/2015", "CDD", "12", "1,00"],
    ["ACT-0999999", "01/06/2015", "30/11/2015", "CDD", "6", "1,00"],
  ];
}

function assembled(
  extract: Extract,
  persons: readonly Row[],
  registrations: readonly Row[],
  jobs: readonly Row[],
): Extract {
  return {
    persons: { ...extract.persons, rows: persons },
    registrations: { ...extract.registrations, rows: registrations },
    jobs: { ...extract.jobs, rows: jobs },
  };
}

function swap(rows: Row[], row: Row, change: (cells: Row) => Row): void {
  rows[rows.indexOf(row)] = change(row);
}

function positions(table: Table, wanted: number, random: Random): number[] {
  return Array.from({ length: wanted }, () => random.whole(10, table.rows.length - 10));
}

/** The rows with some of them once more, right behind. */
function withRepeats(rows: readonly Row[], repeated: readonly number[]): Row[] {
  return rows.flatMap((row, i) => (repeated.includes(i) ? [row, row] : [row]));
}
