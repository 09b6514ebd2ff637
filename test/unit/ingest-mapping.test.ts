import { describe, expect, test } from "vitest";
import { z } from "zod";
import { loadSourceMapping, SourceMapping } from "../../src/ingest/mapping/mapping.ts";
import { UserError } from "../../src/user-error.ts";
import { withProject } from "../support/ingest-project.ts";

const load = (yaml: string): Promise<readonly string[]> =>
  withProject({ "sources/actiris.yaml": yaml }, async (folder) => {
    try {
      loadSourceMapping(`${folder}/sources`, "actiris");
      return [];
    } catch (error) {
      if (error instanceof UserError) return error.problems.map((problem) => problem.replace(folder, ""));
      throw error;
    }
  });

const good = `source: actiris
title: Register extract (synthetic)
synthetic: true
register: actiris
region: brussels
tables:
  - table: jobseekers
    files: data/chercheurs*.csv
    csv: {delimiter: ";", encoding: windows-1252, decimal: ","}
    dates: DD/MM/YYYY
    columns:
      person_number: NUMERO
      birth_on: NAISSANCE
      gender: {column: SEXE, codes: {F: woman, M: man, X: other}}
`;

describe("a source's mapping", () => {
  test("is read as it is written", async () => {
    expect(await load(good)).toEqual([]);
  });

  test("is refused with every problem and its line", async () => {
    const bad = good
      .replace("{F: woman, M: man, X: other}", "{F: female, M: man}")
      .replace("birth_on:", "birthon:")
      .replace("DD/MM/YYYY", "dd/mm/yy")
      .replace("windows-1252", "cp850");
    expect(await load(bad)).toEqual([
      expect.stringContaining("/sources/actiris.yaml:9: tables.0.csv.encoding:"),
      expect.stringContaining("/sources/actiris.yaml:10: tables.0.dates: 'dd/mm/yy' is not a date format"),
    ]);
    const shape = good.replace("{F: woman, M: man, X: other}", "{F: female, M: man}").replace("birth_on:", "birthon:");
    expect(await load(shape)).toEqual([
      expect.stringContaining("actiris.yaml:12: tables.0.columns: 'birth_on' has to be mapped"),
      expect.stringContaining(
        "actiris.yaml:13: tables.0.columns.birthon: is not a column of this table; did you mean 'birth_on'",
      ),
      expect.stringContaining(
        "actiris.yaml:14: tables.0.columns.gender: 'female' is not a code of gender: choose from woman, man, other",
      ),
    ]);
  });

  test("must bear the name of its file", async () => {
    expect(await load(good.replace("source: actiris", "source: vdab"))).toEqual([
      expect.stringContaining("'vdab' differs from the file's name 'actiris'"),
    ]);
  });

  test("has a JSON Schema for editors", () => {
    expect(z.toJSONSchema(SourceMapping, { io: "input" })).toMatchObject({
      type: "object",
      required: ["source", "title", "tables"],
    });
  });
});
