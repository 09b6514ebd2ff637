import { csvText } from "../csv-field.ts";
import type { Explanation } from "../disclose/release.ts";

const WHY = { A: "rule", D: "protects another" } as const;

/**
 * What an edition hides and why, for the evaluator's eyes: one line a place (CSV, RFC 4180), its CONF_STATUS, whether a
 * rule about itself hides it, and what it protects where it is hidden for another's sake.
 */
export function suppressionCsv(reasons: readonly Explanation[]): string {
  const rows = reasons.map(({ place, status, protects }) => [place, status, WHY[status], protects ?? ""]);
  return csvText([["hidden", "conf_status", "reason", "protects"], ...rows]);
}
