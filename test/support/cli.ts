import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { builtScript, packageRoot } from "../../src/package-root.ts";

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program as a user would. */
export function cli(
  args: readonly string[],
  options: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
): CliResult {
  const program = builtScript("src/cli.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: options.cwd ?? packageRoot(),
    env: { ...process.env, ...options.env },
    encoding: "utf8",
    maxBuffer: 64 << 20,
  });
  return { status, stdout, stderr };
}

/** Gone with the test file that asked for it: see `temporary.ts`. */
export const temporaryFolder = (name: string): string => mkdtempSync(join(tmpdir(), `duo-impact-${name}-`));

/** Every file under a folder with its bytes, links not followed; paths relative to it, sorted. */
export function filesUnder(folder: string): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries)
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name);
      found.set(relative(folder, path), readFileSync(path));
    }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
