import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { quoteText } from "../../src/engine/engine.ts";
import type { Evaluation } from "../../src/evaluate/evaluation.ts";
import { newFolder } from "../support/evaluate-command.ts";
import { commandCases, commandValues, printedAnswer } from "../support/reference-command.ts";

/* Data sets that R ships, through the command as typed: test/reference/more/make.R made the values. */

const folder = join(import.meta.dirname, "more");
const CASES = commandCases("more");
const VALUES = commandValues("more");

/** What the command prints with --json. */
const printed = (file: string, options: readonly string[]): Promise<Evaluation> => printedAnswer(file, options);

const PLAIN: Readonly<Record<string, (found: Evaluation) => number | null>> = {
  nT: ({ n }) => n.treated,
  mT: ({ n }) => n.matchedTreated,
  mC: ({ n }) => n.matchedControl,
  rateT: ({ rates }) => rates.treated,
  rateC: ({ rates }) => rates.control,
  essC: ({ ess }) => ess.control,
  diff: ({ difference }) => difference.estimate,
  CR1: ({ difference }) => difference.se,
};

/** "smd|race|black|after": measure, covariate, level where there is one, side. */
function balanceOf(found: Evaluation, name: string): number | null | undefined {
  const parts = name.split("|");
  const [measure, covariate, level = null] = parts.slice(0, -1);
  const entry = found.balance.find((e) => e.measure === measure && e.covariate === covariate && e.level === level);
  return entry?.[parts.at(-1) === "before" ? "before" : "after"];
}

/** Relative, and absolute under a thousandth: R's own values of what balances exactly are rounding. */
const far = (found: number | null | undefined, value: number): boolean =>
  typeof found !== "number" || Math.abs(found - value) > 1e-9 * Math.max(1, Math.abs(value));

describe("data sets that R ships", () => {
  it.each(CASES)("give R's counts, means, balance and errors: $name", async ({ name, file, options }) => {
    const values = VALUES.filter(({ of }) => of === name);
    const clustered = options.indexOf("--id");
    const found = await printed(join(folder, file), options);
    const plain = clustered < 0 ? options : options.slice(0, clustered);
    const wrong: string[] = [];
    for (const { name: what, value } of values) {
      if (what === "essC" && clustered >= 0) continue;
      const own = what.startsWith("HC")
        ? (await printed(join(folder, file), [...plain, "--errors", what])).difference.se
        : (PLAIN[what]?.(found) ?? balanceOf(found, what));
      if (far(own, value)) wrong.push(`${what}: ${own}, in R ${value}`);
    }
    expect(values.length).toBeGreaterThan(15);
    expect(wrong).toEqual([]);
  });

  it.each(CASES)("give the same from Parquet, in the types that it stores: $name", async ({ file, options }) => {
    const parquet = join(newFolder(), "table.parquet");
    const engine = await openDuckDb();
    await engine.execute({
      name: "parquet",
      text: `copy (select * from read_csv(${quoteText(join(folder, file))}, header = true)) to ${quoteText(parquet)} (format parquet)`,
    });
    await engine.close();
    const [one, two] = [await printed(join(folder, file), options), await printed(parquet, options)];
    expect(two.n).toEqual(one.n);
    const numbersOf = ({ rates, difference, balance }: Evaluation) => [
      ...[rates.treated, rates.control, difference.se],
      ...balance.flatMap(({ before, after }) => [before, after]),
    ];
    const other = numbersOf(two);
    expect(numbersOf(one).filter((value, i) => value !== other[i] && far(other[i], value ?? Number.NaN))).toEqual([]);
  });
});
