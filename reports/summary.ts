import { loadMessages } from "../src/wording/messages.ts";
import { asCount, asPercent, asPoints, intervalText, periodText, type ReportInput, valueAt } from "./report-input.ts";
import { periods } from "./sections/said.ts";

/** The published table as plain text, for the end of a run: one line a cohort and one for the pooled period. */
export function summaryTable(input: Omit<ReportInput, "messages" | "region">): string {
  const messages = loadMessages("en");
  const full = { ...input, region: input.pipeline.region, messages };
  const { locale } = messages;
  const { definition } = input.pipeline.evaluation.outcome;
  const header = ["Cohort", "Participants", "Controls", "Their rate", "Similar", "Difference", "95% interval"];
  const lines = periods(full).map((period) => {
    const at = (metric: string, arm = "both") => valueAt(full, { metric, period, arm });
    const [participants, controls, difference] = [
      at("placement_rate", "participants"),
      at("placement_rate", "controls"),
      at("effect_difference"),
    ];
    const shown = (value: number | null | undefined, show: (value: number, locale: string) => string): string =>
      value == null ? "not published" : show(value, locale);
    return [
      periodText(period),
      shown(participants?.n, asCount),
      shown(controls?.n, asCount),
      shown(participants?.value, asPercent),
      shown(controls?.value, asPercent),
      shown(difference?.value, asPoints),
      difference === undefined ? "" : intervalText(difference, locale),
    ];
  });
  const widths = header.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]?.length ?? 0)));
  const row = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("   ");
  const title = `${input.pipeline.title.en}: ${messages.text(`definition.${definition}.name`).toLowerCase()}, ${input.pipeline.regionName.en}`;
  const notice = input.pipeline.synthetic ? " (synthetic data)" : "";
  return `${title}${notice}\n${[row(header), ...lines.map(row)].map((line) => `  ${line}\n`).join("")}`;
}
