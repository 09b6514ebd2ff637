import type { Block } from "../../src/document/document.ts";
import type { ReportInput } from "../report-input.ts";
import { returnsChart } from "./curves.ts";
import { byYear } from "./duos.ts";
import { returnsFinding } from "./findings.ts";
import { yearLines } from "./lines.ts";
import { allTogether, shown, told, yearOf } from "./place.ts";
import { figureBlock, type Measure, tableBlock } from "./table.ts";

const mentors = (id: string, metric: string, measured: Measure["measured"]): Measure => ({
  id,
  metric,
  arm: "mentors",
  measured,
});

export const MENTOR_MEASURES = {
  trained: mentors("trained", "mentors_trained", "count"),
  active: mentors("active", "mentors_active", "rate"),
  several: mentors("several", "mentors_with_several_duos", "count"),
  returned: mentors("returned", "mentors_returned", "rate"),
  duosEach: mentors("duosEach", "duos_per_mentor", "ratio"),
  between: mentors("between", "days_between_duos", "days"),
} as const;

const AVAILABILITY = ["active", "waiting_first", "waiting_next", "dormant"] as const;
const SINCE = ["3", "6", "12", "18", "24", "36"] as const;

/** Of all years together, where there are several. */
function returnedWithin(input: ReportInput): Measure {
  const period = allTogether(input);
  const measure = { ...MENTOR_MEASURES.returned, id: "returnedWithin", dimension: "months_since_first_duo" };
  return period === undefined ? measure : { ...measure, period };
}

/** Who is trained and free, who comes back for another duo, and how soon. */
export function mentorsSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const active = told(input, { metric: "mentors_active", arm: "mentors" });
  return [
    {
      kind: "heading",
      level: 2,
      id: "mentors",
      text:
        active?.value == null
          ? messages.text("year.mentors.heading")
          : messages.text("year.mentors.title", { share: shown(active, "rate", messages), year: yearOf(input) }),
    },
    tableBlock(
      input,
      {
        id: "mentors",
        title: "mentors",
        rows: "year",
        lines: yearLines(input, { pooled: false }),
        measures: Object.values(MENTOR_MEASURES),
      },
      { subtitle: messages.text("year.mentors.subtitle") },
    ),
    tableBlock(
      input,
      {
        id: "availability",
        title: "availability",
        rows: "availability",
        lines: AVAILABILITY.map((level) => ({
          label: messages.text(`year.availability.${level}`),
          at: { level },
        })),
        measures: byYear(input, {
          metric: "mentors_trained",
          arm: "mentors",
          dimension: "availability",
          measured: "count",
        }),
      },
      { subtitle: messages.text("year.mentors.availabilitySubtitle") },
    ),
    figureBlock(
      input,
      {
        id: "returns",
        title: "returns",
        rows: "since",
        lines: SINCE.map((level) => ({
          label: messages.text("year.mentors.months", { n: Number(level) }),
          at: { level },
        })),
        measures: [returnedWithin(input)],
      },
      {
        title: returnsFinding(input, returnedWithin(input), SINCE),
        subtitle: messages.text("year.mentors.returnsSubtitle"),
        kind: "curve",
      },
      returnsChart(input, returnedWithin(input), SINCE),
    ),
  ];
}
