import type { Finding } from "../../src/disclose/finding.ts";
import { groupBy } from "../../src/group-by.ts";
import { findingOfIndicator } from "../../src/indicators/indicator.ts";
import { mentorReturns } from "../../src/indicators/mentors.ts";

/** The day of the data in the tables of mentors who came back. */
const AS_OF = "2026-03-31";

/** How many of the mentors followed for so many months, or until the day of the data (`all`), started another duo. */
export interface Returned {
  readonly region: string;
  readonly period: string;
  readonly since: string;
  readonly mentors: number;
  readonly returned: number;
}

const indicatorsOf = (rows: readonly Returned[]) =>
  mentorReturns(rows.map((row) => ({ ...row, dimension: "total", level: "total" })));

/** Months of which a table of mentors who came back tells, by period. */
export const monthsTold = (rows: readonly Returned[]): readonly string[] =>
  indicatorsOf(rows).map(({ period, level }) => `${period} ${level}`);

/** The findings of a table of mentors who came back, the curve of each period as if it stood alone. */
export const returnedFindings = (rows: readonly Returned[]): readonly Finding[] =>
  [...groupBy(rows, ({ period }) => period).values()]
    .flatMap(indicatorsOf)
    .map((indicator) => findingOfIndicator(indicator, AS_OF));

/** The same findings, of which nobody says that they are points of one curve. */
export const apart = (findings: readonly Finding[]): readonly Finding[] =>
  findings.map(({ cell: { within: _, ...cell }, ...finding }) => ({ ...finding, cell }));
