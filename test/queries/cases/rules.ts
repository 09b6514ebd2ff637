import type { RuleCase } from "../../support/rule-cases.ts";

const FOUND = "source_row | field | value";
const duos = (rows: string): RuleCase["given"] => ({ "incoming.duos": `started_on | ended_on\n${rows}` });
/** A reference to what is there, to what isn't, and to nothing. */
const unknown = (rows: string, column: string, staged: string): RuleCase => ({
  given: { [`incoming.${rows}`]: `${column} | source_file\nX1 |\nX9 |\n | a\nX9 |`, [staged]: `${column}\nX1` },
  out: `${FOUND}\n3 | ${column} | X9\n5 | ${column} | X9`,
});

/** Spreadsheets' error texts in three languages in every column that holds any text, and texts that only look like them. */
export function failedFormulas(rows: string, ...columns: readonly string[]): RuleCase {
  const wrong = ["#N/A", "#N/B", "#REF!", "#VALEUR!", "#DEEL/0!", "#NAAM?", "#REF!"];
  const fine = ["#12", "#n/a", "N/A", "# REF!", "#REF! 2", "#", "REF!", ""];
  const at = (column: string, text: string): string =>
    columns.map((name) => (name === column ? text : "x")).join(" | ");
  const lines = columns.flatMap((column) => [...wrong, ...fine].map((text) => at(column, text)));
  const out = columns.flatMap((column, i) =>
    wrong.map((text, j) => `${2 + i * (wrong.length + fine.length) + j} | ${column} | ${text}`),
  );
  return {
    given: { [`incoming.${rows}`]: [columns.join(" | "), ...lines].join("\n") },
    out: [FOUND, ...out].join("\n"),
  };
}

