import type { Block } from "../../src/document/document.ts";
import { STEPS } from "../../src/indicators/funnel.ts";
import { periodText, type ReportInput } from "../report-input.ts";
import { funnelChart } from "./charts.ts";
import { byYear } from "./duos.ts";
import { funnelFinding } from "./findings.ts";
import { allTogether, allYears, NETWORK, regionName, shown, told, yearOf } from "./place.ts";
import { figureBlock, type Line, type Measure, type MeasureTable, tableBlock } from "./table.ts";

const ROLES = ["mentee", "mentor"] as const;

type Role = (typeof ROLES)[number];

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
      const id = `funnel_${role}s` as const;
      const period = periodOf(role, input);
      const titleValues = { period: periodText(period) };
      return figureBlock(
        input,
        { id, title: id, titleValues, rows: "step", lines: linesOf(role, input), measures: measuresOf(role, period) },
        {
          title: funnelFinding(input, role, period),
          subtitle: messages.text(`year.funnel.${role}s`),
          kind: "funnel",
        },
        funnelChart(input, role, period),
      );
    }),
    ...yearsBlock(input),
  ];
}

/** Mentees' steps year by year: the share that went on and the wait, a region's beside the network's. */
function yearsBlock(input: ReportInput): readonly Block[] {
  const { messages, region } = input;
  const at = { arm: "mentees", dimension: "step" } as const;
  const share = { ...at, metric: "step_conversion", measured: "share" } as const;
  const wait = { ...at, metric: "step_wait", measured: "days" } as const;
  if (allYears(input).length < 2) return [];
  const network = `${regionName(NETWORK, input)}, ${yearOf(input)}`;
  const columns = (measure: Omit<Measure, "id">, unit: "share" | "days"): readonly Measure[] =>
    [
      ...byYear(input, measure),
      ...(region === NETWORK ? [] : [{ ...measure, id: "network", region: NETWORK, header: network }]),
    ].map((one) => ({
      ...one,
      id: `${one.id}_${unit}`,
      header: `${one.header} (${messages.text(`year.funnel.${unit}`)})`,
    }));
  const table: MeasureTable = {
    id: "funnel_years",
    title: "funnel_years",
    rows: "step",
    lines: linesOf("mentee", input).slice(1),
    measures: [...columns(share, "share"), ...columns(wait, "days")],
  };
  return [tableBlock(input, table, { subtitle: messages.text("year.funnel.yearsSubtitle") })];
}

/** Mentors' steps are told of all years together. */
const periodOf = (role: Role, input: ReportInput): string =>
  (role === "mentor" ? allTogether(input) : undefined) ?? yearOf(input);

const linesOf = (role: Role, { messages }: ReportInput): readonly Line[] =>
  STEPS[role].map((step): Line => {
    const label = messages.text(`year.step.${step}`);
    const first = { metric: "entered", dimension: "total", level: "total" };
    return step === 1 ? { label, at: first, only: ["reached"] } : { label, at: { level: String(step) } };
  });

const measuresOf = (role: Role, period: string): readonly Measure[] => {
  const at = { arm: `${role}s`, dimension: "step", period };
  return [
    { ...at, id: "reached", metric: "step_reached", measured: "count" },
    { ...at, id: "passed", metric: "step_conversion", measured: "rate" },
    { ...at, id: "wait", metric: "step_wait", measured: "days" },
  ];
};
