import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";

test("V8 knows what it is told: it complains of a setting that it doesn't have, and goes on", () => {
  const module = pathToFileURL(join(packageRoot(), "src", "commands", "compile-later.ts")).href;
  const told = (code: string): string => {
    const { stderr } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
      cwd: packageRoot(),
      encoding: "utf8",
    });
    return stderr;
  };
  expect(told('import v8 from "node:v8"; v8.setFlagsFromString("--no-such-setting");')).toContain("unrecognized flag");
  expect(told(`import { compileLater } from ${JSON.stringify(module)}; compileLater();`)).toBe("");
});
