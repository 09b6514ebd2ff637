import type { AttritionRow } from "../cohort/design.ts";
import type { OutcomeChoice } from "../cohort/settings.ts";
import { counted } from "../counted.ts";
import type { Finding } from "../disclose/finding.ts";
import { designCounts } from "../evaluate/design.ts";
import type { Evaluation } from "../protocol/protocol.ts";
import { UserError } from "../user-error.ts";
import type { MatchedStudy } from "./impact.ts";

/**
 * Nobody matched is an answer that can't be published: it would be an evaluation without a result.
 * @throws UserError with the verdict, and how many participants were lost to each reason
 */
export function refuseNobodyMatched(
  { matches: [primary] }: MatchedStudy,
  { verdicts }: Evaluation,
  attrition: readonly AttritionRow[],
): void {
  if (primary === undefined) return;
  const { rows, matched, unmatched } = designCounts(primary.patterns, primary.design);
  if (matched.treated > 0) return;
  const lost = unmatched.map(({ reason, rows: count }) => `${reason}: ${count}`).join(", ");
  const who =
    rows.treated === 0
      ? `no participant is in the register, at risk and followed for long enough (${leftBy(attrition, primary)})`
      : `none of ${counted(rows.treated, "participant")} has a control among ${counted(rows.control, "jobseeker")} (${lost})`;
  throw new UserError([
    `verdict matchedShare failed: nobody was matched, at least ${verdicts.matchedShare * 100} % must be; ${who}. Check that the register is the right one, that both files write person numbers alike, and what \`matching\` asks for`,
  ]);
}

/** How many duos there were, and how many of them each reason took away. */
function leftBy(attrition: readonly AttritionRow[], { definition, after }: OutcomeChoice): string {
  const own = attrition.filter(
    (row) => row.arm === "participants" && row.definition === definition && row.after === after && row.rows > 0,
  );
  const duos = own.find(({ reason }) => reason === "received")?.rows ?? 0;
  const left = own.filter(({ reason }) => reason !== "received").map((row) => `${words(row.reason)}: ${row.rows}`);
  return [`of ${counted(duos, "duo")}`, ...left].join(", ");
}

const words = (reason: string): string => reason.replaceAll("_", " ");

/** @throws UserError where no verdict was computed: nothing would say how far the numbers can be believed */
export function refuseUnchecked(findings: readonly Finding[], file: string): void {
  if (findings.some(({ metric }) => metric === "verdict_passed")) return;
  throw new UserError([`${file}: evaluation: no verdict was computed`]);
}
