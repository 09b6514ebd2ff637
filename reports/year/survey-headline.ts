import type { Released } from "../../src/disclose/finding.ts";
import type { Codebook } from "../../src/protocol/questionnaires.ts";
import { lowerFirst } from "../../src/wording/first-letter.ts";
import { asPoints, type ReportInput } from "../report-input.ts";
import { shown, told, yearOf, yearsBefore } from "./place.ts";
import type { Asked } from "./survey-answers.ts";

/** What is called significant, after Holm's adjustment. */
const LEVEL = 0.05;

/** A title of about ten words, and the sentence under it. */
interface Headline {
  readonly title: string;
  readonly text?: string;
}

interface Answered {
  readonly asked: string;
  readonly item: string;
  readonly top2: Released;
  readonly change: Released | undefined;
  readonly p: Released | undefined;
}

/**
 * What the answers say, by rule from released values: the largest significant change, else the statements that most and
 * fewest agree with, else that too few answered. Answers too few to be reliable say nothing here.
 */
export function surveyHeadline(input: ReportInput, asked: readonly Asked[], { items }: Codebook): Headline {
  const { messages } = input;
  const [before = ""] = yearsBefore(input);
  const considered = discussed(input, asked);
  const answered = considered.flatMap((one) => items.flatMap((item) => answeredOf(input, one, item)));
  const changed = answered
    .filter(({ p, change }) => p?.value != null && p.value < LEVEL && change?.value != null)
    .sort((a, b) => Math.abs(b.change?.value ?? 0) - Math.abs(a.change?.value ?? 0));
  const [most] = changed;
  if (most !== undefined) {
    const change = most.change?.value ?? 0;
    const values = {
      ...{ item: most.item, asked: lowerFirst(most.asked), before },
      direction: change > 0 ? "up" : "down",
      points: asPoints(Math.abs(change), messages.locale),
      others: changed.length - 1,
    };
    return {
      title: messages.text("year.survey.changedTitle", { n: changed.length, before }),
      text: messages.text("year.survey.changed", values),
    };
  }
  const ordered = [...answered].sort((a, b) => (b.top2.value ?? 0) - (a.top2.value ?? 0));
  const [best, worst] = [ordered[0], ordered.at(-1)];
  if (best === undefined || worst === undefined)
    return { title: messages.text("year.survey.tooFew", { year: yearOf(input) }) };
  const share = (one: Answered): string => shown(one.top2, "rate", messages);
  if (best === worst)
    return {
      title: messages.text("year.survey.answers.title", { asked: best.asked, share: share(best), item: best.item }),
    };
  const values = {
    ...{ best: best.item, bestAsked: lowerFirst(best.asked), bestShare: share(best) },
    ...{ worst: worst.item, worstAsked: lowerFirst(worst.asked), worstShare: share(worst), before },
    moments:
      considered.length === asked.length ? "all" : [...new Set(considered.map(({ moment }) => moment))].join(", "),
    left: leftOut(input, considered, items),
    tested: answered.some(({ p }) => p?.value != null) ? "yes" : "no",
  };
  return { title: messages.text("year.survey.steadyTitle", values), text: messages.text("year.survey.steady", values) };
}

/** Roles at the moments whose answers are for discussion; all where the pipeline names none of those asked. */
function discussed({ pipeline }: ReportInput, asked: readonly Asked[]): readonly Asked[] {
  const waves: readonly string[] = pipeline.questionnaires?.improve.waves ?? [];
  const own = asked.filter(({ wave }) => waves.includes(wave));
  return own.length === 0 ? asked : own;
}

/** What is not among the shares compared, so that the most and the fewest may lie there. */
function leftOut(
  input: ReportInput,
  considered: readonly Asked[],
  items: Codebook["items"],
): "none" | "hidden" | "few" {
  const shares = considered.flatMap(({ arm, wave }) =>
    items
      .filter(({ kind }) => kind === "likert")
      .map(({ item }) => told(input, { metric: "survey_top2", arm, definition: wave, dimension: "item", level: item })),
  );
  if (shares.some((share) => share?.value != null && share.obs_status === "U")) return "few";
  return shares.some((share) => share !== undefined && share.conf_status !== "F") ? "hidden" : "none";
}

function answeredOf(
  input: ReportInput,
  { arm, wave, name }: Asked,
  { kind, item, text }: Codebook["items"][number],
): readonly Answered[] {
  if (kind !== "likert") return [];
  const at = { arm, definition: wave, dimension: "item", level: item } as const;
  const [top2, change, p] = ["survey_top2", "survey_change", "survey_change_p_holm"].map((metric) =>
    told(input, { ...at, metric }),
  );
  if (top2?.value == null || top2.obs_status === "U") return [];
  return [{ asked: name, item: text[input.messages.language], top2, change, p }];
}
