import { writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { withProject } from "../support/ingest-project.ts";
import { SOURCE_TABLES } from "../support/polluted-shapes.ts";
import { type SpoiltFile, spoiltFiles } from "../support/polluted-ways.ts";

const ends = (rows: number): readonly number[] => [0, Math.floor(rows / 2), rows - 1];
const FILES = SOURCE_TABLES.flatMap((table) => spoiltFiles(table, ends));

/** Names of files that don't come back cell by cell and in order. */
const differing = (files: readonly SpoiltFile[], settings: (file: SpoiltFile) => SpoiltFile["said"]) =>
  withProject({}, async (folder) => {
    const names: string[] = [];
    for (const file of files) {
      writeFileSync(`${folder}/a.csv`, file.bytes);
      const { columns, rows } = await readTable(`${folder}/a.csv`, settings(file));
      if (!isDeepStrictEqual([columns, rows], [file.columns, file.rows])) names.push(file.name);
    }
    return names;
  });

describe.each([...new Set(FILES.map(({ kind }) => kind))])("X1, tables of six shapes, %s", (kind) => {
  const own = FILES.filter((file) => file.kind === kind);
  test("found: every cell comes back", async () => {
    expect(own.length).toBeGreaterThan(10);
    expect(await differing(own, () => ({}))).toEqual([]);
  });
  test("said: every cell comes back", async () => {
    expect(await differing(own, ({ said }) => said)).toEqual([]);
  });
});
