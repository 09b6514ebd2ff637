import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packageRoot } from "../../src/package-root.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** What test files of one run share; removed at its end. */
    readonly sharedFolder: string;
  }
}

/**
 * Before tests that run the program: builds it where its sources are newer (queries are read as they stand, so an
 * older build may lack what they ask of it), and makes the folder that test files share.
 */
export function setup(project: TestProject): () => void {
  if (newest("src", "reports") > newest("dist"))
    execFileSync("npm", ["run", "--silent", "build"], { cwd: packageRoot() });
  const folder = mkdtempSync(join(tmpdir(), "duo-impact-shared-"));
  project.provide("sharedFolder", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** When the last file of these folders was written, in milliseconds; -1 where there is none. */
function newest(...folders: readonly string[]): number {
  const times = folders.flatMap((folder) => {
    const entries = readdirSync(join(packageRoot(), folder), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((file) => statSync(join(file.parentPath, file.name)).mtimeMs);
  });
  return Math.max(-1, ...times);
}
