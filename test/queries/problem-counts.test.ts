import { expect, test } from "vitest";
import { sqlOf } from "../../src/catalogue/catalogue.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { NamedSql } from "../../src/engine/engine.ts";
import { createIncoming } from "../../src/ingest/rules/incoming.ts";

const staging = (name: string): NamedSql => sqlOf({ name: `staging.${name}`, parameters: {}, columns: {}, grain: [] });

/** A problem of a file's row: `[file, row, field, rule, severity]`. */
type Problem = readonly [file: number, row: number, field: string, rule: string, severity: string];

/** What the queries find of three files' problems. */
async function counted(problems: readonly Problem[]): Promise<readonly unknown[]> {
  const engine = await openDuckDb({ threads: 1 });
  try {
    await createIncoming(engine, ["duos"]);
    for (const id of [0, 1, 2])
      await engine.execute(
        { name: "files", text: "insert into incoming.files values ($id, 's', 'duos', 'in/d.csv', null)" },
        { id },
      );
    for (const [file, row, field, rule, severity] of problems)
      await engine.execute(
        {
          name: "problems",
          text: "insert into incoming.problems values ('duos', $file, $row, $field, 'v', $rule, $severity, '')",
        },
        { file, row, field, rule, severity },
      );
    await engine.build({ name: "incoming.broken_rows", text: staging("broken_rows").text }, ["file_id", "source_row"]);
    return [await engine.rows(staging("file_counts")), await engine.rows(staging("repeated_problems"))];
  } finally {
    await engine.close();
  }
}

const PROBLEMS: readonly Problem[] = [
  [0, 2, "started_on", "step_order", "warn"],
  [0, 2, "ended_on", "step_order", "warn"],
  [0, 3, "started_on", "step_order", "warn"],
  [0, 3, "started_on", "duo_order", "reject"],
  [2, 2, "started_on", "step_order", "warn"],
  [2, 3, "duo_id", "missing", "reject"],
];
const COUNTS = [
  { file_id: 0, rejected: 1, warned: 1 },
  { file_id: 1, rejected: 0, warned: 0 },
  { file_id: 2, rejected: 1, warned: 1 },
];

test("a row counts once whatever it breaks, as rejected where anything rejects it; the same row of another file is another", async () => {
  expect(await counted(PROBLEMS)).toEqual([COUNTS, []]);
});

test("a problem that is noted twice is found, and counts its row once", async () => {
  expect(await counted([...PROBLEMS, [2, 2, "started_on", "step_order", "warn"]])).toEqual([
    COUNTS,
    [{ table_name: "duos", file_id: 2, source_row: 2, field: "started_on", rule: "step_order", times: 2 }],
  ]);
});
