import { groupBy } from "../../group-by.ts";
import type { Row } from "../solver.ts";
import { connected } from "../suppression/connected.ts";
import type { Count, System } from "./system.ts";

/**
 * The same system with counts that are one number of persons (rows x = y) made one: a third of a year's rows say no
 * more than that, and whoever attacks or protects the rest is rid of them. What is known of any of them holds for the
 * one. Rows that say the same are kept once.
 * @returns with the number that each count has in the new system
 */
export function joining(system: System): { readonly system: System; readonly at: (count: number) => number } {
  const { counts, rows, units } = system;
  const same = connected(counts.length, rows.filter(isSame));
  const first = Int32Array.from(counts.keys());
  for (const { variables } of same) for (const i of variables) first[i] = variables[0] ?? i;
  const classes = groupBy(counts.keys(), (i) => first[i] ?? i);
  const kept = [...classes.keys()];
  const at = new Map(kept.map((i, own) => [i, own]));
  const renamed = rows.flatMap((row) => {
    const terms = new Map<number, number>();
    for (const [i, c] of row.terms) {
      const own = at.get(first[i] ?? i) ?? 0;
      terms.set(own, (terms.get(own) ?? 0) + c);
    }
    const left = [...terms].filter(([, c]) => c !== 0).toSorted(([a], [b]) => a - b);
    return left.length === 0 ? [] : [{ ...row, terms: left }];
  });
  const one = {
    counts: [...classes.values()].flatMap((members) => oneOf(members.flatMap((i) => counts[i] ?? []))),
    rows: [...new Map(renamed.map((row) => [`${row.lower} ${row.upper} ${row.terms.join(" ")}`, row])).values()],
    units,
  };
  return { system: one, at: (count) => at.get(first[count] ?? count) ?? 0 };
}

const isSame = ({ terms: [a, b, ...more], lower, upper }: Row): boolean =>
  a !== undefined && b !== undefined && more.length === 0 && a[1] === -b[1] && lower === 0 && upper === 0;

function oneOf(members: readonly Count[]): readonly Count[] {
  const [first] = members;
  if (first === undefined) return [];
  if (members.length === 1) return members;
  const reaches = members.flatMap(({ reach }) => reach ?? []);
  return [
    {
      value: first.value,
      units: [...new Set(members.flatMap(({ units }) => units))],
      least: Math.max(...members.map(({ least }) => least)),
      mostByRule: Math.min(...members.map(({ mostByRule }) => mostByRule)),
      reach: reaches.length === 0 ? null : Math.max(...reaches),
    },
  ];
}
