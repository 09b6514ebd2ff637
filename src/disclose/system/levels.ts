import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import { countName, HALVES, hasParts, placeKey, type Role, totalOf } from "../place.ts";
import { addKnownSum, addParts, addSame, type Builder } from "./builder.ts";

/** Levels of a dimension add up to the total; where no total is told, its size is taken to be known. */
export function addLevels(builder: Builder, findings: readonly Finding[]): void {
  const tables = groupBy(
    findings.filter(({ dimension }) => hasParts(dimension)),
    (finding) => [finding.metric, finding.arm, finding.cell.kind, placeKey({ ...finding, level: "" })].join("\u0000"),
  );
  for (const table of tables.values()) {
    const [first] = table;
    if (first === undefined) continue;
    const isTotalTold = builder.names.has(countName(totalOf(first), "base"));
    const roles = !isTotalTold && isSplit(table) ? addAnswers(builder, table) : HALVES;
    for (const role of roles) {
      const parts = table.flatMap((finding) => builder.names.get(countName(finding, role)) ?? []);
      const whole = builder.names.get(countName(totalOf(first), role));
      if (whole !== undefined) addParts(builder, whole, parts);
      else if (parts.length > 0 && !(role === "base" && hasOneName(table))) addKnownSum(builder, parts);
    }
  }
}

/** Shares of one base by its name: no sum gives it away. */
function hasOneName(table: readonly Finding[]): boolean {
  const names = new Set(table.map(({ cell }) => (cell.sets?.base ?? []).join(" + ")));
  return names.size === 1 && !names.has("");
}

/** Answers to one question: everybody counted gave one of them, so that all shares have one base, which they make up. */
export function isSplit(table: readonly Finding[]): boolean {
  const base = table[0]?.cell.base;
  const sum = table.reduce((total, { cell }) => total + (cell.numerator ?? Number.NaN), 0);
  return table.length > 1 && sum === base && table.every(({ cell }) => cell.base === base);
}

/** @returns roles that are left to add up */
function addAnswers(builder: Builder, table: readonly Finding[]): readonly Role[] {
  const numbers = (role: Role): readonly number[] =>
    table.flatMap((finding) => builder.names.get(countName(finding, role)) ?? []);
  const [whole, ...others] = numbers("base");
  for (const other of others) addSame(builder, whole, other);
  if (whole !== undefined) addParts(builder, whole, numbers("numerator"));
  return [];
}
