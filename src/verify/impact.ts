import { join } from "node:path";
import type { Finding } from "../disclose/finding.ts";
import { publishedValue } from "../disclose/release.ts";
import { readPack as readPatterns } from "../exchange/pack.ts";
import { recomputed } from "../exchange/recompute.ts";
import { UserError } from "../user-error.ts";
import type { Check, Outcome, Unequal } from "./check.ts";
import { filesCheck } from "./files.ts";
import { isNear } from "./lookup.ts";
import { FIGURE_NUMBERS, keyOfFigure, type MetricRow, nameOfFigure } from "./metric-rows.ts";
import type { Pack } from "./pack.ts";
import { roundingIn } from "./protocol.ts";

const PATTERNS = "patterns/manifest.json";

/** Every published number of the evaluation, computed anew from the evaluator's tables and the protocol. */
export const impactCheck: Check = {
  name: "impact",
  title: "every published number of the evaluation, computed anew from the tables",
  applies: ({ files }) => files.has(PATTERNS),
  async run(pack, { edition }) {
    try {
      const patterns = readPatterns(join(pack.folder, "patterns"));
      const { findings, designHash } = await recomputed(patterns);
      const design = sameHash("designHash", pack.manifest.designHash, designHash);
      const published = edition ?? pack;
      const of =
        edition === undefined ? [] : [...sameOrigin(pack, edition), ...(await filesCheck.run(edition, {})).unequal];
      return comparedImpact(published, findings, [...design, ...of], roundingIn(pack));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { compared: 0, unequal: error.problems.map((what) => ({ file: PATTERNS, what })) };
    }
  },
};

/** An edition belongs to the pack of the same run, under the same protocol. */
function sameOrigin(pack: Pack, { manifest, folder }: Pack): readonly Unequal[] {
  return (["pipeline", "runId", "protocolHash", "designHash"] as const).flatMap((name) =>
    pack.manifest[name] === manifest[name]
      ? []
      : [
          {
            file: join(folder, "manifest.json"),
            what: `its ${name} is ${manifest[name]}, the pack's ${pack.manifest[name]}: take the edition that the pack was made with`,
          },
        ],
  );
}

const sameHash = (name: string, stated: string | undefined, found: string): readonly Unequal[] =>
  stated === found ? [] : [{ file: "manifest.json", what: `states ${name} ${stated}, from the tables it is ${found}` }];

/**
 * Every number that a pack or an edition shows of an evaluation beside what was computed anew.
 * @param base what counts were rounded to multiples of: they are near what is computed, not equal
 */
export function comparedImpact(
  { rows, manifest }: Pick<Pack, "rows" | "manifest">,
  findings: readonly Finding[],
  more: readonly Unequal[] = [],
  base: number | null = null,
): Outcome {
  const byKey = new Map(findings.map((finding) => [keyOfFigure(finding), finding]));
  const metrics = new Set(findings.map(({ metric }) => metric));
  const own = rows.filter((row) => metrics.has(row.metric) && byKey.has(keyOfFigure(row)));
  const known = new Set(rows.map(keyOfFigure));
  const shown = own.filter(({ conf_status }) => conf_status === "F");
  const numbers = shown.flatMap((row) => numbersOf(row, byKey.get(keyOfFigure(row)), base));
  const strange = rows.filter((row) => metrics.has(row.metric) && !byKey.has(keyOfFigure(row)));
  const untold = [...byKey].filter(([key]) => !known.has(key)).map(([, finding]) => finding);
  return {
    compared: numbers.length,
    unequal: [
      ...more,
      ...numbers.flatMap(({ unequal }) => unequal),
      ...strange.map((row) => at(row, "the tables give no such number")),
      ...untold.map((finding) => ({
        file: rows[0]?.file ?? "metrics.csv",
        what: `lacks ${finding.metric}, ${finding.period}, ${finding.dimension} ${finding.level}, ${finding.arm}, ${finding.definition}`,
      })),
    ],
    note: noteOf(
      numbers.filter(({ isExact }) => !isExact).length,
      own.length - shown.length,
      rows.length - own.length - strange.length,
      manifest.runId,
    ),
  };
}

function noteOf(near: number, hidden: number, others: number, run: string): string {
  return [
    `run ${run}`,
    `${hidden} values are hidden and not compared`,
    ...(others === 0 ? [] : [`${others} values of the programme's own records don't come from these tables`]),
    ...(near === 0
      ? []
      : [`${near} numbers are equal to nine digits, not to the last: another processor or Node computed them`]),
  ].join("; ");
}

interface Compared {
  readonly isExact: boolean;
  readonly unequal: readonly Unequal[];
}

/** Each number that a row shows beside what the tables give. */
function numbersOf(row: MetricRow, finding: Finding | undefined, base: number | null): readonly Compared[] {
  if (finding === undefined) return [];
  const found = publishedValue(finding);
  return FIGURE_NUMBERS.flatMap((field): readonly Compared[] => {
    const [stated, own] = [row[field], found[field]];
    if (stated === null && own === null) return [];
    const isExact = stated === own || isMultipleOf(stated, own, base);
    const isEqual = isExact || (stated !== null && own !== null && isNear(stated, own));
    const what = `${field} ${stated ?? "empty"}, from the tables ${own ?? "none"}`;
    return [{ isExact, unequal: isEqual ? [] : [at(row, what)] }];
  });
}

const isMultipleOf = (stated: number | null, count: number | null, base: number | null): boolean =>
  base !== null &&
  stated !== null &&
  count !== null &&
  Number.isInteger(count) &&
  stated % base === 0 &&
  Math.abs(stated - count) <= base;

const at = (row: MetricRow, what: string): Unequal => ({
  file: row.file,
  line: row.line,
  what: `${nameOfFigure(row)}: ${what}`,
});
