import type { StagedTable } from "../../catalogue/staging.ts";
import type { SqlParameters } from "../../engine/engine.ts";

/**
 * Whether a row that breaks a rule is left out and sent back, or kept and counted; a mapping may choose the other, or
 * stop the run.
 */
export type Severity = "reject" | "warn";

/** One row rule. `sentence` follows "FILE row R, `COLUMN`: 'VALUE' " and holds {detail}; it says what is wrong and what to do. */
export interface RowRule {
  readonly code: string;
  readonly severity: Severity;
  readonly sentence: string;
  /** By table, the rule's SELECT in queries/staging/rules/; absent: checked while cells are read. */
  readonly sql?: Readonly<Partial<Record<StagedTable, string>>>;
}

/** Settings of the rules that have any: ages in completed years. */
export interface RuleSettings {
  readonly menteeAges: readonly [from: number, to: number];
  readonly mentorFromAge: number;
  /** Day (ISO) before which no duo can have started. */
  readonly programmeFrom: string;
}

/** The programme's own rules (mentees of 18 to 33, mentors of 50 and over, duos since 2013). */
export const RULE_SETTINGS: RuleSettings = { menteeAges: [18, 33], mentorFromAge: 50, programmeFrom: "2013-01-01" };

/** The programme's ages and first day, as the parameters that rules have in SQL. */
export const ruleParameters = (settings: RuleSettings): SqlParameters => ({
  mentee_from: settings.menteeAges[0],
  mentee_to: settings.menteeAges[1],
  mentor_from: settings.mentorFromAge,
  programme_from: settings.programmeFrom,
});

/** Whether rows that break a rule may be kept with a warning: not where a cell has no value or a key comes twice. */
export const isAdjustable = (rule: RowRule): boolean =>
  rule.sql !== undefined && rule.code !== "duplicate" && rule.code !== "contradiction";

const eachTable = (rule: string, ...tables: readonly StagedTable[]): Readonly<Partial<Record<StagedTable, string>>> =>
  Object.fromEntries(tables.map((table) => [table, `${rule}_${table}`]));

