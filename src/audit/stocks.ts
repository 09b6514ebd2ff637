import { type Item, isShown, keyOf, nameOf } from "./items.ts";
import type { Line } from "./sheet.ts";

/** Those that ran before a period and started in it are those that ended in it and run on its last day. */
interface Flow {
  readonly into: readonly [running: Item, started: Item];
  readonly outOf: readonly [ended: Item, running: Item];
}

/**
 * Duos that run on a last day are those of the period before, in the edition or an earlier one, and those that started,
 * less those that ended: believed unless numbers that are shown say otherwise.
 */
export function stockLines(told: ReadonlyArray<readonly Item[]>): readonly Line[] {
  const nameAt = (metric: string, item: Item, period = item.period): string =>
    `${metric} ${keyOf(item, { edition: "", period })}`;
  const counted = told.map(
    (items) => new Map(items.filter(({ role }) => role === "counted").map((item) => [nameAt(item.metric, item), item])),
  );
  const flows = counted.flatMap((own) =>
    [...own.values()].flatMap((running): readonly Flow[] => {
      if (running.metric !== "duos_running") return [];
      const before = nameAt(running.metric, running, String(Number(running.period) - 1));
      const [opening] = [own, ...counted].flatMap((edition) => edition.get(before) ?? []);
      const [started, ended] = ["duos_started", "duos_ended"].map((metric) => own.get(nameAt(metric, running)));
      if (opening === undefined || started === undefined || ended === undefined) return [];
      return [{ into: [opening, started], outOf: [ended, running] }];
    }),
  );
  return flows.every(isKept) ? flows.map(lineOf) : [];
}

/** Whether what is shown of the four can be the numbers of one flow. */
function isKept({ into, outOf }: Flow): boolean {
  const sum = (items: readonly Item[], end: "least" | "most"): number =>
    items.reduce((all, item) => all + item[end], 0);
  const isTold = [...into, ...outOf].every(isShown);
  return !isTold || (sum(into, "least") <= sum(outOf, "most") && sum(outOf, "least") <= sum(into, "most"));
}

const lineOf = ({ into, outOf }: Flow): Line => ({
  terms: [...into.map((item) => [nameOf(item), 1] as const), ...outOf.map((item) => [nameOf(item), -1] as const)],
  ...{ lower: 0, upper: 0, belief: "sums" },
});
