import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageRoot } from "../../src/package-root.ts";

/**
 * Compares text with a file under test/golden. Where they differ the text is written beside it, as
 * `name-changed.svg`: look at both, then rename it if it is right, or take all of a run with `GOLDEN=accept`.
 */
export function matchesGolden(file: string, text: string): string | undefined {
  const path = join(packageRoot(), "test", "golden", file);
  const changed = path.replace(/(\.[a-z]+)$/, "-changed$1");
  if (existsSync(path) && readFileSync(path, "utf8") === text) {
    rmSync(changed, { force: true });
    return undefined;
  }
  mkdirSync(dirname(path), { recursive: true });
  if (process.env.GOLDEN === "accept") {
    writeFileSync(path, text);
    rmSync(changed, { force: true });
    return undefined;
  }
  writeFileSync(changed, text);
  return `differs from test/golden/${file}: look at ${changed}`;
}
