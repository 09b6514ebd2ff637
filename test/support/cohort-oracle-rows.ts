/* What the slow account of a cohort reads, is told and gives, as plain rows; days are ISO texts. */

export interface BranchRow {
  readonly branch_id: string;
  readonly region: string;
}
export interface MenteeRow {
  readonly mentee_id: string;
  readonly person_number: string | null;
}
export interface DuoRow {
  readonly duo_id: string;
  readonly mentee_id: string;
  readonly branch_id: string;
  readonly started_on: string | null;
}
export interface JobseekerRow {
  readonly register: string;
  readonly person_number: string;
  readonly birth_on: string;
  readonly gender: string;
  readonly origin: string;
  readonly qualification: string;
}
export interface JobseekerSpellRow {
  readonly register: string;
  readonly person_number: string;
  readonly from_on: string;
  readonly to_on: string | null;
  readonly exit: string | null;
}
export interface EmploymentSpellRow {
  readonly register: string;
  readonly person_number: string;
  readonly from_on: string;
  readonly to_on: string | null;
  readonly contract: string;
  readonly contract_months: number | null;
}
/** The staged tables that the cohort is made of, as plain rows. */
export interface CohortTables {
  readonly branches: readonly BranchRow[];
  readonly mentees: readonly MenteeRow[];
  readonly duos: readonly DuoRow[];
  readonly jobseekers: readonly JobseekerRow[];
  readonly jobseeker_spells: readonly JobseekerSpellRow[];
  readonly employment_spells: readonly EmploymentSpellRow[];
}

export interface OutcomeName {
  readonly definition: "days90" | "contract3m" | "at12" | "sustained6m";
  /** Months after the index day at which the window opens. */
  readonly after: number;
}
export interface CohortSettings {
  readonly region: string;
  readonly register: string;
  readonly years: readonly number[];
  readonly seed: string;
  readonly eligibility: { readonly ageFrom: number; readonly ageTo: number; readonly origins: readonly string[] };
  readonly excludedContracts: readonly string[];
  readonly ageBands: readonly number[];
  readonly index: "start-day" | "first-of-month";
  readonly reuse: "every-month" | "once";
  readonly extraction: string;
  readonly reportingLagMonths: number;
  readonly outcomes: readonly OutcomeName[];
  readonly contractLength: "contractual" | "observed";
}

export interface OutcomeValue extends OutcomeName {
  /** The month is mature for this outcome; immature rows leave both arms. */
  readonly mature: boolean;
  readonly placed: boolean;
  /** Emigrated or died in follow-up and was not seen again: what happened is not known. */
  readonly unknown: boolean;
}
/** One row per person and index month: a participant on the start day, or a control on the day drawn. */
export interface PersonMonth {
  readonly arm: "participant" | "control";
  /** Position among the register's persons ordered by (register, person_number), from 1. */
  readonly person_key: number;
  readonly person_number: string;
  readonly mentee_id: string | null;
  readonly year: number;
  /** year * 12 + month - 1 */
  readonly month: number;
  readonly index_on: string;
  readonly covariates: Readonly<Record<string, string>>;
  readonly outcomes: readonly OutcomeValue[];
}
export interface CohortResult {
  readonly rows: readonly PersonMonth[];
  /** One leaving reason a mentee whose first duo lies in region and years; `at_risk` counts those who stay. */
  readonly participants: Readonly<Record<string, number>>;
  /** Likewise a person-month of a jobseeker, over all index months. */
  readonly controls: Readonly<Record<string, number>>;
}
