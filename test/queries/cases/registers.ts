import type { RuleCase } from "../../support/rule-cases.ts";

/*
 * The row rules of registers. Extract of 30 June 2024. Rows that share a key, are strangers' or overlap are told from
 * the others in TypeScript; their rules read the places of those rows.
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
        [`incoming.alike_${table}`]: [PLACE, ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((row) => `1 | ${row}`)].join("\n"),
        "incoming.problems": `${REJECTED}\n${table} | 1 | 9 | reject\n${table} | 1 | 2 | warn`,
      },
      out: `source_row | field | value | detail
        3 | person_number | a / P1 / 2022-01-02 / 2022-02-02 | in/a.csv {row} 2
        7 | person_number | a / P1 / 2022-01-02 | in/a.csv {row} 6`,
    },
  ],
  [`keyed_${table}`]: [
    {
      given: {
        [`incoming.arriving_${table}`]: `register | person_number | from_on | to_on
          a | P1 | 2022-01-02 | 2022-02-02
          a | P1 | 2022-01-02 | 2022-02-02
          a | P9 | 2022-01-02 |
          b | P1 | |
          a | | 2022-01-02 | 2022-02-02`,
        "incoming.person_keys": "register | person_number | person_key\na | P1 | 1\na | P9 | -1",
      },
      out: `source_row | person_key | from_on | to_on
        2 | 1 | 2022-01-02 | 2022-02-02
        3 | 1 | 2022-01-02 | 2022-02-02
        4 | -1 | 2022-01-02 | infinity
        5 | 0 | -infinity | infinity
        6 | 0 | 2022-01-02 | 2022-02-02`,
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
        [`incoming.overlapping_${table}`]: `${PLACE} | from_day\n1 | 2 | 19024\n1 | 3 | 19024\n1 | 4 | 19025`,
        "incoming.problems": `${REJECTED}\n${table} | 1 | 3 | reject\n${table} | 1 | 4 | warn\nduos | 1 | 2 | reject`,
      },
      out: `${FOUND}\n2 | from_on | 2022-02-01\n4 | from_on | 2022-02-02`,
    },
  ],
  [`stranger_keys_${table}`]: [
    {
      given: {
        [`incoming.${table}`]: "register | person_number\na | P1\na | P9\na | P9\na |\na | P8",
        "incoming.person_keys": "register | person_number | person_key\na | P1 | 1\na | P8 | -1",
      },
      out: "register | person_number | person_key\na | P9 | -2",
    },
    {
      given: {
        [`incoming.${table}`]: "register | person_number\nb | P1\nb | P2",
        "incoming.person_keys": "register | person_number | person_key\na | P1 | 1",
      },
      out: "person_key\n-2\n-1",
    },
  ],
  [`unknown_jobseeker_${table}`]: [
    {
      given: {
        [`incoming.${table}`]: "register | person_number\na | P1\na | P9\na | P9\na |",
        [`incoming.strangers_${table}`]: `${PLACE}\n1 | 3\n1 | 4\n1 | 5`,
      },
      out: `${FOUND}\n3 | person_number | P9\n4 | person_number | P9`,
    },
  ],
});

/** By rule: duplicate rows, the day before, the day itself, the day after, and none. */
export const REGISTER_CASES: Readonly<Record<string, readonly RuleCase[]>> = {
  ...ofSpells("jobseeker_spells", "exit"),
  ...ofSpells("employment_spells", "contract"),
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
  person_keys: [
    {
      given: { "incoming.jobseekers": "register | person_number\na | P1\na | P2\nb | P1" },
      out: "register | person_number\na | P1\na | P2\nb | P1",
    },
    { given: { "incoming.jobseekers": "register | person_number\na | P1\na | P2" }, out: "person_key\n1\n2" },
  ],
};
