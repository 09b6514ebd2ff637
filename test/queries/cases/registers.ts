import type { RuleCase } from "../../support/rule-cases.ts";
import { failedFormulas } from "./rules.ts";

/*
 * The row rules of registers. Extract of 30 June 2024. Spells that overlap or share a first day are told
 * from the others once; the rules that compare read those.
 */

const FOUND = "source_row | field | value";
const PLACE = "file_id | source_row";
const REJECTED = "table_name | file_id | source_row | severity";

/** Rules that both tables of spells have, of rows that differ in nothing but the column beside the days. */
const ofSpells = (table: string, more: string): Readonly<Record<string, readonly RuleCase[]>> => ({
  [`duplicate_${table}`]: [
    {
      given: {
        [`incoming.${table}`]: `register | person_number | from_on | to_on | ${more}
          a | P1 | 2022-01-02 | 2022-02-02 |
          a | P1 | 2022-01-02 | 2022-02-02 |
          a | P1 | 2022-01-01 | 2022-02-02 |
          a | P1 | 2022-01-02 | 2022-02-03 |
          a | P1 | 2022-01-02 | |
          a | P1 | 2022-01-02 | |
          b | P1 | 2022-01-02 | 2022-02-02 |
          a | P2 | 2022-01-02 | |
          a | P2 | 2022-01-02 | |`,
        [`incoming.compared_${table}`]: [
          `${PLACE} | is_alike`,
          ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((row) => `1 | ${row} | true`),
        ].join("\n"),
        "incoming.problems": `${REJECTED}\n${table} | 1 | 9 | reject\n${table} | 1 | 2 | warn`,
      },
      out: `source_row | field | value | detail
        3 | person_number | a / P1 / 2022-01-02 / 2022-02-02 | in/a.csv {row} 2
        7 | person_number | a / P1 / 2022-01-02 | in/a.csv {row} 6`,
    },
  ],
  [`candidates_${table}`]: [
    {
      given: {
        [`incoming.${table}`]: `register | person_number | from_on | to_on
          a | P1 | 2022-01-01 | 2022-01-31
          a | P1 | 2022-02-01 | 2022-02-01
          a | P1 | 2022-02-02 |
          a | P2 | 2022-01-01 | 2022-02-01
          a | P2 | 2022-02-01 | 2022-02-02
          a | P3 | 2022-02-01 |
          a | P3 | 2022-01-01 |
          a | P4 | 2022-01-01 | 2021-12-31
          a | P4 | 2022-01-01 | 2021-12-30
          a | P5 | 2022-01-01 | 2021-12-31
          a | P5 | 2022-01-02 | 2022-01-03
          a | P6 | | 2022-12-31
          a | P6 | 2022-01-02 | 2022-01-03
          a | | 2022-01-02 |
          a | | 2022-01-02 |
          a | P7 | 2022-01-02 |
          b | P7 | 2022-01-03 | 2022-01-04`,
      },
      out: `source_row | register | person_number | from_on | to_on
        5 | a | P2 | 2022-01-01 | 2022-02-01
        6 | a | P2 | 2022-02-01 | 2022-02-02
        7 | a | P3 | 2022-02-01 |
        8 | a | P3 | 2022-01-01 |
        9 | a | P4 | 2022-01-01 | 2021-12-31
        10 | a | P4 | 2022-01-01 | 2021-12-30
        17 | a | P7 | 2022-01-02 |
        18 | b | P7 | 2022-01-03 | 2022-01-04`,
    },
  ],
  [`compared_${table}`]: [
    {
      given: {
        [`incoming.candidates_${table}`]: `${PLACE} | register | person_number | from_on | to_on
          1 | 9 | a | P1 | 2022-01-01 | 2022-03-31
          1 | 8 | a | P1 | 2022-01-02 | 2022-01-03
          1 | 7 | a | P1 | 2022-03-31 |
          1 | 6 | a | P2 | 2022-01-01 | 2022-01-03
          1 | 5 | a | P2 | 2022-01-01 | 2022-01-02
          1 | 4 | b | P2 | 2022-01-01 | 2022-01-02
          1 | 3 | a | P3 | 2022-01-01 |
          1 | 2 | a | P3 | 2022-02-01 |`,
        "incoming.problems": `${REJECTED}\n${table} | 1 | 3 | reject\n${table} | 1 | 8 | warn\nduos | 1 | 7 | reject`,
      },
      out: `source_row | from_on | is_within | is_alike
        5 | 2022-01-01 | false | true
        6 | 2022-01-01 | true | true
        7 | 2022-03-31 | true | false
        8 | 2022-01-02 | true | false`,
    },
  ],
  [`spell_order_${table}`]: [
    {
      given: {
        [`incoming.${table}`]: `from_on | to_on
          2022-02-02 | 2022-02-01
          2022-02-02 | 2022-02-02
          2022-02-02 | 2022-02-03
          2022-02-02 |
          | 2022-02-01
          2022-02-02 | 2022-02-01`,
      },
      out: `${FOUND}\n2 | to_on | 2022-02-01\n7 | to_on | 2022-02-01`,
    },
  ],
  [`spell_overlap_${table}`]: [
    {
      given: {
        [`incoming.compared_${table}`]: `${PLACE} | from_on | is_within
          1 | 2 | 2022-02-01 | true
          1 | 3 | 2022-02-01 | true
          1 | 4 | 2022-02-02 | true
          1 | 5 | 2022-02-02 | false`,
        "incoming.problems": `${REJECTED}\n${table} | 1 | 3 | reject\n${table} | 1 | 4 | warn\nduos | 1 | 2 | reject`,
      },
      out: `${FOUND}\n2 | from_on | 2022-02-01\n4 | from_on | 2022-02-02`,
    },
  ],
  [`unknown_jobseeker_${table}`]: [
    {
      given: {
        [`incoming.${table}`]: "register | person_number\na | P1\na | P9\na | P9\na |\nb | P1",
        "staging.jobseekers": "register | person_number\na | P1\nb | P2",
      },
      out: `${FOUND}\n3 | person_number | P9\n4 | person_number | P9\n6 | person_number | P1`,
    },
  ],
});

