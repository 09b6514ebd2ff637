import type { Released } from "../../src/disclose/finding.ts";
import type { Block, TableRow } from "../../src/document/document.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { asCount, pooledPeriod, type ReportInput } from "../report-input.ts";

const STEPS: ReadonlySet<string> = new Set([
  "duos_received",
  "started_in_cohort",
  "at_risk",
  "analysed",
  "jobseekers_received",
  "person_months",
  "controls_at_risk",
  "controls_matched",
]);

interface Step {
  readonly step: Released;
  readonly exits: readonly Released[];
}

/** From rows received to persons analysed, both arms; each exit with one reason. */
export function attritionSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const text = (key: KeyUnder<"investor.attrition">): string => messages.text(`investor.attrition.${key}`);
  const arms = ["participants", "controls"] as const;
  const flows = arms.map((arm) => ({ arm, steps: stepsOf(input, arm) }));
  const participants = flows[0]?.steps ?? [];
  const started = participants.find(({ step }) => step.level === "started_in_cohort") ?? participants[0];
  const received = started?.step.value;
  const analysed = participants.at(-1)?.step.value;
  if (received == null || analysed == null) return [];
  const shown = (value: number): string => asCount(value, messages.locale);
  return [
    {
      kind: "heading",
      level: 2,
      id: "attrition",
      text: messages.text("investor.attrition.title", { received: shown(received), analysed: shown(analysed) }),
    },
    {
      kind: "flow",
      id: "attrition-flow",
      arms: flows.map(({ arm, steps }) => ({
        title: text(arm),
        steps: steps.map(({ step, exits }) => ({
          count: countText(step, input),
          text: messages.named("investor.step", step.level),
          exits: exits.map((exit) => ({
            count: countText(exit, input),
            text: messages.named("investor.reason", exit.level),
          })),
        })),
      })),
      table: {
        id: "attrition",
        title: text("table"),
        columns: [
          { id: "arm", header: text("arm"), kind: "name" },
          { id: "step", header: text("step"), kind: "text" },
          { id: "reason", header: text("reason"), kind: "text" },
          { id: "rows", header: text("rows"), kind: "number", format: "#,##0" },
        ],
        rows: flows.flatMap(({ arm, steps }) => steps.flatMap((step) => rowsOf(arm, step, input))),
      },
      source: `${messages.text("investor.attrition.note")} ${sourceLine(input)}`,
    },
  ];
}

/** The source line under every figure: that the data are synthetic, or whose register they come from. */
export function sourceLine({ messages, pipeline, register }: ReportInput): string {
  return pipeline.synthetic
    ? messages.text("furniture.syntheticSource")
    : messages.text("furniture.realSource", { register: messages.named("register", register) });
}

function stepsOf(input: ReportInput, arm: string): readonly Step[] {
  const rows = input.released.filter(
    (value) =>
      value.metric === "attrition" &&
      value.arm === arm &&
      value.period === pooledPeriod(input.pipeline) &&
      value.definition === input.pipeline.evaluation.outcome.definition,
  );
  const steps: { step: Released; exits: Released[] }[] = [];
  for (const row of rows) {
    if (STEPS.has(row.level)) steps.push({ step: row, exits: [] });
    else steps.at(-1)?.exits.push(row);
  }
  return steps;
}

function countText(value: Released, { messages }: ReportInput): string {
  return value.value === null ? messages.text("furniture.tooFew") : asCount(value.value, messages.locale);
}

function rowsOf(arm: string, { step, exits }: Step, input: ReportInput): readonly TableRow[] {
  const { messages } = input;
  const stepName = messages.named("investor.step", step.level);
  const row = (value: Released, reason: string): TableRow => ({
    cells: [
      { text: messages.named("investor.attrition", arm) },
      { text: stepName },
      { text: reason },
      value.value === null
        ? { text: messages.text("furniture.tooFew"), marker: "[c]" }
        : { text: asCount(value.value, messages.locale), value: value.value },
    ],
  });
  return [row(step, "\u2013"), ...exits.map((exit) => row(exit, messages.named("investor.reason", exit.level)))];
}
