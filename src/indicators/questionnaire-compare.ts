import { holmWithin } from "../evaluate/holm.ts";
import { scoreTest } from "../evaluate/two-proportion-tests.ts";
import { differenceIntervals, type TwoArms } from "../evaluate/two-proportions.ts";
import { groupBy } from "../group-by.ts";
import type { Indicator } from "./indicator.ts";
import { atItem, favourableOf, type ItemAnswers } from "./questionnaire-items.ts";
import { guarded, type SurveySettings } from "./questionnaire-settings.ts";

/** An item's top-2 share held against another's, with the p-value that Holm leaves among the region's items. */
interface Comparison {
  readonly answers: ItemAnswers;
  readonly kind: "rest" | "change";
  readonly arms: TwoArms;
  readonly difference: number;
  /** Holm-adjusted; null where nothing varies. */
  readonly p: number | null;
  /** The comparison whose p-value the adjusted one is a multiple of: a smaller one's, where Holm's running maximum is. */
  readonly source: ItemAnswers;
}

/**
 * The top-2 share of each item against the rest of the network (the network without the region) and against the year
 * before, where both sides have enough answers. A score test each; Holm over all items, roles and waves of a region and
 * period, the two comparisons apart. Last year's persons are taken for others than this year's.
 */
export function comparisons(answers: readonly ItemAnswers[], settings: SurveySettings): readonly Comparison[] {
  const found = answers
    .filter(({ item }) => item.kind === "likert")
    .flatMap((own) => [
      ...(own.region === "network" ? [] : against("rest", own, restOf(own, answers), settings)),
      ...against("change", own, yearBefore(own, answers), settings),
    ]);
  const families = groupBy(found, ({ answers: { region, period }, kind }) => JSON.stringify([region, period, kind]));
  return [...families.values()].flatMap(adjusted);
}

/** The same item as the same role answered it at the same wave, elsewhere or at another time. */
const same = (
  own: ItemAnswers,
  answers: readonly ItemAnswers[],
  place: Partial<ItemAnswers>,
): ItemAnswers | undefined =>
  answers.find(
    (one) =>
      one.item === own.item &&
      one.role === own.role &&
      one.wave === own.wave &&
      one.region === (place.region ?? own.region) &&
      one.period === (place.period ?? own.period),
  );

interface Side {
  readonly events: number;
  readonly size: number;
}

const sideOf = (answers: ItemAnswers): Side => ({ events: favourableOf(answers), size: answers.n });

function restOf(own: ItemAnswers, answers: readonly ItemAnswers[]): Side | undefined {
  const network = same(own, answers, { region: "network" });
  if (network === undefined) return undefined;
  const [all, part] = [sideOf(network), sideOf(own)];
  return { events: all.events - part.events, size: all.size - part.size };
}

/** Of a single year only. */
function yearBefore(own: ItemAnswers, answers: readonly ItemAnswers[]): Side | undefined {
  if (!/^\d{4}$/.test(own.period)) return undefined;
  const before = same(own, answers, { period: String(Number(own.period) - 1) });
  return before === undefined ? undefined : sideOf(before);
}

type Untested = Omit<Comparison, "p" | "source">;

function against(
  kind: Comparison["kind"],
  own: ItemAnswers,
  other: Side | undefined,
  { reliabilityMinimum }: SurveySettings,
): readonly Untested[] {
  if (other === undefined || other.size < reliabilityMinimum || own.n < reliabilityMinimum) return [];
  const arms = { participants: sideOf(own), controls: other };
  const difference = arms.participants.events / own.n - other.events / other.size;
  return [{ answers: own, kind, arms, difference }];
}

const adjusted = (family: readonly Untested[]): readonly Comparison[] =>
  holmWithin(family, ({ arms }) => scoreTest(arms).p).map(({ one, p, source }) => ({
    ...one,
    p,
    source: source.answers,
  }));

const METRICS = { rest: "survey_rest_difference", change: "survey_change" } as const;

/** Each comparison's difference with Newcombe's interval, and its adjusted p-value. */
export const comparisonIndicators = (compared: readonly Comparison[], settings: SurveySettings): readonly Indicator[] =>
  compared.flatMap(({ answers, kind, arms, difference, p, source }) => {
    const { arm, definition, at, family } = atItem(answers);
    const { lower, upper } = differenceIntervals.newcombe(arms);
    const base = Math.min(arms.participants.size, arms.controls.size);
    const beside = kind === "rest" ? { region: "network" } : { period: String(Number(at.period) - 1) };
    const shared = { arm, definition, family, ...at, kind: "effect", base } as const;
    const from = { family: atItem(source).family, definition: source.wave, level: source.item.item };
    const alongside = [beside, from, { ...from, ...beside }];
    const tested: Indicator = { ...shared, metric: METRICS[kind], value: difference, lower, upper, unit: "proportion" };
    const corrected: Indicator = { ...shared, metric: `${METRICS[kind]}_p_holm`, value: p, unit: "probability" };
    return [
      { ...tested, guard: { alongside: [beside] } },
      { ...corrected, guard: { alongside } },
    ].map((indicator) => guarded(indicator, settings));
  });
