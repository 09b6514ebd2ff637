import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { quoteText, type SqlEngine } from "../../src/engine/engine.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { type Format, REGISTER, registerMapping } from "./register.ts";

/* One timed piece of work in a process of its own: `ingest-child.ts bare|ours csv|parquet FOLDER`; prints {seconds, megabytes}. */

const [work, format, folder] = process.argv.slice(2) as [string, Format, string];

const engine = await openDuckDb();
const begin = performance.now();
await (work === "bare" ? bareRead(engine) : ingest(engine, [registerMapping(format)], { projectFolder: folder }));
const seconds = (performance.now() - begin) / 1000;
const cpu = process.cpuUsage();
process.stdout.write(
  JSON.stringify({ seconds, cpu: (cpu.user + cpu.system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }),
);

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
