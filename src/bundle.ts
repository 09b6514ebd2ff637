import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { packageRoot } from "./package-root.ts";

/*
 * The last step of a build: what a process or a thread starts with is put into few files, since finding and opening a
 * thousand small ones takes longer than running them. Everything else in `dist` stays as the compiler wrote it.
 */

/** The command line, and what it starts as processes and threads; each takes the place of the compiler's own file. */
const ENTRIES = [
  "src/cli.ts",
  "src/audit/audit.worker.ts",
  "src/commands/pipeline.worker.ts",
  "src/impact/specification.worker.ts",
  "reports/render.worker.ts",
];

/** Packages that ask where they lie. */
const APART = ["@duckdb/*", "@myriaddreamin/*", "@resvg/*", "exceljs", "highs", "pg", "write-file-atomic"];

rmSync(join(packageRoot(), "dist", "chunks"), { recursive: true, force: true });
await build({
  absWorkingDir: packageRoot(),
  entryPoints: ENTRIES,
  outdir: "dist",
  outbase: ".",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: APART,
  logLevel: "warning",
  // read only where a bug has to be told by its place in the sources
  sourcemap: "external",
  sourcesContent: false,
  // packages in the older format ask for Node's own modules by `require`
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
