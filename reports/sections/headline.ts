import type { Released } from "../../src/disclose/finding.ts";
import type { Block, MarginNote } from "../../src/document/document.ts";
import { lowerFirst } from "../../src/wording/first-letter.ts";
import { type Absence, conclusion } from "../../src/wording/interval-sentence.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import type { Messages } from "../../src/wording/messages.ts";
import { count, percent, points } from "../../src/wording/numbers.ts";
import { absentWords, listed, type ReportInput, valueAt } from "../report-input.ts";
import { isSupported, notPassed, refutation } from "./checks.ts";

/** The conclusion in words, chosen by rule from the pooled interval, why it may be absent, and the checks. */
export function headlineWords(input: ReportInput): { headline: string; lead: string } {
  const difference = valueAt(input, { metric: "effect_difference" });
  const { lower = null, upper = null } = difference ?? {};
  const result = { lower, upper, refutation: refutation(input), absence: absenceOf(difference) };
  const { headline, lead } = conclusion(result, input.messages, input.pipeline.evaluation.outcome.definition);
  return { headline, lead };
}

function absenceOf(difference: Released | undefined): Absence {
  if (difference?.conf_status === "A") return "tooFew";
  return difference?.conf_status === "D" ? "protected" : "noResult";
}

/** Participants' rate, similar jobseekers' rate, difference and uplift, pooled. */
export function keyFigures(input: ReportInput): Block {
  const { messages } = input;
  const { locale } = messages;
  const text = (key: KeyUnder<"investor.key">, values: Record<string, string | number> = {}): string =>
    messages.text(`investor.key.${key}`, values);
  const participants = valueAt(input, { metric: "placement_rate", arm: "participants" });
  const controls = valueAt(input, { metric: "placement_rate", arm: "controls" });
  const placed = valueAt(input, { metric: "placements", arm: "participants" });
  const range = (metric: string, show: (value: number, locale: string) => string) => {
    const value = valueAt(input, { metric });
    const { lower = null, upper = null } = value ?? {};
    return {
      text:
        value?.value === null || value?.value === undefined ? absentWords(value, messages) : show(value.value, locale),
      detail:
        lower === null || upper === null ? "" : text("range", { low: show(lower, locale), high: show(upper, locale) }),
    };
  };
  const placedOf = placed?.value ?? null;
  const persons = controls?.n ?? null;
  return {
    kind: "keyFigures",
    figures: [
      {
        label: text("participants"),
        mark: "participants",
        text: participants?.value == null ? absentWords(participants, messages) : percent(participants.value, locale),
        detail:
          placedOf === null || participants?.n == null
            ? ""
            : text("participantsDetail", { placed: count(placedOf, locale), n: count(participants.n, locale) }),
      },
      {
        label: text("controls"),
        mark: "controls",
        text: controls?.value == null ? absentWords(controls, messages) : percent(controls.value, locale),
        detail: persons === null ? "" : text("controlsDetail", { n: persons }),
      },
      { label: text("difference"), ...range("effect_difference", points) },
      { label: text("relative"), ...range("effect_relative", percent) },
    ],
  };
}

/** Why the range comes first or why nothing is concluded, and what being in work means. */
export function headlineNotes(input: ReportInput): readonly MarginNote[] {
  const { messages, pipeline } = input;
  const difference = valueAt(input, { metric: "effect_difference" });
  const { definition } = pipeline.evaluation.outcome;
  const outcome = {
    lead: messages.text("investor.outcomeNote.lead"),
    text: messages.text("investor.outcomeNote.text", {
      definition: lowerFirst(messages.text(`definition.${definition}.text`)),
    }),
  };
  if (difference?.value == null) return [outcome];
  const estimate = points(difference.value, messages.locale);
  return [isSupported(input) ? ruleNote(messages, estimate) : refutedNote(input, estimate), outcome];
}

const ruleNote = (messages: Messages, estimate: string): MarginNote => ({
  lead: messages.text("investor.headlineNote.lead"),
  text: messages.text("investor.headlineNote.text", { estimate }),
});

function refutedNote(input: ReportInput, estimate: string): MarginNote {
  const { messages } = input;
  const { state, names } = notPassed(input);
  return {
    lead: messages.text("investor.refutedNote.lead"),
    text: messages.text("investor.refutedNote.text", { state, which: listed(names, messages), estimate }),
  };
}
