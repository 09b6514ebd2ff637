import { love } from "../../src/chart/love.ts";
import type { Released } from "../../src/disclose/finding.ts";
import type { Block, MarginNote, Table } from "../../src/document/document.ts";
import { groupBy } from "../../src/group-by.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { decimal } from "../../src/wording/numbers.ts";
import { compareLevels } from "../level-order.ts";
import { absentWords, asRatio, levelName, listed, numberCell, type ReportInput } from "../report-input.ts";
import { sourceLine } from "./attrition.ts";

interface LevelBalance {
  readonly covariate: string;
  readonly level: string;
  readonly before: Released | undefined;
  readonly after: Released | undefined;
}

/** Standardised differences before and after matching: the largest level of each characteristic, and all in the table. */
export function balanceSection(input: ReportInput): readonly Block[] {
  const { messages, pipeline } = input;
  const levels = levelsOf(input);
  if (levels.length === 0) return [];
  const text = (key: KeyUnder<"investor.balance">, values: Record<string, string | number> = {}): string =>
    messages.text(`investor.balance.${key}`, values);
  const rows = [...groupBy(levels, ({ covariate }) => covariate)].map(([covariate, own]) => ({
    covariate,
    ...largest(own),
  }));
  const title = titleOf(input, levels);
  const { warn, fail } = pipeline.evaluation.balance;
  return [
    {
      kind: "figure",
      id: "balance",
      title,
      subtitle: text("subtitle", { warn: asRatio(warn, messages.locale), fail: asRatio(fail, messages.locale) }),
      alt: text("alt", { title }),
      graphic: love({
        locale: messages.locale,
        words: { name: text("covariate"), before: text("before"), after: text("after") },
        rows: rows
          .toSorted((a, b) => (b.before ?? -1) - (a.before ?? -1) || (a.covariate < b.covariate ? -1 : 1))
          .map(({ covariate, before, after, hidden }) => {
            const name = messages.named("covariate", covariate);
            if (before === undefined || after === undefined) return { name, words: absentWords(hidden, messages) };
            const labelled = (value: number) => ({ value, text: asRatio(value, messages.locale) });
            return { name, before: labelled(before), after: labelled(after) };
          }),
        lines: [warn, fail].map((value) => ({ value, text: asRatio(value, messages.locale) })),
      }),
      table: tableOf(input, levels),
      source: sourceLine(input),
      margin: [{ lead: text("exactLead"), text: text("exact") }, ...toWatch(input, rows)],
    },
  ];
}

/** Characteristics between the warning and the limit, by name. */
function toWatch(
  input: ReportInput,
  rows: ReadonlyArray<{ readonly covariate: string; readonly after: number | undefined }>,
): readonly MarginNote[] {
  const { messages, pipeline } = input;
  const { warn, fail } = pipeline.evaluation.balance;
  const between = rows.filter(({ after }) => after !== undefined && after > warn && after <= fail);
  if (between.length === 0) return [];
  const names = between.map(({ covariate }) => messages.named("covariate", covariate).toLowerCase());
  const values = {
    n: between.length,
    names: listed(names, messages),
    warn: asRatio(warn, messages.locale),
    fail: asRatio(fail, messages.locale),
  };
  return [
    { lead: messages.text("investor.balance.betweenLead"), text: messages.text("investor.balance.between", values) },
  ];
}

function levelsOf(input: ReportInput): readonly LevelBalance[] {
  const { definition } = input.pipeline.evaluation.outcome;
  const own = input.released.filter((value) => value.definition === definition);
  const after = new Map(own.filter((value) => value.metric === "smd_after").map((value) => [keyOf(value), value]));
  return own
    .filter((value) => value.metric === "smd_before")
    .map((before) => ({ covariate: before.dimension, level: before.level, before, after: after.get(keyOf(before)) }));
}

const keyOf = ({ dimension, level }: Released): string => `${dimension}\u0000${level}`;

/** Largest absolute differences over the levels that are published. */
function largest(levels: readonly LevelBalance[]) {
  const of = (side: "before" | "after"): number | undefined => {
    const values = levels.flatMap((level) => {
      const value = level[side]?.value;
      return value == null ? [] : [Math.abs(value)];
    });
    return values.length === 0 ? undefined : Math.max(...values);
  };
  return { before: of("before"), after: of("after"), hidden: levels[0]?.before };
}

/** The largest difference that is left, or how many exceed the limit. */
function titleOf(input: ReportInput, levels: readonly LevelBalance[]): string {
  const { messages, pipeline } = input;
  const { fail } = pipeline.evaluation.balance;
  const after = levels.flatMap(({ after: value }) => (value?.value == null ? [] : [Math.abs(value.value)]));
  const beyond = after.filter((value) => value > fail).length;
  const text = (value: number): string => decimal(value, 2, messages.locale);
  if (beyond > 0) return messages.text("investor.balance.title.beyond", { n: beyond, x: text(fail) });
  return messages.text("investor.balance.title.within", { x: text(Math.max(0, ...after)) });
}

/** Index months are dozens of like rows: the metrics hold them, the table does not. */
const listedLevels = (levels: readonly LevelBalance[]): readonly LevelBalance[] =>
  [...groupBy(levels, ({ covariate }) => covariate)].flatMap(([covariate, own]) =>
    covariate === "index_month" ? [] : own.toSorted((a, b) => compareLevels(covariate, a.level, b.level)),
  );

function tableOf(input: ReportInput, levels: readonly LevelBalance[]): Table {
  const { messages } = input;
  const header = (key: KeyUnder<"investor.balance">): string => messages.text(`investor.balance.${key}`);
  return {
    id: "balance",
    title: header("table"),
    columns: [
      { id: "covariate", header: header("covariate"), kind: "name" },
      { id: "level", header: header("level"), kind: "name" },
      { id: "before", header: header("smdBefore"), kind: "number", format: "0.00" },
      { id: "after", header: header("smdAfter"), kind: "number", format: "0.00" },
    ],
    rows: listedLevels(levels).map(({ covariate, level, before, after }) => ({
      cells: [
        { text: messages.named("covariate", covariate) },
        { text: levelName(covariate, level, messages) },
        numberCell(before?.value, before, input, asRatio),
        numberCell(after?.value, after, input, asRatio),
      ],
    })),
  };
}
