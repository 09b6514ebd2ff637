import { sqlOf, tableOf } from "../catalogue/catalogue.ts";
import { RISK } from "../catalogue/risk.ts";
import { csvField } from "../csv-field.ts";
import type { SqlEngine } from "../engine/engine.ts";
import type { CohortSettings } from "./settings.ts";
import { cohortParameters } from "./settings-tables.ts";

/**
 * CSV of the study's participants, by pseudonym in order: its domain (`participant` over the person number, `mentee` over
 * the programme's own number where there is none), the cohort year, and `matched`, or the reason for which they left.
 * Restricted: one row a person.
 * @param matchedKeys the matched patterns of the primary outcome
 * @param pseudonymOf HMAC over thousands of rows; never asked for a register
 */
export async function participantsCsv(
  engine: SqlEngine,
  settings: CohortSettings,
  matchedKeys: Iterable<number>,
  pseudonymOf: (domain: string, identifier: string) => string,
): Promise<string> {
  await engine.load("patterns.matched", { key: Int32Array.from(matchedKeys) });
  await engine.build(sqlOf(RISK.participants), RISK.participants.grain, cohortParameters(settings));
  const rows = await engine.rows(tableOf(RISK.participants));
  const lines = rows.map(({ mentee_id, person_number, cohort_year, outcome }) => {
    const [domain, identifier] = person_number === null ? ["mentee", mentee_id] : ["participant", person_number];
    return [pseudonymOf(String(domain), String(identifier)), domain, cohort_year, outcome].map(csvField).join(",");
  });
  return `${["pseudonym,domain,cohort_year,outcome", ...lines.sort()].join("\r\n")}\r\n`;
}
