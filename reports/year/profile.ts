import type { Block } from "../../src/document/document.ts";
import { PROFILE_DIMENSIONS } from "../../src/indicators/profile.ts";
import { levelName, type ReportInput } from "../report-input.ts";
import { byYear } from "./duos.ts";
import { yearOf } from "./place.ts";
import { type Line, tableBlock } from "./table.ts";

/** Mentees and mentors of the year's duos by characteristic, the levels as they are found. */
export function profileSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  return [
    { kind: "heading", level: 2, id: "profile", text: messages.text("year.profile.heading", { year: yearOf(input) }) },
    ...(["mentees", "mentors"] as const).map(
      (arm): Block =>
        tableBlock(
          input,
          {
            id: `profile_${arm}`,
            title: `profile_${arm}`,
            rows: "group",
            lines: linesOf(arm, input),
            measures: byYear(input, { metric: "persons_in_duos", arm, measured: "count" }),
          },
          { subtitle: messages.text("year.profile.subtitle") },
        ),
    ),
  ];
}

function linesOf(arm: string, input: ReportInput): readonly Line[] {
  const { messages } = input;
  return PROFILE_DIMENSIONS.flatMap((dimension) => {
    const levels = new Set(
      input.released
        .filter(
          (value) =>
            value.metric === "persons_in_duos" &&
            value.arm === arm &&
            value.dimension === dimension &&
            value.region === input.region,
        )
        .map(({ level }) => level),
    );
    return [...levels].sort(inOrder).map((level, i) => ({
      label: levelName(dimension, level, messages),
      at: { dimension, level },
      ...(i === 0 ? { group: messages.text(`covariate.${dimension}`) } : {}),
    }));
  });
}

const ORDER = ["low", "medium", "high", "unknown"];

/** Levels of an order in that order, all others by their codes; `unknown` and `other` last. */
function inOrder(a: string, b: string): number {
  const rank = (level: string): number =>
    ORDER.includes(level) ? 1 + ORDER.indexOf(level) : level === "other" ? ORDER.length : 0;
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
