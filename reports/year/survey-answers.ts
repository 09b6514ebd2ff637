import { type LikertRow, type LikertShares, likert } from "../../src/chart/likert.ts";
import type { Block } from "../../src/document/document.ts";
import type { Codebook } from "../../src/protocol/questionnaires.ts";
import { lowerFirst } from "../../src/wording/first-letter.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { asCount, asPercent, periodText, type ReportInput } from "../report-input.ts";
import { allTogether, NETWORK, shortWords, shown, told, yearOf } from "./place.ts";
import { figureBlock, type MeasureTable } from "./table.ts";

/** One role at one moment of the questionnaire. */
export interface Asked {
  readonly role: string;
  readonly wave: string;
  /** The moment's name within a sentence. */
  readonly moment: string;
  /** `Mentees, at the end`. */
  readonly name: string;
  readonly arm: string;
}

/** The five answers of a scale, from the lowest to the highest, with their words; the middle one is neutral. */
interface FiveAnswers {
  readonly scale: string;
  readonly codes: readonly string[];
  readonly labels: readonly string[];
}

type Item = Codebook["items"][number];

/**
 * How each statement was answered, over all years: disagreement and agreement as bars, neutral apart, with the table. Of
 * the network only; nothing where no statement has five answers, or all are hidden.
 */
export function answersFigure(input: ReportInput, asked: Asked, codebook: Codebook): readonly Block[] {
  const { messages } = input;
  const five = fiveAnswers(codebook, input);
  if (input.region !== NETWORK || five === undefined) return [];
  const period = allTogether(input) ?? yearOf(input);
  const items = codebook.items.filter(
    ({ kind, scale, item }) =>
      kind === "likert" && scale === five.scale && told(input, agreedPlace(item, asked, period)) !== undefined,
  );
  const rows = items.map((item) => likertRow(input, item, asked, { five, period }));
  if (rows.every(({ shares }) => shares === undefined)) return [];
  const [stronglyDisagree = "", disagree = "", neutral = "", agree = "", stronglyAgree = ""] = five.labels;
  const word = (key: KeyUnder<"year.survey.answers">): string => messages.text(`year.survey.answers.${key}`);
  const graphic = likert({
    words: {
      ...{ name: messages.text("year.column.item"), n: word("n"), disagree: word("disagree"), agree: word("agree") },
      ...{ neutral, key: { stronglyDisagree, disagree, neutral, agree, stronglyAgree } },
    },
    rows,
  });
  const table: MeasureTable = {
    id: `answers_${asked.role}_${asked.wave}`,
    title: "answers",
    titleValues: { asked: asked.name, period: periodText(period) },
    rows: "item",
    lines: items.map(({ item, text }) => ({ label: text[messages.language], at: { dimension: `item_${item}` } })),
    measures: five.codes.map((level, i) => ({
      ...{
        id: `answer_${level}`,
        header: `${five.labels[i]} (%)`,
        metric: "survey_answer",
        measured: "share" as const,
      },
      ...{ arm: asked.arm, definition: asked.wave, level, period },
    })),
  };
  const title = headline(input, items, asked, period);
  const subtitle = messages.text("year.survey.answers.subtitle", {
    asked: lowerFirst(asked.name),
    period: periodText(period),
  });
  return [figureBlock(input, table, { title, subtitle, kind: "likert" }, graphic)];
}

function fiveAnswers({ items, scales }: Codebook, { messages }: ReportInput): FiveAnswers | undefined {
  for (const { kind, scale = "" } of items) {
    const answers = (scales[scale]?.answers ?? []).filter(({ noAnswer }) => !noAnswer);
    if (kind !== "likert" || answers.length !== 5 || answers[2]?.neutral !== true) continue;
    const labels = answers.map(({ label }) => label[messages.language]);
    return { scale, codes: answers.map(({ code }) => code), labels };
  }
  return undefined;
}

const agreedPlace = (level: string, { arm, wave }: Asked, period: string) =>
  ({ metric: "survey_top2", arm, definition: wave, dimension: "item", level, period }) as const;

/** A statement's five shares in per cent; the words for it where one of them is hidden. */
function likertRow(
  input: ReportInput,
  { item, text }: Item,
  { arm, wave }: Asked,
  { five, period }: { readonly five: FiveAnswers; readonly period: string },
): LikertRow {
  const { messages } = input;
  const name = text[messages.language];
  const values = five.codes.map((level) =>
    told(input, { metric: "survey_answer", arm, definition: wave, dimension: `item_${item}`, level, period }),
  );
  const hidden = values.find((value) => value?.value == null);
  if (values.some((value) => value?.value == null)) return { name, words: shortWords(hidden, messages) };
  const [stronglyDisagree = 0, disagree = 0, neutral = 0, agree = 0, stronglyAgree = 0] = values.map(
    (value) => 100 * (value?.value ?? 0),
  );
  const whole = (points: number): string => asPercent(points / 100, messages.locale);
  const shares: LikertShares = {
    ...{ stronglyDisagree, disagree, neutral, agree, stronglyAgree },
    texts: {
      disagree: whole(stronglyDisagree + disagree),
      neutral: whole(neutral),
      agree: whole(agree + stronglyAgree),
    },
  };
  return { name, n: asCount(values[0]?.n ?? 0, messages.locale), shares };
}

/** The statement that most agree with, as a sentence; what is shown where none may be told. */
function headline(input: ReportInput, items: readonly Item[], asked: Asked, period: string): string {
  const { messages } = input;
  const [best] = items
    .flatMap(({ item, text }) => {
      const agreed = told(input, agreedPlace(item, asked, period));
      return agreed?.value == null ? [] : [{ agreed, value: agreed.value, item: text[messages.language] }];
    })
    .sort((a, b) => b.value - a.value);
  if (best === undefined) return messages.text("year.table.answers", { asked: asked.name, period: periodText(period) });
  const share = shown(best.agreed, "rate", messages);
  return messages.text("year.survey.answers.title", { asked: asked.name, share, item: best.item });
}
