import type { Block } from "../../src/document/document.ts";
import { STEPS } from "../../src/indicators/funnel.ts";
import type { ReportInput } from "../report-input.ts";
import { funnelChart } from "./charts.ts";
import { shown, told, yearOf } from "./place.ts";
import { figureBlock, type Line, type Measure } from "./table.ts";

const ROLES = ["mentee", "mentor"] as const;

/** From the info session to the end of a duo: who reached which step, and how long the step took. */
export function funnelSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const started = told(input, { metric: "entrants_started", arm: "mentees" });
  const title =
    started?.value == null
      ? messages.text("year.funnel.heading")
      : messages.text("year.funnel.title", { share: shown(started, "rate", messages), year: yearOf(input) });
  return [
    { kind: "heading", level: 2, id: "funnel", text: title },
    ...ROLES.map((role): Block => {
      const id = `funnel_${role}s`;
      return figureBlock(
        input,
        { id, title: id, rows: "step", lines: linesOf(role, input), measures: measuresOf(`${role}s`) },
        { title: messages.text(`year.table.${id}`), subtitle: messages.text("year.funnel.subtitle"), kind: "funnel" },
        funnelChart(input, role),
      );
    }),
  ];
}

const linesOf = (role: (typeof ROLES)[number], { messages }: ReportInput): readonly Line[] =>
  STEPS[role].slice(1).map((step) => ({
    label: messages.text(`year.step.${step}`),
    at: { level: String(step) },
  }));

const measuresOf = (arm: string): readonly Measure[] => [
  { id: "reached", metric: "step_reached", arm, dimension: "step", measured: "count" },
  { id: "passed", metric: "step_conversion", arm, dimension: "step", measured: "rate" },
  { id: "wait", metric: "step_wait", arm, dimension: "step", measured: "days" },
];
