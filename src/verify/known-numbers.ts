import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { recordsOf } from "../audit/published.ts";
import { once } from "../once.ts";
import { packageRoot } from "../package-root.ts";
import { rounded } from "../wording/numbers.ts";
import type { MetricRow } from "./metric-rows.ts";
import { type NumberToken, numberTokens } from "./number-tokens.ts";
import type { Pack } from "./pack.ts";

/** Numbers against which printed ones are held: as they are and in per cent, without sign. */
export interface KnownNumbers {
  /** Whether one of them, rounded to the token's decimals, is what the token prints. */
  prints(token: NumberToken): boolean;
  /** Whether one of them is this number, to nine digits. */
  has(value: number): boolean;
}

const DECIMALS = [0, 1, 2, 3, 4] as const;

/** An index of numbers. */
export function knownNumbers(values: Iterable<number>): KnownNumbers {
  const own = new Set<number>();
  for (const value of values) for (const scale of [1, 100]) own.add(Number((Math.abs(value) * scale).toPrecision(9)));
  const byDecimals = DECIMALS.map((decimals) =>
    once(() => new Set([...own].map((value) => rounded(value, decimals).toFixed(decimals)))),
  );
  return {
    prints: ({ value, decimals }) => byDecimals[decimals]?.().has(value.toFixed(decimals)) ?? false,
    has: (value) => own.has(Number(Math.abs(value).toPrecision(9))),
  };
}

/** All numbers that are released. */
export const releasedNumbers = (rows: readonly MetricRow[]): readonly number[] =>
  rows.flatMap(({ value, lower, upper, n }) => [value, lower, upper, n].flatMap((number) => number ?? []));

/**
 * Numbers that texts work out of released ones: who found no match, and the difference in rates if all whose follow-up is
 * unknown were placed in one arm and none in the other.
 */
export function derivedNumbers(rows: readonly MetricRow[]): readonly number[] {
  const of = (metric: string, arm: string): readonly number[] =>
    rows.flatMap((row) => (row.metric === metric && row.arm === arm && row.value !== null ? [row.value] : []));
  const ends = [
    ["placement_rate_lowest", "placement_rate_highest"],
    ["placement_rate_highest", "placement_rate_lowest"],
  ] as const;
  return [
    ...of("matched_share", "participants").map((share) => 1 - share),
    ...ends.flatMap(([own, other]) =>
      of(own, "participants").flatMap((rate) => of(other, "controls").map((control) => rate - control)),
    ),
  ];
}

/** Numbers of the edition before that this one corrects, as its list of corrections has them. */
export function correctedNumbers({ files, manifest }: Pack): readonly number[] {
  const text = files.get(manifest.corrections?.file ?? "")?.toString("utf8") ?? "";
  const [head = [], ...records] = recordsOf(text);
  const columns = head.flatMap((name, i) => (name.endsWith("_before") ? [i] : []));
  return records.flatMap((record) => columns.flatMap((i) => (record[i] ? [Number(record[i])] : [])));
}

/** Numbers that are settings: the protocol's and the contract's, anywhere in them. */
export function settingNumbers(value: unknown): readonly number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(settingNumbers);
}

/** Every text that is a setting: an override's reason may hold a number, a contract's name too. */
export function settingTexts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(settingTexts);
}

/** Numbers in the words of the reports themselves: "95% interval". */
export function wordNumbers(language: "en" | "fr" | "nl"): ReadonlySet<string> {
  const text = readFileSync(join(packageRoot(), "reports", "messages", `${language}.yaml`), "utf8");
  return new Set(numberTokens(text, language).map((token) => token.text));
}

/** Takes out of texts what looks like a number and names something: hashes, the run, versions. */
export function withoutNames({ manifest }: Pack): (text: string) => string {
  const { runId, version, protocolHash, designHash, corrections, inputs = [] } = manifest;
  const files = [...inputs.map(({ file }) => file), ...(corrections?.data ?? [])].map((file) => basename(file));
  const names = [runId, version, protocolHash, designHash, corrections?.against, ...files].flatMap((name) =>
    typeof name === "string" && name !== "" ? [name, name.slice(0, 12)] : [],
  );
  return (text) => names.reduce((left, name) => left.replaceAll(name, " "), text);
}
