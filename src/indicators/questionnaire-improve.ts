import { groupBy } from "../group-by.ts";
import type { Indicator } from "./indicator.ts";
import type { Comparison } from "./questionnaire-compare.ts";
import { atItem, favourableOf, type ItemAnswers } from "./questionnaire-items.ts";
import { guarded, type SurveySettings } from "./questionnaire-settings.ts";

/** Adjusted p-value below which a fall counts. */
const SIGNIFICANT = 0.05;

/** Why an item is listed; the metric of its rank is `survey_improve_REASON`. */
type Reason = "fall" | "lowest" | "lowest_and_fall";

/**
 * What to improve, for each region's discussion, a year at a time: the items with enough answers whose top-2 share fell
 * against the year before (after Holm), the largest fall first; then those with the lowest shares, the lowest first.
 * The value is the place on the list. Ties stand in the order of the codebook.
 */
export function improvements(
  answers: readonly ItemAnswers[],
  compared: readonly Comparison[],
  settings: SurveySettings,
): readonly Indicator[] {
  const { reliabilityMinimum, privacyMinimum, improve } = settings;
  const enough = answers.filter(
    ({ item, n, wave, period }) =>
      item.kind === "likert" &&
      n >= Math.max(reliabilityMinimum, privacyMinimum) &&
      improve.waves.includes(wave) &&
      !period.includes("-"),
  );
  const lists = groupBy(enough, ({ region, period }) => JSON.stringify([region, period]));
  return [...lists.values()].flatMap((own) => listOf(own, compared, settings));
}

function listOf(
  own: readonly ItemAnswers[],
  compared: readonly Comparison[],
  settings: SurveySettings,
): readonly Indicator[] {
  const order = new Map(settings.codebook.items.map(({ item }, i) => [item, i]));
  const shares = own
    .map((answers) => ({ answers, top2: favourableOf(answers) / answers.n, fall: fallOf(answers, compared) }))
    .sort((a, b) => a.top2 - b.top2 || (order.get(a.answers.item.item) ?? 0) - (order.get(b.answers.item.item) ?? 0));
  const lowest = new Set(shares.slice(0, settings.improve.lowest));
  const fallen = shares.filter(({ fall }) => fall < 0).sort((a, b) => a.fall - b.fall);
  const listed = [...fallen, ...[...lowest].filter((one) => !fallen.includes(one))];
  return listed.map((one, i) => {
    const reason: Reason = one.fall < 0 ? (lowest.has(one) ? "lowest_and_fall" : "fall") : "lowest";
    const { arm, definition, at, family } = atItem(one.answers);
    const beside = one.fall < 0 ? { guard: { alongside: [{ period: String(Number(at.period) - 1) }] } } : {};
    return guarded(
      {
        ...{ metric: `survey_improve_${reason}`, arm, definition, family, ...at, ...beside },
        ...{ value: i + 1, unit: "rank", kind: "effect", base: one.answers.n },
      },
      settings,
    );
  });
}

/** The significant fall against the year before, negative; 0 where there is none. */
function fallOf(answers: ItemAnswers, compared: readonly Comparison[]): number {
  const change = compared.find((one) => one.kind === "change" && one.answers === answers);
  return change !== undefined && change.p !== null && change.p < SIGNIFICANT ? Math.min(0, change.difference) : 0;
}
