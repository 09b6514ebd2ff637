import type { RuleCase } from "../../support/rule-cases.ts";

/*
 * The queries of the data-quality report: the same row twice, days on both sides of where a month ends, and nulls. Those
 * that compare no day have none.
 */

const BRANCHES = "branch_id | region\nB1 | brussels\nB2 | brussels\nB3 | flanders";
const PROBLEMS = "file_id | source_row | field | rule | severity | detail | value";

export const QUALITY_CASES: Readonly<Record<string, readonly RuleCase[]>> = {
  quality_rules: [
    {
      given: {
        "incoming.problems": `${PROBLEMS}
          1 | 3 | birth_on | not_a_date | reject | DD | x
          1 | 2 | birth_on | not_a_date | reject | DD | y
          1 | 2 | gender | unknown_code | reject | | z
          1 | 4 | gender | unknown_code | reject | known | z
          1 | 5 | gender | unknown_code | reject | other | z
          2 | 2 | birth_on | not_a_date | reject | DD | x`,
      },
      out: `file_id | field | rule | detail | rows | first_row
        1 | birth_on | not_a_date | DD | 2 | 2
        1 | gender | unknown_code | | 3 | 2
        2 | birth_on | not_a_date | DD | 1 | 2`,
    },
  ],
  quality_unknown_codes: [
    {
      given: {
        "incoming.problems": `${PROBLEMS}
          1 | 2 | gender | unknown_code | reject | | Q
          1 | 2 | gender | unknown_code | reject | | Q
          1 | 3 | gender | unknown_code | reject | | Q
          1 | 4 | gender | unknown_code | reject | |
          1 | 5 | gender | missing | reject | | Q
          2 | 2 | gender | unknown_code | reject | | Q`,
      },
      out: "file_id | field | value | rows\n1 | gender | Q | 2\n1 | gender | | 1\n2 | gender | Q | 1",
    },
  ],
  quality_rows: [
    {
      given: {
        "incoming.listed_rejects": `file | table_name | row | field | rule | severity | remedy
          in/a.csv | duos | 2 | | late_record | warn | check it
          in/a.csv | duos | 3 | started_on | not_a_date | reject | correct it
          in/a.csv | duos | 3 | branch_id | unknown_branch | reject | name another
          in/a.csv | duos | 3 | ended_on | late_record | warn | check it
          in/a.csv | mentees | 4 | birth_on | not_a_date | reject | correct it
          in/b.csv | duos | 5 | started_on | not_a_date | reject | correct it`,
      },
      parameters: { file: "in/a.csv", table: "duos" },
      out: `row | severity | rules | remedies
        2 | warn | late_record | check it
        3 | reject | unknown_branch / late_record / not_a_date | name another / check it / correct it`,
    },
  ],
  quality_duplicates: [
    {
      given: {
        "staging.branches": BRANCHES,
        "staging.mentees": `mentee_id | person_number | branch_id
          M1 | P1 | B1
          M2 | P1 | B1
          M3 | P2 | B1
          M4 | P2 | B2
          M5 | P3 | B2
          M6 | P3 | B3
          M7 | P3 | B3
          M8 | P4 | B1
          M9 | | B1
          M10 | | B1`,
      },
      out: "kind | persons | rows\nacross_branches | 1 | 2\nacross_regions | 1 | 3\nsame_branch | 1 | 2",
    },
  ],
  quality_completeness: [
    {
      given: {
        "staging.branches": BRANCHES,
        "staging.mentees": "mentee_id | branch_id | gender\nM1 | B1 | woman\nM1 | B1 | woman\nM2 | B1 |\nM3 | B3 |",
        "incoming.facts_jobseekers": `file_id | register | gender | rows | person_number_filled | birth_on_filled
          1 | actiris | woman | 5 | 5 | 3
          1 | actiris | woman | 5 | 5 | 3
          1 | actiris | | 2 | 1 | 0
          1 | vdab | | 4 | 4 | 4`,
      },
      out: `table_name | column_name | region | branch_id | rows | filled
        branches | branch_id | brussels | | 2 | 2
        branches | branch_id | flanders | | 1 | 1
        branches | name | brussels | | 2 | 0
        branches | name | flanders | | 1 | 0
        branches | region | brussels | | 2 | 2
        branches | region | flanders | | 1 | 1
        jobseekers | birth_on | actiris | | 12 | 6
        jobseekers | birth_on | vdab | | 4 | 4
        jobseekers | gender | actiris | | 12 | 10
        jobseekers | gender | vdab | | 4 | 0
        jobseekers | origin | actiris | | 12 | 0
        jobseekers | origin | vdab | | 4 | 0
        jobseekers | person_number | actiris | | 12 | 11
        jobseekers | person_number | vdab | | 4 | 4
        jobseekers | qualification | actiris | | 12 | 0
        jobseekers | qualification | vdab | | 4 | 0
        jobseekers | register | actiris | | 12 | 12
        jobseekers | register | vdab | | 4 | 4
        mentees | birth_on | brussels | B1 | 3 | 0
        mentees | birth_on | flanders | B3 | 1 | 0
        mentees | branch_id | brussels | B1 | 3 | 3
        mentees | branch_id | flanders | B3 | 1 | 1
        mentees | gender | brussels | B1 | 3 | 2
        mentees | gender | flanders | B3 | 1 | 0
        mentees | info_session_on | brussels | B1 | 3 | 0
        mentees | info_session_on | flanders | B3 | 1 | 0
        mentees | intake_on | brussels | B1 | 3 | 0
        mentees | intake_on | flanders | B3 | 1 | 0
        mentees | mentee_id | brussels | B1 | 3 | 3
        mentees | mentee_id | flanders | B3 | 1 | 1
        mentees | origin | brussels | B1 | 3 | 0
        mentees | origin | flanders | B3 | 1 | 0
        mentees | person_number | brussels | B1 | 3 | 0
        mentees | person_number | flanders | B3 | 1 | 0
        mentees | qualification | brussels | B1 | 3 | 0
        mentees | qualification | flanders | B3 | 1 | 0`,
    },
  ],
  quality_codes: [
    {
      given: {
        "staging.mentees": `gender | source_file
          woman | in/m.csv
          woman | in/m.csv
          woman | in/n.csv
          | in/m.csv`,
        "incoming.facts_jobseeker_spells": `file_id | exit | rows | latest_on
          1 | work | 5 |
          1 | work | 5 |
          1 | | 3 |`,
      },
      out: `table_name | column_name | source_file | code | rows
        jobseeker_spells | exit | in/a.csv | work | 10
        mentees | gender | in/m.csv | woman | 2
        mentees | gender | in/n.csv | woman | 1`,
    },
  ],
  quality_months: [
    {
      given: {
        "staging.branches": BRANCHES,
        "staging.duos": `duo_id | branch_id | started_on
          D1 | B1 | 2022-01-31
          D1 | B1 | 2022-01-31
          D2 | B1 | 2022-02-01
          D3 | B1 | 2022-02-28
          D4 | B1 | 2022-03-01
          D5 | B1 |
          D6 | B3 | 2022-02-01`,
        "staging.declared_outcomes": "duo_id | declared_on\nD6 | 2021-12-31\nD6 |",
        "incoming.facts_employment_spells": `register | month | rows | latest_on
          actiris | 24264 | 5 | 2022-01-30
          actiris | 24264 | 4 | 2022-01-31
          actiris | | 3 |
          vdab | 24265 | 1 | 2022-02-01`,
      },
      out: `table_name | region | branch_id | month | rows | latest_on
        declared_outcomes | flanders | B3 | 24263 | 1 | 2021-12-31
        duos | brussels | B1 | 24264 | 2 | 2022-01-31
        duos | brussels | B1 | 24265 | 2 | 2022-02-28
        duos | brussels | B1 | 24266 | 1 | 2022-03-01
        duos | flanders | B3 | 24265 | 1 | 2022-02-01
        employment_spells | actiris | | 24264 | 9 | 2022-01-31
        employment_spells | vdab | | 24265 | 1 | 2022-02-01`,
    },
  ],
};
