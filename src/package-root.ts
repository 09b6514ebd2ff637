import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json, queries/, reports/ and pipelines/, from source and from `dist` alike. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("package.json not found above the program's own folder");
    folder = parent;
  }
  return folder;
}

/** The script of the built program that a source file becomes, for what starts as a process or a thread: `src/cli.ts`. */
export const builtScript = (source: `${string}.ts`): string =>
  join(packageRoot(), "dist", source.replace(/\.ts$/, ".js"));
