import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { quoteText, type SqlEngine, type TableSource } from "../../src/engine/engine.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { type Format, REGISTER, registerMapping } from "./register.ts";

/* One timed piece of work in a process of its own: `ingest-child.ts bare|ours csv|parquet FOLDER`; prints {seconds, cpu, megabytes, passes}. */

const [work, format, folder] = process.argv.slice(2) as [string, Format, string];

/** What passes over rows cost, by the name of their statement. */
const passes = new Map<string, number>();
const engine = timed(await openDuckDb());
const before = process.cpuUsage();
const begin = performance.now();
await (work === "bare" ? bareRead(engine) : ingest(engine, [registerMapping(format)], { projectFolder: folder }));
const seconds = (performance.now() - begin) / 1000;
const cpu = process.cpuUsage(before);
process.stdout.write(
  JSON.stringify({
    seconds,
    cpu: (cpu.user + cpu.system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
    passes: [...passes].map(([name, took]) => ({ name, seconds: took })).sort((a, b) => b.seconds - a.seconds),
  }),
);

/** The engine, noting how long each statement takes. */
function timed(own: TableSource): TableSource {
  const noting =
    <A extends readonly unknown[], T>(name: (...args: A) => string, call: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const start = performance.now();
      const result = await call(...args);
      passes.set(name(...args), (passes.get(name(...args)) ?? 0) + (performance.now() - start) / 1000);
      return result;
    };
  return {
    ...own,
    execute: noting((sql) => sql.name, own.execute),
    build: noting((sql) => sql.name, own.build),
    rows: noting((sql) => sql.name, own.rows),
    arrow: noting((sql) => sql.name, own.arrow),
    load: noting((name) => name, own.load),
  };
}

async function bareRead(on: SqlEngine): Promise<void> {
  for (const { table, types } of REGISTER) {
    const file = quoteText(join(folder, `${table}.${format}`));
    const columns = Object.entries(types).map(([name, type]) => `${quoteText(name)}: ${quoteText(type)}`);
    const source =
      format === "csv"
        ? `read_csv(${file}, columns = {${columns.join(", ")}}, header = true, delim = ',')`
        : `read_parquet(${file})`;
    await on.execute({ name: table, text: `create table ${table} as select * from ${source}` });
  }
}
