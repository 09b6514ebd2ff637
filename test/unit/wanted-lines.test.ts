import { mkdtempSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { STRETCH, scanFile } from "../../src/ingest/files/scan.ts";
import { wantedLines } from "../../src/ingest/files/wanted-lines.ts";
import { UserError } from "../../src/user-error.ts";

const folder = mkdtempSync(join(tmpdir(), "wanted-lines-"));
const path = join(folder, "lines.csv");

async function found(numbers: readonly number[]): Promise<ReadonlyArray<readonly [number, string]>> {
  const lines: [number, string][] = [];
  for await (const { line, text } of wantedLines(path, await scanFile(path), new Set(numbers)))
    lines.push([line, text]);
  return lines;
}

describe("wanted lines of a file", () => {
  const lines = Array.from({ length: 2 * STRETCH + 7 }, (_, i) =>
    i % 5 === 0 ? "" : `é${"x".repeat(i % 11)};${i + 1}`,
  );
  const wanted = [1, 2, STRETCH - 1, STRETCH, STRETCH + 1, 2 * STRETCH, 2 * STRETCH + 1, lines.length];

  it.each([
    ["\n", "\n"],
    ["\n", ""],
    ["\r\n", "\r\n"],
  ])("are those of the text, on both sides of each noted beginning (%j, end %j)", async (between, end) => {
    writeFileSync(path, lines.join(between) + end);
    const expected = wanted.map((line) => [line, lines[line - 1]]);
    expect(await found(wanted.toReversed())).toEqual(expected);
    expect(await found([...wanted, lines.length + 1, 9 * STRETCH])).toEqual(expected);
  });

  it("are refused of a file that was cut since it was scanned", async () => {
    writeFileSync(path, lines.join("\n"));
    const scan = await scanFile(path);
    truncateSync(path, 100);
    const read = async () => {
      for await (const _ of wantedLines(path, scan, new Set([STRETCH + 5])));
    };
    await expect(read()).rejects.toThrow(UserError);
  });
});
