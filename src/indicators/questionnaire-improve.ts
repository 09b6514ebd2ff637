import type { Released } from "../disclose/finding.ts";
import { groupBy } from "../group-by.ts";
import { isPooled } from "./indicator.ts";
import type { SurveySettings } from "./questionnaire-settings.ts";

/** Adjusted p-value below which a fall counts. */
const SIGNIFICANT = 0.05;

/** Why an item is listed; the metric of its rank is `survey_improve_REASON`. */
type Reason = "fall" | "lowest" | "lowest_and_fall";

/** An item on the list. */
interface Improvement {
  /** Its share, which the rank follows from. */
  readonly top2: Released;
  readonly metric: `survey_improve_${Reason}`;
  /** Its place on the list, from 1 on. */
  readonly rank: number;
}

/** An item's released top-2 share, and its significant fall against the year before: negative; 0 where there is none. */
interface Share {
  readonly top2: Released;
  readonly value: number;
  readonly fall: number;
}

/**
 * What to improve, for each region's discussion, a year at a time: the items with enough answers whose top-2 share fell
 * against the year before (after Holm), the largest fall first; then those with the lowest shares, the lowest first.
 * Ties stand in the order of the codebook.
 * Only shares that are shown are ranked: the rank of a hidden one would tell between which others it lies.
 */
export function improvements(released: readonly Released[], settings: SurveySettings): readonly Improvement[] {
  const shown = new Map(
    released.flatMap((one) =>
      /^survey_change/.test(one.metric) ? [[keyOf(one, one.metric), one.value] as const] : [],
    ),
  );
  const likert = new Set(settings.codebook.items.filter(({ kind }) => kind === "likert").map(({ item }) => item));
  const shares = released.flatMap((top2): readonly Share[] => {
    const { metric, value, dimension, level, definition, obs_status } = top2;
    const isItem = metric === "survey_top2" && dimension === "item" && likert.has(level);
    if (!isItem || value === null || obs_status !== "A" || isPooled(top2)) return [];
    if (!settings.improve.waves.includes(definition)) return [];
    const p = shown.get(keyOf(top2, "survey_change_p_holm")) ?? 1;
    const change = shown.get(keyOf(top2, "survey_change")) ?? 0;
    return [{ top2, value, fall: p < SIGNIFICANT ? Math.min(0, change) : 0 }];
  });
  const lists = groupBy(shares, ({ top2: { region, period } }) => JSON.stringify([region, period]));
  return [...lists.values()].flatMap((own) => listOf(own, settings));
}

const keyOf = ({ region, period, arm, definition, dimension, level }: Released, metric: string): string =>
  JSON.stringify([metric, region, period, arm, definition, dimension, level]);

function listOf(own: readonly Share[], { codebook, improve }: SurveySettings): readonly Improvement[] {
  const order = new Map(codebook.items.map(({ item }, i) => [item, i]));
  const shares = own.toSorted(
    (a, b) => a.value - b.value || (order.get(a.top2.level) ?? 0) - (order.get(b.top2.level) ?? 0),
  );
  const lowest = new Set(shares.slice(0, improve.lowest));
  const fallen = shares.filter(({ fall }) => fall < 0).toSorted((a, b) => a.fall - b.fall);
  const listed = [...fallen, ...[...lowest].filter((one) => !fallen.includes(one))];
  return listed.map((one, i) => {
    const reason: Reason = one.fall < 0 ? (lowest.has(one) ? "lowest_and_fall" : "fall") : "lowest";
    return { top2: one.top2, metric: `survey_improve_${reason}`, rank: i + 1 };
  });
}
