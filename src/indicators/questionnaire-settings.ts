import type { Indicator, IndicatorPlace } from "./indicator.ts";
import type { ScoreMean } from "./score-mean.ts";

/** An item of the codebook, as far as figures need it. */
export interface SurveyItem {
  readonly item: string;
  readonly kind: "likert" | "nps" | "choice" | "text";
  readonly theme?: string | undefined;
  readonly scale?: string | undefined;
  readonly reversed: boolean;
}

interface SurveyScale {
  /** From the lowest to the highest. */
  readonly answers: ReadonlyArray<{ readonly code: string; readonly neutral: boolean; readonly noAnswer: boolean }>;
}

/**
 * What figures of answers are made with: the codebook's items and scales, and the fewest persons for each kind of
 * statement.
 */
export interface SurveySettings {
  readonly codebook: {
    readonly items: readonly SurveyItem[];
    readonly scales: Readonly<Record<string, SurveyScale>>;
  };
  /** Fewest persons whose answers may be shown [c]; the audience's own minimum holds where it is larger. */
  readonly privacyMinimum: number;
  /** Fewest persons whose answers are called reliable: below, figures are marked [u] and nothing is tested or listed. */
  readonly reliabilityMinimum: number;
  readonly improve: {
    /** Items with the lowest top-2 shares that are listed. */
    readonly lowest: number;
    /** Waves whose items are listed: what mentors and mentees bring along at entry is nothing to improve. */
    readonly waves: readonly string[];
  };
}

/** Name of the persons of an arm who answered a questionnaire. */
export const respondentsOf = (arm: string, wave: string): string => `survey ${arm} ${wave} respondents`;

/** What the number of those who answered a questionnaire is told with. */
export const responseFamily = (arm: string): string => `survey_response_rate ${arm}`;

/**
 * An item's or a theme's figure, hidden where it is hidden how many answered at all: who answered one item is nearly
 * everybody, and nobody else.
 */
export function ofRespondents(indicator: Indicator): Indicator {
  const among = [[respondentsOf(indicator.arm, indicator.definition ?? "")]];
  const respondents = { family: responseFamily(indicator.arm), dimension: "total", level: "total" };
  const alongside = indicator.guard?.alongside ?? [];
  const others = alongside.filter(({ family }) => family === undefined).map((place) => ({ ...place, ...respondents }));
  return { ...indicator, among, guard: { ...indicator.guard, alongside: [...alongside, respondents, ...others] } };
}

/** The indicator under the two minimums of the settings. */
export const guarded = (indicator: Indicator, { privacyMinimum, reliabilityMinimum }: SurveySettings): Indicator => ({
  ...indicator,
  guard: {
    ...indicator.guard,
    ...(indicator.kind === "count" ? {} : { minimumBase: privacyMinimum }),
    ...(indicator.kind !== "count" && indicator.base < reliabilityMinimum ? { isUnreliable: true } : {}),
  },
});

const tenth = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10 + 0);

/**
 * Fewest answers to one item of which the interval of the mean is told. With the shares beside it, mean and interval leave
 * hardly more than one way to share out 15 answers over a scale of five, also with one decimal; of 150, many.
 */
const FEWEST_FOR_SPREAD = 150;

/**
 * A mean on a scale with one decimal, since a scale of five tells no more, its interval too.
 * @param items how many items it is made of: of a single one, few persons' answers can be solved for from their spread
 */
export const shownScore = ({
  metric,
  arm,
  definition,
  family,
  place,
  value,
  lower,
  upper,
  base,
  items,
}: ScoreMean & {
  readonly metric: string;
  readonly arm: string;
  readonly definition: string;
  readonly family: string;
  readonly place: IndicatorPlace;
  readonly items: number;
}): Indicator => {
  const isSpreadTold = items > 1 || base >= FEWEST_FOR_SPREAD;
  return {
    ...{ metric, arm, definition, family, ...place, unit: "score", kind: "mean", base, value: tenth(value) },
    ...{ lower: isSpreadTold ? tenth(lower) : null, upper: isSpreadTold ? tenth(upper) : null },
  };
};
