import type { ConfidentialityStatus, Finding, Released } from "./finding.ts";

/** The numbers of a row. */
export type Numbers = Pick<Finding, "value" | "lower" | "upper" | "n">;

const NONE: Numbers = { value: null, lower: null, upper: null, n: null };

/** A finding as it leaves: with these numbers, or with none where its status says that it is hidden. */
export function releasedAs(finding: Finding, numbers: Numbers, conf_status: ConfidentialityStatus): Released {
  const { cell, ...open } = finding;
  const hidden = conf_status !== "F";
  const own = hidden ? NONE : numbers;
  return {
    ...open,
    ...own,
    obs_status: own.value === null ? "M" : cell.isUnreliable === true ? "U" : "A",
    conf_status,
  } as Released;
}
