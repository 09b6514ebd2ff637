import { type Curve, placementCurves } from "../../src/chart/placement-curves.ts";
import type { Released } from "../../src/disclose/finding.ts";
import type { Block, MarginNote, Table } from "../../src/document/document.ts";
import { lowerFirst, upperFirst } from "../../src/wording/first-letter.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { decimal, percent } from "../../src/wording/numbers.ts";
import { asPercent, asPoints, listed, numberCell, type ReportInput, valueAt } from "../report-input.ts";
import { sourceLine } from "./attrition.ts";

const FIRST_DAY = "first_day";
const ARMS = ["participants", "controls"] as const;
type Arm = (typeof ARMS)[number];

interface Month {
  readonly month: number;
  readonly participants: Released;
  readonly controls: Released;
  readonly difference: Released | undefined;
}

/** Time to the first day in work: both arms by month, with the last month in words. */
export function placementCurvesSection(input: ReportInput): readonly Block[] {
  const { messages, pipeline } = input;
  const { outcome } = pipeline.evaluation;
  const months = monthsOf(input);
  const last = months.at(-1);
  if (pipeline.evaluation.curves === undefined || last === undefined) return [];
  const text = (key: KeyUnder<"investor.curves">, values: Record<string, string | number> = {}): string =>
    messages.text(`investor.curves.${key}`, values);
  const shown = (value: Released): string => asPercent(value.value ?? 0, messages.locale);
  const title = text("title", { month: last.month, a: shown(last.participants), b: shown(last.controls) });
  const curve = (arm: Arm): Curve => ({
    name: messages.text(`arm.${arm}`),
    short: text(`short.${arm}`),
    endText: shown(last[arm]),
    points: months.map((month) => ({
      month: month.month,
      value: (month[arm].value ?? 0) * 100,
      lower: inPercent(month[arm].lower),
      upper: inPercent(month[arm].upper),
    })),
  });
  return [
    {
      kind: "figure",
      id: "placement-curves",
      title,
      subtitle: text("subtitle", { after: outcome.after, register: messages.named("register", input.register) }),
      alt: text("alt", { title }),
      graphic: placementCurves({
        locale: messages.locale,
        words: { months: text("months", { after: outcome.after }) },
        months: outcome.months,
        a: curve("participants"),
        b: curve("controls"),
      }),
      table: tableOf(input, months),
      source: [
        sourceLine(input),
        text("steps", { threshold: pipeline.disclosure.threshold }),
        ...exitSentences(input),
      ].join(" "),
      margin: notes(input),
    },
  ];
}

const inPercent = (value: number | null): number | null => (value === null ? null : value * 100);

/** Months that are published in both arms, ascending. */
function monthsOf(input: ReportInput): readonly Month[] {
  const at = (metric: string, level: string, arm: string): Released | undefined =>
    valueAt(input, { metric, dimension: "follow_up_month", level, arm, definition: FIRST_DAY });
  return input.released
    .filter(({ metric, arm, value }) => metric === "placed_by_month" && arm === "participants" && value !== null)
    .flatMap((participants): readonly Month[] => {
      const { level } = participants;
      const controls = at("placed_by_month", level, "controls");
      if (controls?.value == null) return [];
      return [
        { month: Number(level), participants, controls, difference: at("placed_by_month_difference", level, "both") },
      ];
    })
    .toSorted((one, other) => one.month - other.month);
}

function tableOf(input: ReportInput, months: readonly Month[]): Table {
  const { messages } = input;
  const column = (
    id: KeyUnder<"investor.curves">,
    format: string,
    header = messages.text(`investor.curves.${id}`),
  ) => ({
    id,
    header,
    kind: "number" as const,
    format,
  });
  const sheet = (id: KeyUnder<"investor.curves">) => ({ ...column(id, "0.0%"), where: "sheet" as const });
  const difference = (id: KeyUnder<"investor.columns">) => ({
    ...{ id, header: messages.text(`investor.columns.${id}`) },
    ...{ kind: "number" as const, format: "0.0" },
  });
  const inPoints = (value: number | null | undefined, released: Released | undefined) => {
    const cell = numberCell(value, released, input, asPoints);
    return cell.value === undefined ? cell : { ...cell, value: cell.value * 100 };
  };
  return {
    id: "placement_curves",
    title: messages.text("investor.curves.table"),
    columns: [
      { id: "month", header: messages.text("investor.curves.month"), kind: "name" },
      ...ARMS.flatMap((arm) => [column(arm, "0.0%"), sheet(`${arm}Lower`), sheet(`${arm}Upper`)]),
      ...(["difference", "differenceLower", "differenceUpper"] as const).map(difference),
    ],
    rows: months.map((month) => ({
      cells: [
        { text: String(month.month) },
        ...ARMS.flatMap((arm) => {
          const own = month[arm];
          return [own.value, own.lower, own.upper].map((value) => numberCell(value, own, input, percent));
        }),
        ...[month.difference?.value, month.difference?.lower, month.difference?.upper].map((value) =>
          inPoints(value, month.difference),
        ),
      ],
    })),
  };
}

function notes(input: ReportInput): readonly MarginNote[] {
  const { messages, pipeline } = input;
  const { definition } = pipeline.evaluation.outcome;
  const name = messages.text(`definition.${definition}.name`);
  const other = messages.text("investor.curves.other", { definition: lowerFirst(name) });
  return [{ lead: messages.text("investor.curves.otherLead"), text: other }, ...meanNote(input)];
}

/** Months without work, on average; to a tenth of a month. */
function meanNote(input: ReportInput): readonly MarginNote[] {
  const { messages, pipeline } = input;
  const at = (metric: string, arm: string) => valueAt(input, { metric, arm, definition: FIRST_DAY });
  const [a, b] = ARMS.map((arm) => at("months_without_work", arm)?.value);
  const difference = at("months_without_work_difference", "both");
  if (a == null || b == null || difference?.value == null || difference.lower === null || difference.upper === null)
    return [];
  const show = (value: number): string => decimal(value, 1, messages.locale);
  const values = {
    months: pipeline.evaluation.outcome.months,
    a: show(a),
    b: show(b),
    d: show(difference.value),
    low: show(difference.lower),
    high: show(difference.upper),
  };
  return [{ lead: messages.text("investor.curves.meanLead"), text: messages.text("investor.curves.mean", values) }];
}

/** What each way out of the register other than work means here, one sentence a meaning. */
function exitSentences({ messages, pipeline }: ReportInput): readonly string[] {
  const { exits } = pipeline.evaluation.curves ?? { exits: {} };
  return (["competing", "censoring", "ignored"] as const).flatMap((meaning) => {
    const names = Object.entries(exits).flatMap(([exit, own]) =>
      own === meaning ? [messages.named("investor.curves.exit", exit)] : [],
    );
    if (names.length === 0) return [];
    const list = listed(names, messages);
    const text = messages.text(`investor.curves.exits.${meaning}`, { names: list });
    return [upperFirst(text)];
  });
}
