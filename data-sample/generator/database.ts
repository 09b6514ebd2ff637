import { BRANCHES } from "./branches.ts";
import { iso } from "./days.ts";
import type { Declared } from "./declared.ts";
import type { Table } from "./files.ts";
import type { Mentor } from "./mentors.ts";
import type { Gender, Origin, Qualification } from "./people.ts";
import type { Duo, Mentee, Programme } from "./programme.ts";

/* The programme's own database as it exports it: ISO dates, headers that grew over the years. */
const GENDER: Readonly<Record<Gender, string>> = { woman: "F", man: "M", other: "X" };
const ORIGIN: Readonly<Record<Origin, string>> = {
  belgian: "Belgium",
  eu: "EU",
  other_european: "Europe outside EU",
  maghreb: "Maghreb",
  sub_saharan_african: "Sub-Saharan Africa",
  near_middle_east: "Near and Middle East",
  other_asian: "Asia (other)",
  american: "Americas",
};
const DIPLOMA: Readonly<Record<Qualification, string>> = {
  low: "ISCED 0-2",
  medium: "ISCED 3-4",
  high: "ISCED 5-8",
  unknown: "not recognised",
};

export interface Database {
  readonly branches: Table;
  readonly mentees: Table;
  readonly mentors: Table;
  readonly duos: Table;
  readonly outcomes: Table;
}

export function databaseOf({ mentees, mentors, duos }: Programme, declared: readonly Declared[]): Database {
  return {
    branches: {
      header: ["branch_id", "antenne", "region", "opened", "remark"],
      rows: BRANCHES.map((b) => [b.id, b.name, b.region, String(b.opened), "synthetic"]),
    },
    mentees: {
      header: [
        "mentee_id",
        "branch",
        "no_demandeur_emploi",
        "birth_date",
        "gender",
        "origin",
        "diploma",
        "info_session",
        "intake",
      ],
      rows: mentees.map(menteeRow),
    },
    mentors: {
      header: [
        "mentor_id",
        "branch",
        "birth_date",
        "gender",
        "former_sector",
        "info_session",
        "intake",
        "training_done",
      ],
      rows: mentors.map(mentorRow),
    },
    duos: {
      header: [
        "duo_id",
        "mentee_id",
        "mentor_id",
        "branch",
        "matching_session",
        "first_meeting",
        "match_validated",
        "agreement_signed",
        "end_date",
        "end_reason",
        "assessment",
      ],
      rows: duos.map(duoRow),
    },
    outcomes: {
      header: ["duo_id", "asked_on", "solution", "since", "contract_months"],
      rows: declared.map((d) => [
        d.duo.id,
        iso(d.on),
        d.solution,
        isoOrNone(d.since),
        d.months === null ? "" : String(d.months),
      ]),
    },
  };
}

function menteeRow(m: Mentee): string[] {
  const { birth, gender, origin, qualification } = m.person;
  const facts = [iso(birth), GENDER[gender], ORIGIN[origin], DIPLOMA[qualification]];
  return [m.id, m.branch, m.number ?? "", ...facts, iso(m.info), isoOrNone(m.intake)];
}

function mentorRow(m: Mentor): string[] {
  return [m.id, m.branch, iso(m.birth), GENDER[m.gender], m.sector, iso(m.info), iso(m.intake), iso(m.trained)];
}

function duoRow(d: Duo): string[] {
  const validated = d.started !== null ? "yes" : d.met === null ? "" : "no";
  const days = [iso(d.matched), isoOrNone(d.met), validated, isoOrNone(d.started), isoOrNone(d.ended)];
  return [d.id, d.mentee.id, d.mentor.id, d.branch, ...days, (d.reason ?? "").replace("_", " "), isoOrNone(d.assessed)];
}

function isoOrNone(on: number | null): string {
  return on === null ? "" : iso(on);
}
