import { type Item, isShown, keyOf, nameOf } from "./items.ts";
import type { Line } from "./sheet.ts";

/** Numbers on a period's last day that change by who came and who left in the period, as anybody knows. */
const STOCKS = [{ stock: "duos_running", came: "duos_started", left: "duos_ended" }] as const;

/**
 * The number on a last day is that of the period before, in the edition or an earlier one, and who came, less who left:
 * believed of a metric unless numbers that are shown say otherwise.
 */
export function stockLines(told: ReadonlyArray<readonly Item[]>): readonly Line[] {
  return STOCKS.flatMap(({ stock, came, left }) => {
    const counted = told.map(
      (items) =>
        new Map(
          items
            .filter(({ role, metric }) => role === "counted" && [stock, came, left].includes(metric as typeof stock))
            .map((item) => [`${item.metric} ${keyOf(item, { edition: "" })}`, item]),
        ),
    );
    const flows = counted.flatMap((own) =>
      [...own.values()].flatMap((closing): readonly (readonly Item[])[] => {
        const period = String(Number(closing.period) - 1);
        if (closing.metric !== stock) return [];
        const at = (metric: string): Item | undefined => own.get(`${metric} ${keyOf(closing, { edition: "" })}`);
        const opening = [own, ...counted].flatMap(
          (one) => one.get(`${stock} ${keyOf(closing, { edition: "", period })}`) ?? [],
        )[0];
        const [inflow, outflow] = [at(came), at(left)];
        return opening === undefined || inflow === undefined || outflow === undefined
          ? []
          : [[opening, inflow, outflow, closing]];
      }),
    );
    return flows.every(isKept) ? flows.map(lineOf) : [];
  });
}

const SIGNS = [1, 1, -1, -1];

/** Whether what is shown of the four can be the numbers of one flow. */
function isKept(flow: readonly Item[]): boolean {
  const sum = (end: "least" | "most"): number =>
    flow.reduce(
      (all, item, i) => all + (SIGNS[i] ?? 0) * item[(SIGNS[i] ?? 0) > 0 ? end : end === "least" ? "most" : "least"],
      0,
    );
  return !flow.every(isShown) || (sum("least") <= 0 && sum("most") >= 0);
}

const lineOf = (flow: readonly Item[]): Line => ({
  terms: flow.map((item, i) => [nameOf(item), SIGNS[i] ?? 0]),
  ...{ lower: 0, upper: 0, belief: "sums" },
});