/** By rule: duplicate rows, the day before, the day itself, the day after, and none. */
export const REGISTER_CASES: Readonly<Record<string, readonly RuleCase[]>> = {
  ...ofSpells("jobseeker_spells", "exit"),
  ...ofSpells("employment_spells", "contract"),
  spreadsheet_error_jobseekers: [failedFormulas("jobseekers", "person_number")],
  birth_range_jobseekers: [
    {
      given: {
        "incoming.jobseekers": `birth_on | gender
          2010-06-29 |
          2010-06-30 |
          2010-07-01 |
          2010-07-01 |
          1923-07-01 |
          1923-06-30 |
          1923-06-29 |
          | woman`,
      },
      out: `${FOUND}
        4 | birth_on | 2010-07-01
        5 | birth_on | 2010-07-01
        7 | birth_on | 1923-06-30
        8 | birth_on | 1923-06-29`,
    },
  ],
  duplicate_jobseekers: [
    {
      given: {
        "incoming.jobseekers": "register | person_number\na | P1\na | P1\nb | P1\na |\na |\na | P2\na | P2\na | P1",
        "incoming.problems": `${REJECTED}\njobseekers | 1 | 7 | reject\njobseekers | 1 | 2 | warn`,
      },
      out: `source_row | value | detail\n3 | a / P1 | in/a.csv {row} 2\n9 | a / P1 | in/a.csv {row} 2`,
    },
  ],
  late_record_employment_spells: [
    {
      given: {
        "incoming.employment_spells": `from_on | to_on
          2024-06-29 |
          2024-06-30 | 2024-07-01
          2024-07-01 |
          2024-07-01 |
          | 2024-07-01`,
      },
      out: `${FOUND}\n4 | from_on | 2024-07-01\n5 | from_on | 2024-07-01`,
    },
  ],
  late_record_jobseeker_spells: [
    {
      given: {
        "incoming.jobseeker_spells": `from_on | to_on
          2024-06-29 | 2024-06-30
          2024-06-30 | 2024-07-01
          2024-07-01 |
          2024-07-01 |
          | 2024-06-29`,
      },
      out: `${FOUND}\n3 | to_on | 2024-07-01\n4 | from_on | 2024-07-01\n5 | from_on | 2024-07-01`,
    },
  ],
};
