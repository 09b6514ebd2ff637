import { basename } from "node:path";
import type { Block, TableCell, TableRow } from "../../src/document/document.ts";
import { countsOf } from "../../src/editions/diff.ts";
import type { FigureChange } from "../../src/editions/figure-changes.ts";
import type { Reasons } from "../../src/editions/reasons.ts";
import type { Figure } from "../../src/verify/metric-rows.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { euros } from "../../src/wording/numbers.ts";
import { metricWords } from "../metric-words.ts";
import { asCount, asPercent, asPoints, listed, periodText, type ReportInput } from "../report-input.ts";

/** Figures that a reader of the edition before will have quoted; all others are in the edition's list. */
const QUOTED: ReadonlySet<string> = new Set([
  ...["placement_rate", "effect_difference", "effect_relative", "payment_amount", "payment_return"],
  ...["persons_in_duos", "duos_started", "duos_ended", "duos_completed", "mentors_with_duo"],
  ...["declared_solution", "declared_job", "cost_per_duo", "cost_per_solution"],
]);
/** So many rows are shown. */
const MOST = 30;

/** What this edition corrects of the one before of the same year, and why; nothing where none is declared. */
export function correctionsSection(input: ReportInput): readonly Block[] {
  const { corrections, messages } = input;
  if (corrections === undefined) return [];
  const { against: edition, changes, reasons } = corrections;
  const text = (key: KeyUnder<"corrections">, values = {}): string => messages.text(`corrections.${key}`, values);
  const counts = countsOf(changes);
  const gone = counts.hidden + counts.vanished;
  const fresh = counts.appeared + counts.shown;
  const sentences = [
    text("lead", { edition }),
    text("changed", { n: counts.changed }),
    ...(gone === 0 ? [] : [text("gone", { n: gone })]),
    ...(fresh === 0 ? [] : [text("fresh", { n: fresh })]),
    ...reasonSentences(reasons, input),
    text("all"),
  ];
  const rows = rowsOf(changes, input);
  const heading: Block = { kind: "heading", level: 2, id: "corrections", text: text("title", { edition }) };
  const said: Block = { kind: "text", text: sentences.join(" ") };
  if (rows.length === 0) return [heading, said];
  const number = { kind: "number" } as const;
  return [
    heading,
    said,
    {
      kind: "table",
      table: {
        id: "corrections",
        title: text("table"),
        columns: [
          { id: "figure", header: text("figure"), kind: "name" },
          { id: "period", header: messages.text("fact.period"), kind: "text" },
          { id: "before", header: text("before", { edition }), ...number },
          { id: "after", header: text("after"), ...number },
        ],
        rows,
      },
    },
  ];
}

function reasonSentences({ data, protocol, version }: Reasons, { messages }: ReportInput): readonly string[] {
  const files = [...new Set(data.map(({ before, after }) => basename((after ?? before)?.file ?? "")))];
  const settings = protocol.map(({ setting }) => setting);
  return [
    ...(files.length === 0
      ? []
      : [messages.text("corrections.data", { n: files.length, files: listed(files, messages) })]),
    ...(settings.length === 0
      ? []
      : [messages.text("corrections.protocol", { n: settings.length, settings: listed(settings, messages) })]),
    ...(version === null ? [] : [messages.text("corrections.version")]),
  ];
}

/** Changed figures of this report's region, where what is printed differs. */
function rowsOf(changes: readonly FigureChange[], input: ReportInput): readonly TableRow[] {
  const { outcome } = input.pipeline.evaluation;
  const rows = changes.flatMap(({ kind, before, after }): readonly TableRow[] => {
    if (kind !== "changed" || before === null || after === null || !QUOTED.has(after.metric)) return [];
    const isOwn = after.region === input.region && after.dimension === "total";
    if (!isOwn || (after.definition !== "" && after.definition !== outcome.definition)) return [];
    const [was, is] = [cellOf(before, input), cellOf(after, input)];
    if (was === null || is === null || was.text === is.text) return [];
    return [{ cells: [{ text: nameOf(after, input) }, { text: periodText(after.period) }, was, is] }];
  });
  return rows.slice(0, MOST);
}

function nameOf({ metric, arm }: Figure, { messages }: ReportInput): string {
  const { title } = metricWords(metric, messages);
  if (metric === "effect_difference") return `${title} (${messages.text("unit.points", { n: 2 })})`;
  const isArm = arm === "participants" || arm === "controls";
  return isArm ? messages.text("furniture.titled", { title, subject: messages.text(`arm.${arm}`) }) : title;
}

/** As the reports print it; null where there is no number. */
function cellOf({ metric, unit, value }: Figure, { messages: { locale } }: ReportInput): TableCell | null {
  if (value === null) return null;
  if (metric === "effect_difference") return { text: asPoints(value, locale), value: value * 100 };
  if (unit === "proportion") return { text: asPercent(value, locale), value };
  return { text: unit === "euro" ? euros(value, locale) : asCount(value, locale), value };
}
