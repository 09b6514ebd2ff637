import type { Released } from "../../src/disclose/finding.ts";
import type { Block } from "../../src/document/document.ts";
import { conclusion, conclusionRule } from "../../src/wording/interval-sentence.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { count, percent } from "../../src/wording/numbers.ts";
import { levelInText, listed, periodText, pooledPeriod, type ReportInput, valueAt } from "../report-input.ts";
import { isSupported } from "./checks.ts";

/** Periods with an effect of their own: each cohort year, then the pooled period. */
export function periods({ pipeline }: ReportInput): readonly string[] {
  const { cohorts } = pipeline.evaluation;
  const years = cohorts.years.length > 1 ? cohorts.years.map(String) : [];
  return [...years, pooledPeriod(pipeline)];
}

/** Whether a period is that of all cohorts together, where there are several. */
export const isOfSeveral = (input: ReportInput, period: string): boolean =>
  period === pooledPeriod(input.pipeline) && periods(input).length > 1;

/** True where the 95 % interval excludes 0. */
export const clearsZero = (value: Released | undefined): boolean =>
  value?.lower != null && value.upper != null && (value.lower > 0 || value.upper < 0);

/** The family that the multiple-comparison correction covers: a p-value a subgroup level that was estimated. */
export const correctedTests = ({ released, pipeline }: ReportInput): readonly Released[] =>
  released.filter(
    ({ metric, definition, obs_status }) =>
      metric === "effect_p_value_holm" && definition === pipeline.evaluation.outcome.definition && obs_status === "A",
  );

/** Whether something is said of those subgroups only that are shown: of the others it may not hold. */
export const hiddenTests = (input: ReportInput): "yes" | "no" =>
  correctedTests(input).some(({ conf_status }) => conf_status !== "F") ? "yes" : "no";

/** Subgroup levels whose difference stays significant after the family's correction, by name. */
export function significantSubgroups(input: ReportInput): readonly string[] {
  return correctedTests(input)
    .filter(({ value }) => value !== null && value < 0.05)
    .map((value) => {
      const name = levelInText(value.dimension, value.level, input.messages);
      return `${input.messages.named("covariate", value.dimension).toLowerCase()} ${name}`;
    });
}

/** What can be said and what cannot, of equal weight (method.md §7). */
export function saidSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const said = (key: KeyUnder<"investor.said">, values: Record<string, string | number> = {}): string =>
    messages.text(`investor.said.${key}`, values);
  return [
    { kind: "heading", level: 2, id: "said", text: said("title") },
    {
      kind: "statements",
      can: { title: said("can"), items: isSupported(input) ? canBeSaid(input) : [matchSentence(input)] },
      cannot: {
        title: said("cannot"),
        items: [
          ...unclearPeriods(input),
          ...comparedOnly(input),
          said("unobserved"),
          said("services"),
          said("displacement"),
          said("significance"),
        ],
      },
    },
  ];
}

function canBeSaid(input: ReportInput): readonly string[] {
  const { messages, pipeline } = input;
  const { definition } = pipeline.evaluation.outcome;
  const sentences = periods(input).flatMap((period) => {
    const value = valueAt(input, { metric: "effect_difference", period });
    if (value?.lower == null || value.upper == null) return [];
    const result = { lower: value.lower, upper: value.upper };
    if (conclusionRule(result) === "unclear") return [];
    const { headline } = conclusion(result, messages, definition);
    return [messages.text("investor.said.cohort", { period: periodText(period), sentence: headline })];
  });
  return [...sentences, ...subgroupSentence(input), matchSentence(input)];
}

function subgroupSentence(input: ReportInput): readonly string[] {
  const { messages } = input;
  if (correctedTests(input).length === 0) return [];
  const names = significantSubgroups(input);
  const hidden = hiddenTests(input);
  if (names.length === 0) return [messages.text("investor.said.noSubgroup", { hidden })];
  return [messages.text("investor.said.subgroups", { which: names.length, names: listed(names, messages), hidden })];
}

/** Whether everybody was matched; where somebody was not, whom the result is about. */
function matchSentence(input: ReportInput): string {
  const { messages } = input;
  const share = valueAt(input, {
    metric: "matched_share",
    dimension: "matching",
    level: "matched",
    arm: "participants",
  });
  const analysed = valueAt(input, { metric: "placement_rate", arm: "participants" })?.n;
  if (share?.value === 1) return messages.text("conclusion.allMatched");
  if (share?.value == null || analysed == null) return messages.text("conclusion.unmatchedFew");
  const p = percent(1 - share.value, messages.locale);
  return messages.text("conclusion.unmatchedShare", { p, m: count(analysed, messages.locale) });
}

/** Whom the result is about: attrition between the start and the comparison, in one sentence. */
function comparedOnly(input: ReportInput): readonly string[] {
  const { messages } = input;
  const at = (level: string) =>
    valueAt(input, { metric: "attrition", dimension: "attrition", level, arm: "participants" })?.value;
  const [started, analysed] = [at("started_in_cohort"), at("analysed")];
  if (started == null || analysed == null || started === analysed) return [];
  const { locale } = messages;
  return [
    messages.text("investor.said.compared", { started: count(started, locale), analysed: count(analysed, locale) }),
  ];
}

/** Cohorts whose intervals include zero, and whether that of all together does. */
function unclearPeriods(input: ReportInput): readonly string[] {
  const { messages } = input;
  const unclear = periods(input).filter((period) => {
    const value = valueAt(input, { metric: "effect_difference", period });
    return value?.lower != null && !clearsZero(value);
  });
  const years = unclear.filter((period) => !isOfSeveral(input, period)).map(periodText);
  return [
    ...(years.length === 0
      ? []
      : [messages.text("investor.said.single", { cohorts: years.length, years: listed(years, messages) })]),
    ...unclear
      .filter((period) => isOfSeveral(input, period))
      .map((period) => messages.text("investor.said.together", { period: periodText(period) })),
  ];
}