/** Rules about days: the day before, the day itself, the day after, and none. */
export const DAY_RULES: Readonly<Record<string, RuleCase>> = {
  before_programme: {
    given: duos("2012-12-31 |\n2013-01-01 |\n2013-01-02 |\n | 2013-01-02"),
    out: `${FOUND}\n2 | started_on | 2012-12-31`,
  },
  duo_order: {
    given: duos(
      "2022-02-02 | 2022-02-01\n2022-02-02 | 2022-02-02\n2022-02-02 | 2022-02-03\n2022-02-02 |\n | 2022-02-01",
    ),
    out: `${FOUND}\n2 | ended_on | 2022-02-01`,
  },
  long_support: {
    given: duos("2022-01-31 | 2022-08-30\n2022-01-31 | 2022-08-31\n2022-01-31 | 2022-09-01\n2022-01-31 |"),
    out: `${FOUND}\n4 | ended_on | 2022-09-01`,
  },
  late_record_duos: {
    given: duos("2024-06-29 | 2024-06-30\n2024-06-30 | 2024-07-01\n2024-07-01 |\n |"),
    out: `${FOUND}\n3 | ended_on | 2024-07-01\n4 | started_on | 2024-07-01`,
  },
  late_record_declared_outcomes: {
    given: {
      "incoming.declared_outcomes": "duo_id | declared_on\nD1 | 2024-06-29\nD1 | 2024-06-30\nD1 | 2024-07-01\nD1 |",
    },
    out: `${FOUND}\n4 | declared_on | 2024-07-01`,
  },
  late_record_esf_records: {
    given: {
      "incoming.esf_records": `entered_on | left_on | leaving_status_on
        2024-06-29 | 2024-06-30 | 2024-07-01
        2024-06-30 | 2024-07-01 |
        2024-07-01 | |`,
    },
    out: `${FOUND}\n2 | leaving_status_on | 2024-07-01\n3 | left_on | 2024-07-01\n4 | entered_on | 2024-07-01`,
  },
  esf_order: {
    given: {
      "incoming.esf_records": `entered_on | left_on | leaving_status_on
        2022-03-02 | 2022-03-01 | 2022-03-02
        2022-03-02 | 2022-03-02 | 2022-03-01
        2022-03-02 | 2022-03-03 |
        | 2022-03-01 |`,
    },
    out: `${FOUND}\n2 | left_on | 2022-03-01\n3 | leaving_status_on | 2022-03-01`,
  },
  step_order_mentees: {
    given: {
      "incoming.mentees": `info_session_on | intake_on
        2022-03-02 | 2022-03-01
        2022-03-02 | 2022-03-02
        2022-03-02 | 2022-03-03
        | 2022-03-01`,
    },
    out: `${FOUND}\n2 | intake_on | 2022-03-01`,
  },
  step_order_mentors: {
    given: {
      "incoming.mentors": `info_session_on | intake_on | trained_on
        2022-03-02 | 2022-03-01 | 2022-03-01
        2022-03-02 | 2022-03-02 | 2022-03-02
        2022-03-02 | | 2022-03-01
        | 2022-03-02 | 2022-03-01
        | | 2022-03-01`,
    },
    out: `${FOUND}\n2 | intake_on | 2022-03-01\n4 | trained_on | 2022-03-01\n5 | trained_on | 2022-03-01`,
  },
  step_order_duos: {
    given: {
      "incoming.duos": `matched_on | first_meeting_on | started_on | ended_on | assessed_on
        2022-03-02 | 2022-03-01 | 2022-03-01 | |
        2022-03-02 | 2022-03-02 | 2022-03-02 | 2022-03-02 | 2022-03-02
        2022-03-02 | | 2022-03-01 | | 2022-02-28
        2022-03-02 | 2022-03-03 | 2022-03-04 | 2022-03-06 | 2022-03-05
        | | 2022-03-01 | |`,
    },
    out: `${FOUND}
      2 | first_meeting_on | 2022-03-01
      4 | assessed_on | 2022-02-28
      4 | started_on | 2022-03-01
      5 | assessed_on | 2022-03-05`,
  },
  eligibility_age: {
    given: {
      "staging.mentees": "mentee_id | birth_on\nM1 | 2000-02-29\nM2 |",
      "incoming.duos": `mentee_id | started_on
        M1 | 2018-02-27
        M1 | 2018-02-28
        M1 | 2034-02-27
        M1 | 2034-02-28
        M1 |
        M2 | 2018-02-27
        M9 | 2018-02-27`,
    },
    out: `${FOUND}\n2 | started_on | 2018-02-27\n5 | started_on | 2034-02-28`,
  },
  eligibility_mentor_age: {
    given: {
      "staging.mentors": "mentor_id | birth_on\nR1 | 1970-06-15\nR2 |",
      "incoming.duos":
        "mentor_id | started_on\nR1 | 2020-06-14\nR1 | 2020-06-15\nR1 | 2020-06-16\nR1 |\nR2 | 2020-06-14",
    },
    out: `${FOUND}\n2 | started_on | 2020-06-14`,
  },
  mentor_overlap: {
    given: {
      "incoming.duos": `duo_id | mentor_id | started_on | ended_on
        D1 | R1 | 2022-01-01 | 2022-03-02
        D2 | R1 | 2022-03-01 | 2022-03-03
        D3 | R1 | 2022-03-03 |
        D4 | R1 | 2022-09-02 |
        D5 | R2 | 2022-01-01 |
        D6 | R2 | |
        D7 | | 2022-01-02 |
        D8 | | 2022-01-02 |`,
    },
    out: `${FOUND}\n3 | started_on | 2022-03-01\n5 | started_on | 2022-09-02`,
  },
  ...Object.fromEntries(
    ["mentees", "mentors"].map((table): readonly [string, RuleCase] => [
      `birth_range_${table}`,
      {
        given: {
          [`incoming.${table}`]: `birth_on | gender
            2010-07-01 |
            2010-06-30 |
            1923-07-01 |
            1923-06-30 |
            | man`,
        },
        out: `${FOUND}\n2 | birth_on | 2010-07-01\n5 | birth_on | 1923-06-30`,
      },
    ]),
  ),
};