/** Every row rule, in the order in which they are asked; `duplicate` is last, so that the first acceptable row stays. */
export const ROW_RULES: readonly RowRule[] = [
  {
    code: "ragged",
    severity: "reject",
    sentence: "has the wrong number of cells ({detail}); quote cells that hold the separator, or repair the line",
  },
  { code: "unclosed_quote", severity: "reject", sentence: "opens a quote that is never closed; close or double it" },
  {
    code: "stray_quote",
    severity: "reject",
    sentence: "has a quote inside a quoted cell that is not doubled; double it",
  },
  { code: "not_json", severity: "reject", sentence: "is not an object with one value a column; export it again" },
  {
    code: "nested",
    severity: "reject",
    sentence: "holds a list or an object where one value is expected ({detail}); export one value a column",
  },
  { code: "repeated_header", severity: "reject", sentence: "repeats the column names; remove it" },
  {
    code: "several_rows",
    severity: "warn",
    sentence: "has a quoted cell of several lines, each of which may be a row; close or remove the quote if they are",
  },
  {
    code: "other_quotes",
    severity: "warn",
    sentence: "stands in quotes that were read as text; use the same quotes as in the other rows",
  },
  {
    code: "formula_text",
    severity: "warn",
    sentence: "holds a text as a formula and was read as that text; write the text itself, in a column of texts",
  },
  {
    code: "not_finite",
    severity: "warn",
    sentence: "stands in {detail} and is no number in JSON; it was read as a text: write null where there is no value",
  },
  {
    code: "percentage",
    severity: "warn",
    sentence:
      "is a column shown as percentages from here on; the numbers behind them were read, 0.5 for 50 %: check that they are meant so",
  },
  { code: "total_row", severity: "warn", sentence: "names a total and was read as a row; remove it if it is none" },
  { code: "padded", severity: "warn", sentence: "has too few cells ({detail}); the missing cells were read as empty" },
  {
    code: "formula_without_value",
    severity: "reject",
    sentence: "has a formula without a stored value; open and save the workbook in Excel",
  },
  {
    code: "not_computed",
    severity: "reject",
    sentence: "does not allow computing {detail}; correct the cells, or the function in the mapping",
  },
  { code: "missing", severity: "reject", sentence: "is missing; fill it in" },
  { code: "not_a_date", severity: "reject", sentence: "is not a date (expected {detail})" },
  { code: "not_a_number", severity: "reject", sentence: "is not a number (expected e.g. {detail})" },
  { code: "not_a_whole_number", severity: "reject", sentence: "is not a whole number (expected e.g. {detail})" },
  {
    code: "unknown_code",
    severity: "reject",
    sentence: "is not a known code (known: {detail}); correct it, or add it to the mapping's codes",
  },
  {
    code: "spreadsheet_error",
    severity: "reject",
    sentence:
      "is what a spreadsheet writes for a formula that failed; write the value, or list it in the mapping's nulls",
    sql: eachTable("spreadsheet_error", "branches", "mentees", "mentors", "duos", "budget", "jobseekers"),
  },
  {
    code: "unknown_branch",
    severity: "reject",
    sentence: "is not among the accepted branches; correct it, or add the branch",
    sql: eachTable("unknown_branch", "mentees", "mentors", "duos"),
  },
  {
    code: "unknown_mentee",
    severity: "reject",
    sentence: "is not among the accepted mentees; correct it, or add or repair the mentee",
    sql: eachTable("unknown_mentee", "duos", "esf_records"),
  },
  {
    code: "unknown_mentor",
    severity: "reject",
    sentence: "is not among the accepted mentors; correct it, or add or repair the mentor",
    sql: eachTable("unknown_mentor", "duos"),
  },
  {
    code: "unknown_duo",
    severity: "reject",
    sentence: "is not among the accepted duos; correct it, or add or repair the duo",
    sql: eachTable("unknown_duo", "declared_outcomes"),
  },
  {
    code: "unknown_region",
    severity: "reject",
    sentence: "has no accepted branch; correct it, or write network for what all regions share",
    sql: eachTable("unknown_region", "budget"),
  },
  {
    code: "unknown_jobseeker",
    severity: "reject",
    sentence: "is not among the register's accepted jobseekers; correct it, or add or repair the jobseeker",
    sql: eachTable("unknown_jobseeker", "jobseeker_spells", "employment_spells"),
  },
  {
    code: "spell_order",
    severity: "reject",
    sentence: "lies before the spell's first day, {detail}; correct one of the two",
    sql: eachTable("spell_order", "jobseeker_spells", "employment_spells"),
  },
  {
    code: "duo_order",
    severity: "reject",
    sentence: "lies before the duo's start, {detail}; correct one of the two",
    sql: { duos: "duo_order" },
  },
  {
    code: "esf_order",
    severity: "reject",
    sentence: "lies before the participation's first day, {detail}; correct one of the two",
    sql: { esf_records: "esf_order" },
  },
  {
    code: "negative",
    severity: "reject",
    sentence: "is below zero; write what was spent as a positive amount",
    sql: { budget: "negative_budget" },
  },
  {
    code: "eligibility_age",
    severity: "reject",
    sentence: "is outside the programme's ages for a mentee born on {detail}; correct the date of birth or the start",
    sql: { duos: "eligibility_age" },
  },
  {
    code: "eligibility_mentor_age",
    severity: "reject",
    sentence:
      "is too early for a mentor born on {detail}, by the programme's age; correct the date of birth or the start",
    sql: { duos: "eligibility_mentor_age" },
  },
  {
    code: "birth_range",
    severity: "warn",
    sentence: "makes the person younger than 14 or older than 100 on the day of the extract, {detail}; check it",
    sql: eachTable("birth_range", "mentees", "mentors", "jobseekers"),
  },
  {
    code: "before_programme",
    severity: "warn",
    sentence: "lies before the programme's first day, {detail}; check it",
    sql: { duos: "before_programme" },
  },
  {
    code: "step_order",
    severity: "warn",
    sentence: "lies before the step that goes ahead of it, dated {detail}; check both",
    sql: eachTable("step_order", "duos", "mentees", "mentors"),
  },
  {
    code: "same_person",
    severity: "warn",
    sentence:
      "is the person number of mentee {detail} too; the person's first duo counts, whichever number it is under",
    sql: { mentees: "same_person" },
  },
  {
    code: "mentor_overlap",
    severity: "warn",
    sentence: "lies within an earlier duo of mentor {detail}, who has one mentee at a time; check both duos' dates",
    sql: { duos: "mentor_overlap" },
  },
  {
    code: "long_support",
    severity: "warn",
    sentence: "lies more than seven months after the duo's start, {detail}, where support lasts six; check it",
    sql: { duos: "long_support" },
  },
  {
    code: "spell_overlap",
    severity: "warn",
    sentence: "lies within an earlier spell of the same person; days are counted once",
    sql: eachTable("spell_overlap", "jobseeker_spells", "employment_spells"),
  },
  {
    code: "late_record",
    severity: "warn",
    sentence: "lies after the day of the extract, {detail}; check it",
    sql: eachTable("late_record", "duos", "declared_outcomes", "esf_records", "jobseeker_spells", "employment_spells"),
  },
  {
    code: "contradiction",
    severity: "reject",
    sentence: "differs from {detail}, which has the same key and stays; make the two agree",
    sql: eachTable("contradiction", "branches", "mentees", "mentors", "duos", "esf_records"),
  },
  {
    code: "duplicate",
    severity: "reject",
    sentence: "is already in {detail}, which stays; remove one of the two",
    sql: eachTable(
      "duplicate",
      "branches",
      "mentees",
      "mentors",
      "duos",
      "declared_outcomes",
      "esf_records",
      "budget",
      "jobseekers",
      "jobseeker_spells",
      "employment_spells",
    ),
  },
];
