import type { Released } from "../../src/disclose/finding.ts";
import type { Block, Document, KeyFigure } from "../../src/document/document.ts";
import { upperFirst } from "../../src/wording/first-letter.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import type { Messages } from "../../src/wording/messages.ts";
import { inARow } from "../../src/wording/numbers.ts";
import { absentWords, type ReportInput } from "../report-input.ts";
import {
  allYears,
  type Measured,
  regionName,
  shortWords,
  shown,
  told,
  type YearPlace,
  yearOf,
  yearsBefore,
} from "./place.ts";

/** The year in one sentence by rule: what is published of duos and declared outcomes, and the year before beneath it. */
export function yearHeadline(input: ReportInput): Pick<Document, "headline" | "lead"> {
  const { messages } = input;
  const at = (period: string) => ({
    duos: told(input, { metric: "duos_started", arm: "duos", period }),
    solution: told(input, { metric: "declared_solution", arm: "duos", period }),
  });
  const year = yearOf(input);
  const [before] = yearsBefore(input);
  const sentence = (where: "headline" | "lead", period: string): string | undefined => {
    const { duos, solution } = at(period);
    if (duos?.value == null) return undefined;
    const values = {
      year: period,
      region: regionName(input.region, input),
      n: duos.value,
      duos: shown(duos, "count", messages),
      share: shown(solution, "rate", messages),
    };
    return messages.text(`year.${where}.${solution?.value == null ? "duos" : "both"}`, values);
  };
  const headline =
    sentence("headline", year) ??
    messages.text("year.headline.none", { year, region: regionName(input.region, input) });
  const past = before === undefined ? undefined : sentence("lead", before);
  return { headline, lead: [past, messages.text("year.lead.described")].filter(Boolean).join(" ") };
}

interface Key extends YearPlace {
  readonly label: KeyUnder<"year.key">;
  readonly measured: Measured;
}

const KEYS: readonly Key[] = [
  { label: "started", metric: "duos_started", arm: "duos", measured: "count" },
  { label: "completed", metric: "duos_completed", arm: "duos", measured: "rate" },
  { label: "solution", metric: "declared_solution", arm: "duos", measured: "rate" },
  { label: "active", metric: "mentors_active", arm: "mentors", measured: "rate" },
];

/** Four figures of the year with the year before beside them. */
export function yearKeyFigures(input: ReportInput): Block {
  const { messages } = input;
  const [before] = yearsBefore(input);
  const figure = ({ label, measured, ...place }: Key): KeyFigure => {
    const value = told(input, place);
    const previous = before === undefined ? undefined : told(input, { ...place, period: before });
    const detail =
      previous?.value == null
        ? ""
        : messages.text("year.key.before", { year: before ?? "", value: shown(previous, measured, messages) });
    return {
      label: messages.text(`year.key.${label}`),
      ...(value?.value == null ? absentFigure(value, messages) : { text: shown(value, measured, messages), detail }),
      ...trendOf(input, { ...place, measured }),
    };
  };
  return { kind: "keyFigures", figures: KEYS.map(figure) };
}

/** In a word that there is no figure, and why. */
function absentFigure(value: Released | undefined, messages: Messages): Pick<KeyFigure, "text" | "detail"> {
  const text = shortWords(value, messages);
  return { text: upperFirst(text), detail: absentWords(value, messages) };
}

/** The years' values as a small line, and in words for who cannot see it. */
function trendOf(input: ReportInput, { measured, ...place }: Omit<Key, "label">): Pick<KeyFigure, "trend"> {
  const years = allYears(input).map((period) => ({ period, value: told(input, { ...place, period }) }));
  if (years.length < 2) return {};
  const each = years.map(({ period, value }) => `${period} ${shown(value, measured, input.messages)}`);
  return {
    trend: { values: years.map(({ value }) => value?.value ?? null), alt: inARow(each, input.messages.locale) },
  };
}
