import type { ReportInput } from "../report-input.ts";
import { periodText } from "../report-input.ts";
import { allTogether, allYears, NETWORK, regionName, yearOf } from "./place.ts";
import type { Line } from "./table.ts";

/** A line a year and one for all years together; in a region's report the network's year beneath. */
export function yearLines(input: ReportInput, { pooled = true }: { readonly pooled?: boolean } = {}): readonly Line[] {
  const together = pooled ? allTogether(input) : undefined;
  const own = allYears(input).map((period): Line => ({ label: period, at: { period } }));
  const sum: readonly Line[] =
    together === undefined ? [] : [{ label: periodText(together), at: { period: together }, sum: true }];
  if (input.region === NETWORK) return [...own, ...sum];
  const network = `${regionName(NETWORK, input)}, ${yearOf(input)}`;
  return [...own, ...sum, { label: network, at: { region: NETWORK } }];
}
