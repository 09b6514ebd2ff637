import { expect, test } from "vitest";
import { PROGRAMME } from "../../src/catalogue/programme.ts";
import { builtTable, MENTORS } from "../support/built-table.ts";
import { trimmed } from "../support/tables.ts";

test("a mentor returns within three months only before the day three months after the first duo's end", async () => {
  const duos = (
    next: string,
  ) => `duo_id | mentee_id | mentor_id | branch_id | matched_on | started_on | ended_on | end_reason
    D1 | M1 | R1 | B1 | 2022-01-20 | 2022-02-01 | 2022-11-30 | completed
    D2 | M2 | R1 | B1 | 2022-02-01 | ${next} | |`;
  const mentees = "mentee_id | branch_id\nM1 | B1\nM2 | B1";
  const columns = "since, mentors, returned";
  const where = "region = 'network' and period = '2022' and since in ('3', 'all')";
  const on = await builtTable(
    { mentees, mentors: MENTORS, duos: duos("2023-02-28") },
    PROGRAMME.mentorReturns,
    columns,
    where,
  );
  const before = await builtTable(
    { mentees, mentors: MENTORS, duos: duos("2023-02-27") },
    PROGRAMME.mentorReturns,
    columns,
    where,
  );
  expect(on).toBe(trimmed("since | mentors | returned\n3 | 1 | 0\nall | 1 | 1"));
  expect(before).toBe(trimmed("since | mentors | returned\n3 | 1 | 1\nall | 1 | 1"));
});

test("mentors whose first duo ended too late for a horizon are not asked about it", async () => {
  const rows = await builtTable(
    {
      mentees: "mentee_id | branch_id\nM1 | B1",
      mentors: MENTORS,
      duos: `duo_id | mentee_id | mentor_id | branch_id | started_on | ended_on
        D1 | M1 | R1 | B1 | 2022-02-01 | 2023-12-31`,
    },
    PROGRAMME.mentorReturns,
    "since, mentors, returned",
    "region = 'network' and period = '2023'",
  );
  expect(rows).toBe(trimmed("since | mentors | returned\n3 | 1 | 0\n6 | 1 | 0\nall | 1 | 0"));
});

test("a trained mentor is active, waits, or is dormant 24 months after the last duo", async () => {
  const rows = await builtTable(
    {
      mentees: "mentee_id | branch_id\nM1 | B1\nM2 | B1\nM3 | B1",
      mentors: `mentor_id | branch_id | trained_on
        R1 | B1 | 2021-01-01
        R2 | B1 | 2023-12-31
        R3 | B1 | 2024-01-01
        R4 | B1 | 2021-01-01
        R5 | B1 | 2021-01-01
        R6 | B1 |`,
      duos: `duo_id | mentee_id | mentor_id | branch_id | started_on | ended_on
        D1 | M1 | R1 | B1 | 2023-12-31 |
        D2 | M2 | R4 | B1 | 2021-06-01 | 2021-12-31
        D3 | M3 | R5 | B1 | 2021-06-01 | 2022-01-01`,
    },
    PROGRAMME.mentorCapacity,
    "period, trained, active, waiting_first, waiting_next, dormant",
    "region = 'network' and period = '2023'",
  );
  expect(rows).toBe(
    trimmed("period | trained | active | waiting_first | waiting_next | dormant\n2023 | 4 | 1 | 1 | 1 | 1"),
  );
});
