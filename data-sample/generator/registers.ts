import { iso, slashed } from "./days.ts";
import type { Sheet, Table } from "./files.ts";
import type { Contract, Exit, Gender, Job, Origin, Person, Qualification } from "./people.ts";
import type { Random } from "./random.ts";
import type { StudyPersons } from "./story.ts";

/* What the two employment services call things: Actiris in French, VDAB in Dutch. */
const FRENCH = {
  gender: { woman: "F", man: "H", other: "X" } satisfies Record<Gender, string>,
  origin: {
    belgian: "Belgique",
    eu: "Union européenne",
    other_european: "Europe hors UE",
    maghreb: "Maghreb",
    sub_saharan_african: "Afrique subsaharienne",
    near_middle_east: "Proche et Moyen-Orient",
    other_asian: "Autre Asie",
    american: "Amérique",
  } satisfies Record<Origin, string>,
  qualification: {
    low: "Faible",
    medium: "Moyen",
    high: "Élevé",
    unknown: "Non reconnu",
  } satisfies Record<Qualification, string>,
  exit: {
    work: "Emploi",
    training: "Formation",
    deregistered: "Radiation",
    emigrated: "Départ à l'étranger",
    died: "Décès",
    other: "Autre",
  } satisfies Record<Exit, string>,
  contract: {
    permanent: "CDI",
    fixed_term: "CDD",
    agency: "Intérim",
    self_employed: "Indépendant",
    subsidised: "Emploi aidé",
    student: "Étudiant",
  } satisfies Record<Contract, string>,
};

const DUTCH = {
  gender: { woman: "V", man: "M", other: "X" } satisfies Record<Gender, string>,
  origin: {
    belgian: "België",
    eu: "Europese Unie",
    other_european: "Europa buiten EU",
    maghreb: "Maghreb",
    sub_saharan_african: "Sub-Saharaans Afrika",
    near_middle_east: "Nabije en Midden-Oosten",
    other_asian: "Ander Azië",
    american: "Amerika",
  } satisfies Record<Origin, string>,
  qualification: {
    low: "Laaggeschoold",
    medium: "Middengeschoold",
    high: "Hooggeschoold",
    unknown: "Niet erkend diploma",
  } satisfies Record<Qualification, string>,
  exit: {
    work: "Werk",
    training: "Opleiding",
    deregistered: "Uitschrijving",
    emigrated: "Vertrek naar buitenland",
    died: "Overlijden",
    other: "Andere",
  } satisfies Record<Exit, string>,
  contract: {
    permanent: "Vast",
    fixed_term: "Bepaalde duur",
    agency: "Uitzendarbeid",
    self_employed: "Zelfstandig",
    subsidised: "Gesubsidieerd",
    student: "Studentenarbeid",
  } satisfies Record<Contract, string>,
};

/** The three tables of an Actiris extract, rows by person number. */
export interface Extract {
  readonly persons: Table;
  readonly registrations: Table;
  readonly jobs: Table;
}

export function actirisExtract({ pool, participants }: StudyPersons): Extract {
  const persons = byNumber([...pool, ...participants.map((p) => p.person)]);
  return {
    persons: {
      header: ["NUMÉRO", "DATE_NAISSANCE", "SEXE", "ORIGINE", "NIVEAU_ÉTUDES", "STATUT_DONNÉES"],
      rows: persons.map((p) => [
        p.number,
        slashed(p.birth),
        FRENCH.gender[p.gender],
        FRENCH.origin[p.origin],
        FRENCH.qualification[p.qualification],
        "fictif",
      ]),
    },
    registrations: {
      header: ["NUMÉRO", "DATE_DÉBUT", "DATE_FIN", "MOTIF_SORTIE"],
      rows: persons.flatMap((p) =>
        p.registrations.map((s) => [p.number, slashed(s.from), slashedOrNone(s.to), s.exit ? FRENCH.exit[s.exit] : ""]),
      ),
    },
    jobs: {
      header: ["NUMÉRO", "DATE_DÉBUT", "DATE_FIN", "CONTRAT", "DURÉE_MOIS", "FRACTION"],
      rows: persons.flatMap((p) =>
        p.jobs.map((j) => [
          p.number,
          slashed(j.from),
          slashedOrNone(j.to),
          FRENCH.contract[j.contract],
          j.months === null ? "" : String(j.months),
          j.fraction.toFixed(2).replace(".", ","),
        ]),
      ),
    },
  };
}

/** The three sheets of a VDAB extract, with its quirks: repeated rows, a late one, a contract that isn't in the codes. */
export function vdabSheets({ pool, participants }: StudyPersons, random: Random): Sheet[] {
  const persons = byNumber([...pool, ...participants.map((p) => p.person)]);
  const jobs = persons.flatMap((p) => p.jobs.map((j) => dutchJob(p, j)));
  const twice = [random.pick(jobs), random.pick(jobs)];
  const late = random.pick(persons);
  return [
    {
      name: "Werkzoekenden",
      header: ["Klantnummer", "Geboortedatum", "Geslacht", "Herkomst", "Opleidingsniveau"],
      rows: persons.map((p) => [
        p.number,
        dated(p.birth),
        DUTCH.gender[p.gender],
        DUTCH.origin[p.origin],
        DUTCH.qualification[p.qualification],
      ]),
    },
    {
      name: "Inschrijvingen",
      header: ["Klantnummer", "Van", "Tot", "Reden uitschrijving"],
      rows: persons.flatMap((p) =>
        p.registrations.map((s) => [p.number, dated(s.from), datedOrNone(s.to), s.exit ? DUTCH.exit[s.exit] : null]),
      ),
    },
    {
      name: "Tewerkstellingen",
      header: ["Klantnummer", "Van", "Tot", "Contracttype", "Duur (maanden)", "Tewerkstellingsbreuk"],
      rows: [
        ...jobs,
        ...twice,
        [late.number, new Date("2026-04-07"), null, DUTCH.contract.agency, 1, 1],
        [late.number, new Date("2025-02-03"), new Date("2025-02-28"), "Vrijwilligerswerk", 1, 0.5],
      ],
    },
  ];
}

function dutchJob(p: Person, j: Job): (string | number | Date | null)[] {
  return [p.number, dated(j.from), datedOrNone(j.to), DUTCH.contract[j.contract], j.months, j.fraction];
}

function byNumber(persons: readonly Person[]): Person[] {
  return [...persons].sort((a, b) => (a.number < b.number ? -1 : 1));
}

function slashedOrNone(on: number | null): string {
  return on === null ? "" : slashed(on);
}

function dated(on: number): Date {
  return new Date(iso(on));
}

function datedOrNone(on: number | null): Date | null {
  return on === null ? null : dated(on);
}
