import type { Command } from "commander";

interface CacheOptions {
  readonly out?: string;
  readonly cache?: string;
  readonly cacheLimit?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `duo-impact cache prune`: makes room in the folder where steps are kept. */
export function registerCache(program: Command): void {
  program
    .command("cache")
    .description("what is kept from run to run")
    .command("prune")
    .option("--out <folder>", "where editions go", "out")
    .option("--cache <folder>", "where steps are kept from run to run (default: .cache in the --out folder)")
    .option("--cache-limit <size>", "how much may stay, e.g. 500MB")
    .option("--json", "JSON instead of text")
    .option("--all", "keep nothing: the folder holds rows of persons, as the sources do")
    .description("remove what was used the longest ago")
    .action(async (raw: CacheOptions) => {
      const { runOptions } = await import("./run-options.ts");
      const { pruneCache } = await import("../cache/store.ts");
      const { cache, cacheLimit } = runOptions(raw);
      const pruned = pruneCache(cache, raw.all ? 0 : cacheLimit);
      if (raw.json) {
        process.stdout.write(`${JSON.stringify({ cache, ...pruned })}\n`);
        return;
      }
      const { removed, bytes, left } = pruned;
      const size = (count: number): string => `${(count / 2 ** 20).toFixed(1)} MiB`;
      process.stdout.write(`${cache}: ${removed} files removed (${size(bytes)}), ${size(left)} left\n`);
    });
}
