import { isStep } from "../disclose/system/attrition-flow.ts";
import { groupBy } from "../group-by.ts";
import type { Check, Unequal } from "./check.ts";
import { keyOfFigure, type MetricRow, nameOfFigure } from "./metric-rows.ts";

/** Who remains at a step is who remained at the one before less the exits in between, where all are shown. */
export const attritionCheck: Check = {
  name: "attrition",
  title: "steps less exits give the next step",
  applies: ({ rows }) => rows.some(isFlow),
  run: ({ rows }) => {
    const flows = groupBy(rows.filter(isFlow), (row) => keyOfFigure({ ...row, level: "" }));
    const found = [...flows.values()].flatMap(stepsOf);
    return { compared: found.length, unequal: found.flatMap(({ unequal }) => unequal) };
  },
};

const isFlow = ({ metric, dimension }: MetricRow): boolean => metric === "attrition" && dimension === "attrition";

function stepsOf(flow: readonly MetricRow[]): ReadonlyArray<{ readonly unequal: readonly Unequal[] }> {
  const at = flow.flatMap(({ level }, i) => (isStep(level) ? [i] : []));
  return at.slice(1).flatMap((to, s) => {
    const [whole, next] = [flow[at[s] ?? 0], flow[to]];
    const exits = flow.slice((at[s] ?? 0) + 1, to).map(({ value }) => value);
    if (whole?.value == null || next?.value == null || exits.includes(null)) return [];
    const left = whole.value - exits.reduce<number>((sum, exit) => sum + (exit ?? 0), 0);
    if (left === next.value) return [{ unequal: [] }];
    const what = `${nameOfFigure(next)}: ${next.value} is published, ${whole.level} (line ${whole.line}) less its exits leaves ${left}`;
    return [{ unequal: [{ file: next.file, line: next.line, what }] }];
  });
}
