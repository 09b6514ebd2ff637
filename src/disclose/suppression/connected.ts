import type { Row } from "../solver.ts";

/** Variables that rows tie together, each group with its rows; variables without a row stand in none. */
interface Group {
  readonly variables: readonly number[];
  readonly rows: readonly Row[];
}

/** The groups of `size` variables that hang together by the rows, in the order of their first variables. */
export function connected(size: number, rows: readonly Row[]): readonly Group[] {
  const parent = Int32Array.from({ length: size }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  for (const { terms } of rows) {
    const first = terms[0]?.[0];
    if (first === undefined) continue;
    for (const [i] of terms) {
      const [a, b] = [root(first), root(i)];
      parent[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const groups = new Map<number, { variables: number[]; rows: Row[] }>();
  for (const row of rows) {
    const first = row.terms[0]?.[0];
    if (first === undefined) continue;
    const at = root(first);
    const group = groups.get(at) ?? { variables: [], rows: [] };
    group.rows.push(row);
    groups.set(at, group);
  }
  for (let i = 0; i < size; i++) groups.get(root(i))?.variables.push(i);
  return [...groups.values()].toSorted((a, b) => (a.variables[0] ?? 0) - (b.variables[0] ?? 0));
}