/** Rules about keys and amounts: repeated rows, rejected ones between them, and null. */
export const ROW_RULE_CASES: Readonly<Record<string, RuleCase>> = {
  negative_budget: {
    given: { "incoming.budget": "region | amount_eur\nbrussels | -0.01\nbrussels | 0\nbrussels | 0.01\nbrussels |" },
    out: `${FOUND}\n2 | amount_eur | -0.01`,
  },
  same_person: {
    given: { "incoming.mentees": "mentee_id | person_number\nM1 | 7\nM2 | 7\nM3 | 7\nM4 |\nM5 |\nM6 | 8" },
    out: `${FOUND} | detail\n3 | person_number | 7 | M1\n4 | person_number | 7 | M1`,
  },
  spreadsheet_error_branches: failedFormulas("branches", "branch_id", "name", "region"),
  spreadsheet_error_budget: failedFormulas("budget", "region", "item", "funder"),
  spreadsheet_error_duos: failedFormulas("duos", "duo_id"),
  spreadsheet_error_mentees: failedFormulas("mentees", "mentee_id", "person_number"),
  spreadsheet_error_mentors: failedFormulas("mentors", "mentor_id", "former_sector"),
  unknown_branch_duos: unknown("duos", "branch_id", "staging.branches"),
  unknown_branch_mentees: unknown("mentees", "branch_id", "staging.branches"),
  unknown_branch_mentors: unknown("mentors", "branch_id", "staging.branches"),
  unknown_duo_declared_outcomes: unknown("declared_outcomes", "duo_id", "staging.duos"),
  unknown_mentee_duos: unknown("duos", "mentee_id", "staging.mentees"),
  unknown_mentee_esf_records: unknown("esf_records", "mentee_id", "staging.mentees"),
  unknown_mentor_duos: unknown("duos", "mentor_id", "staging.mentors"),
  unknown_region_budget: {
    given: {
      "incoming.budget": "region | item\nbrussels | a\nnetwork | a\nwales | a\n | a",
      "staging.branches": "branch_id | region\nB1 | brussels",
    },
    out: `${FOUND}\n4 | region | wales`,
  },
  ...Object.fromEntries(
    [
      ["branches", "branch_id"],
      ["duos", "duo_id"],
      ["mentees", "mentee_id"],
      ["mentors", "mentor_id"],
    ].map(([table = "", key = ""]): readonly [string, RuleCase] => [
      `duplicate_${table}`,
      // row 2 is rejected already: row 3 is the first that is acceptable, row 5 repeats it
      {
        given: {
          [`incoming.${table}`]: `${key} | ${table === "branches" ? "name" : "branch_id"}
            X1 | a
            X1 | a
            X2 | a
            X1 | b
            | a
            | a`,
          "incoming.problems": `table_name | file_id | source_row | severity\n${table} | 1 | 2 | reject\n${table} | 1 | 3 | warn`,
        },
        out: `${FOUND} | detail\n5 | ${key} | X1 | in/a.csv {row} 3`,
      },
    ]),
  ),
  duplicate_budget: {
    given: {
      "incoming.budget": `region | year | item | funder | amount_eur
        brussels | 2024 | staff | | 5
        brussels | 2024 | staff | | 6
        brussels | 2024 | staff | A | 5
        brussels | 2025 | staff | | 5
        | 2024 | staff | | 5
        | 2024 | staff | | 5`,
    },
    out: `${FOUND}\n3 | region | brussels / 2024 / staff`,
  },
  duplicate_declared_outcomes: {
    given: {
      "incoming.declared_outcomes": `duo_id | declared_on | solution
        D1 | 2024-01-01 | job
        D1 | 2024-01-01 | training
        D1 | 2024-01-02 | job
        D1 | 2024-01-01 | job
        | 2024-01-01 | job
        | 2024-01-01 | job`,
    },
    out: `${FOUND}\n5 | duo_id | D1 / 2024-01-01 / job`,
  },
  duplicate_esf_records: {
    given: {
      "incoming.esf_records": `mentee_id | entered_on | leaving_status_on
        M1 | 2022-01-03 |
        M1 | 2022-01-03 | 2022-07-01
        M1 | 2022-01-03 |
        M1 | 2022-01-04 |`,
    },
    out: `${FOUND}\n4 | mentee_id | M1 / 2022-01-03`,
  },
  contradiction_branches: {
    given: {
      "incoming.branches":
        "branch_id | name | region\nB1 | a | brussels\nB1 | a | brussels\nB1 | | brussels\nB1 | a | flanders\n | a | x",
    },
    out: `${FOUND}\n4 | name |\n5 | region | flanders`,
  },
  contradiction_mentees: {
    given: {
      "incoming.mentees":
        "mentee_id | gender | intake_on\nM1 | man | 2022-01-01\nM1 | man | 2022-01-01\nM1 | woman | 2022-01-01\nM1 | man | 2022-01-02\nM1 | man |",
    },
    out: `${FOUND}\n4 | gender | woman\n5 | intake_on | 2022-01-02\n6 | intake_on |`,
  },
  contradiction_mentors: {
    given: {
      "incoming.mentors":
        "mentor_id | gender | trained_on\nR1 | man | 2022-01-01\nR1 | man | 2022-01-01\nR1 | | 2022-01-01\nR1 | man | 2022-01-02",
    },
    out: `${FOUND}\n4 | gender |\n5 | trained_on | 2022-01-02`,
  },
  contradiction_duos: {
    given: {
      "incoming.duos":
        "duo_id | mentee_id | ended_on\nD1 | M1 | 2022-01-01\nD1 | M1 | 2022-01-01\nD1 | M2 | 2022-01-01\nD1 | M1 | 2022-01-02\nD1 | M1 |",
    },
    out: `${FOUND}\n4 | mentee_id | M2\n5 | ended_on | 2022-01-02\n6 | ended_on |`,
  },
  contradiction_esf_records: {
    given: {
      "incoming.esf_records": `mentee_id | entered_on | status_on_entry | leaving_status_on
        M1 | 2022-01-03 | unemployed | 2022-07-01
        M1 | 2022-01-03 | employed | 2022-07-20
        M1 | 2022-01-04 | employed |
        M1 | 2022-01-03 | unemployed | 2022-07-21`,
    },
    out: `${FOUND}\n3 | status_on_entry | employed`,
  },
};
