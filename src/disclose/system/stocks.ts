import type { EarlierValue } from "../earlier/earlier.ts";
import type { Finding } from "../finding.ts";
import { countName, type Place } from "../place.ts";
import type { Builder } from "./builder.ts";

/**
 * A number on a period's last day is that on the day before the period, and who came in it, less who left (`Cell.flow`):
 * an equation wherever it is true. The day before may be told by an earlier edition alone.
 */
export function addStocks(builder: Builder, findings: readonly Finding[], earlier: readonly EarlierValue[]): void {
  const exact = earlier.filter(({ roundedTo }) => roundedTo === undefined);
  const told = new Map(exact.map(({ place, base }) => [countName(place, "base"), base]));
  const at = (place: Place): number | undefined => builder.names.get(countName(place, "base"));
  for (const closing of findings) {
    const { flow } = closing.cell;
    if (flow === undefined) continue;
    const opening = { ...closing, period: String(Number(closing.period) - 1) };
    const known = at(opening) === undefined ? told.get(countName(opening, "base")) : 0;
    const [came, left, end] = [{ ...closing, metric: flow.came }, { ...closing, metric: flow.left }, closing].map(at);
    if (came === undefined || left === undefined || end === undefined || known === undefined) continue;
    const start = at(opening);
    const terms = [
      ...(start === undefined ? [] : [[start, 1] as const]),
      [came, 1] as const,
      [left, -1] as const,
      [end, -1] as const,
    ];
    const sum = terms.reduce((all, [i, sign]) => all + sign * (builder.counts[i]?.value ?? 0), known);
    if (sum === 0) builder.rows.push({ terms, lower: -known, upper: -known });
  }
}
