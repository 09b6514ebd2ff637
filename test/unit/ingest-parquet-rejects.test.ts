import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { ingested, withProject } from "../support/ingest-project.ts";

/** Parquet of 5000 jobseekers, of whom the first 2000 and then every hundredth have an unknown gender. */
const jobseekers = (): Promise<Uint8Array> =>
  withProject({}, async (folder) => {
    const engine = await openDuckDb({ threads: 1 });
    await engine.execute({
      name: "jobseekers",
      text: `copy (select 'P' || i as nr, date '1990-01-01' as born,
          case when i <= 2000 or i % 100 = 0 then 'x' || i else 'woman' end as sex
        from range(1, 5001) t(i)) to '${folder}/j.parquet' (row_group_size 2048)`,
    });
    await engine.close();
    return readFileSync(`${folder}/j.parquet`);
  });

const mapping = {
  ...{ source: "register", title: "Register", synthetic: true, register: "r", region: "brussels" },
  extraction: "2017-12-01",
  tables: [
    {
      table: "jobseekers",
      files: "j.parquet",
      columns: { person_number: "nr", birth_on: "born", gender: "sex" },
    },
  ],
};

test("Parquet: of many rejected rows, together or anywhere, each goes back with its own cells", async () => {
  const rejected = Array.from({ length: 5000 }, (_, i) => i + 1).filter((i) => i <= 2000 || i % 100 === 0);
  await ingested({ "j.parquet": await jobseekers() }, [mapping], async ({ summary }) => {
    const [file] = summary.rejects;
    const lines = file?.content.trim().split("\r\n").slice(1) ?? [];
    expect(lines.map((line) => line.split(";").slice(0, 5).join(";"))).toEqual(
      rejected.map((i) => `P${i};1990-01-01;x${i};j.parquet;${i}`),
    );
  });
});
