import { performance } from "node:perf_hooks";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { quoteText, type SqlEngine } from "../../src/engine/engine.ts";
import { estimateEffect } from "../../src/evaluate/effect.ts";
import { effectSettings, evaluation, sampleOf } from "../../src/evaluate/evaluation.ts";
import { matchExact } from "../../src/evaluate/exact.ts";
import { propensity } from "../../src/evaluate/propensity.ts";
import { evaluateTable } from "../../src/flat/evaluate-table.ts";
import { groupedPatterns, sharedPatterns } from "../../src/flat/patterns.ts";
import { type StagedTable, stageTable } from "../../src/flat/stage.ts";
import { openTable } from "../../src/flat/table.ts";

/*
 * One timed piece of work in a process of its own: `evaluate-child.ts WORK FILE`; prints {seconds, cpu, megabytes}.
 * What a work prepares before it begins its clock is left out of its seconds, not of its memory.
 */

const COVARIATES = ["age", "gender", "origin", "qualification", "region", "month", "duration"];
const TREATED = { treated: "treated", outcome: "placed" } as const;

type Clock = <T>(work: () => Promise<T>) => Promise<T>;

const WORKS: Readonly<Record<string, (engine: SqlEngine, file: string, timed: Clock) => Promise<unknown>>> = {
  /** Every value of every column, compared with the largest so far. */
  scan: (engine, file, timed) => timed(() => touch(engine, file, (column) => `max(${column})`)),
  /** As little as the engine can do with every value: it hashes a dictionary's entries once. */
  hash: (engine, file, timed) => timed(() => touch(engine, file, (column) => `bit_xor(hash(${column}))`)),
  arrow: (engine, file, timed) =>
    timed(() =>
      engine.arrow({ name: "arrow", text: `select treated, placed, ${COVARIATES.join(", ")} from ${source(file)}` }),
    ),
  exact: (_, file, timed) =>
    timed(() => evaluateTable(file, { ...TREATED, method: "exact", exact: COVARIATES, covariates: [] })),
  nearest: (_, file, timed) =>
    timed(() => evaluateTable(file, { ...TREATED, method: "nearest", exact: [], covariates: COVARIATES })),
  staged: async (engine, file, timed) => {
    const table = await staged(engine, file);
    return timed(async () => {
      const read = await sharedPatterns(engine, table, COVARIATES.length);
      if (read === undefined) throw new Error("the register is not of discrete covariates");
      const inputs = { ...read, design: matchExact(read.patterns, { on: COVARIATES }) };
      return evaluation({ ...inputs, effect: estimateEffect(sampleOf(inputs), effectSettings(inputs)) });
    });
  },
  aggregation: (engine, file, timed) => timed(async () => groupedPatterns(engine, await staged(engine, file), false)),
  "aggregation and logit": (engine, file, timed) =>
    timed(async () => {
      const { patterns } = await groupedPatterns(engine, await staged(engine, file), false);
      const scores = propensity(patterns);
      if (typeof scores === "string") throw new Error(scores);
    }),
};

const [work = "", file = ""] = process.argv.slice(2);
const run = WORKS[work];
if (run === undefined) throw new Error(`no work '${work}': choose from ${Object.keys(WORKS).join(", ")}`);
const engine = await openDuckDb();
const spent = { seconds: 0, cpu: 0 };
await run(engine, file, async (piece) => {
  const [begin, before] = [performance.now(), process.cpuUsage()];
  const result = await piece();
  const used = process.cpuUsage(before);
  spent.seconds = (performance.now() - begin) / 1000;
  spent.cpu = (used.user + used.system) / 1e6;
  return result;
});
process.stdout.write(JSON.stringify({ ...spent, megabytes: process.resourceUsage().maxRSS / 1024 }));

function source(path: string): string {
  const texts = COVARIATES.map((column) => `${column}: 'VARCHAR'`).join(", ");
  return path.endsWith(".csv")
    ? `read_csv(${quoteText(path)}, columns = {treated: 'INTEGER', placed: 'INTEGER', ${texts}}, header = true, delim = ',')`
    : `read_parquet(${quoteText(path)})`;
}

async function touch(on: SqlEngine, path: string, value: (column: string) => string): Promise<void> {
  const columns = ["treated", "placed", ...COVARIATES].map(value).join(", ");
  await on.rows({ name: "touch", text: `select ${columns} from ${source(path)}` });
}

async function staged(on: SqlEngine, path: string): Promise<StagedTable> {
  const columns = { ...TREATED, covariates: COVARIATES };
  const table = await openTable(on, path, ["treated", "placed", ...COVARIATES]);
  return stageTable(on, table, columns, { single: false });
}
