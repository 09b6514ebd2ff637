import { cohortByHand } from "../../test/support/cohort-oracle.ts";
import type { CohortSettings, CohortTables, PersonMonth } from "../../test/support/cohort-oracle-rows.ts";
import { iso } from "./days.ts";
import { type Person, type Population, stagedRows } from "./people.ts";

/** A cohort study over one register: who is in the extract, when it was made, which years are followed. */
export interface Study {
  readonly name: string;
  readonly register: string;
  readonly region: string;
  readonly years: readonly number[];
  /** Of the pipeline that reads the register: it draws the controls' index days. */
  readonly seed: string;
  readonly extraction: string;
  /** Persons of the extract who aren't participants of the study. */
  readonly pool: number;
  readonly population: Population;
  readonly numberOf: (position: number) => string;
}

/** A participant of the study: a person of the register and the day on which the duo started. */
export interface Participant {
  readonly person: Person;
  readonly on: number;
  /** At risk on the day, or the reason why not. */
  readonly kind: "at_risk" | "in_work" | "not_registered";
}
/** A person of the pool whose duo started in another year: a participant elsewhere, no control from then on. */
export interface Start {
  readonly person: Person;
  readonly on: number;
}

export const OUTCOME = { definition: "days90", after: 0 } as const;
export const ORIGINS = [
  "other_european",
  "maghreb",
  "sub_saharan_african",
  "near_middle_east",
  "other_asian",
  "american",
] as const;

/** The settings of the published protocol, on a study. */
function settingsOf(study: Study): CohortSettings {
  return {
    region: study.region,
    register: study.register,
    years: study.years,
    seed: study.seed,
    eligibility: { ageFrom: 18, ageTo: 33, origins: ORIGINS },
    excludedContracts: ["student"],
    ageBands: [18, 22, 26, 30],
    index: "start-day",
    reuse: "every-month",
    extraction: study.extraction,
    reportingLagMonths: 2,
    outcomes: [OUTCOME],
    contractLength: "contractual",
  };
}

/** Person-months of both arms, as the oracle sees them. */
export function rowsOf(study: Study, pool: readonly Person[], starts: readonly Start[]): readonly PersonMonth[] {
  return cohortByHand(tablesOf(study, pool, starts), settingsOf(study)).rows;
}

/** The study as staged tables, one mentee and one duo a start. */
function tablesOf(study: Study, pool: readonly Person[], starts: readonly Start[]): CohortTables {
  const persons = new Set([...pool, ...starts.map((start) => start.person)]);
  const staged = [...persons].map((person) => stagedRows(person, study.register));
  return {
    branches: [{ branch_id: "B", region: study.region }],
    mentees: starts.map(({ person }, i) => ({ mentee_id: menteeId(i), person_number: person.number })),
    duos: starts.map(({ on }, i) => ({
      duo_id: menteeId(i),
      mentee_id: menteeId(i),
      branch_id: "B",
      started_on: iso(on),
    })),
    jobseekers: staged.map((s) => s.jobseeker),
    jobseeker_spells: staged.flatMap((s) => s.spells),
    employment_spells: staged.flatMap((s) => s.jobs),
  };
}

function menteeId(position: number): string {
  return `M${String(position).padStart(6, "0")}`;
}
