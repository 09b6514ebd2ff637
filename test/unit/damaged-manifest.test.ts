import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listEditions } from "../../src/editions/list.ts";
import { planPurge } from "../../src/editions/purge.ts";
import { latestOf } from "../../src/publish/edition.ts";
import { servedEditions } from "../../src/publish/edition-server.ts";
import { temporaryFolder } from "../support/cli.ts";

const TEXTS = ["", "{", "null", "{}", '{"outputs": 1, "rows": {}}', '{"outputs": []}'];

test.each(TEXTS)("an edition whose manifest is '%s' is told as damaged, isn't served, and may be removed", (text) => {
  const out = temporaryFolder("damaged");
  for (const name of ["2015.1", "2016.1"]) {
    mkdirSync(join(out, "bond", name), { recursive: true });
    writeFileSync(join(out, "bond", name, "manifest.json"), text);
  }
  symlinkSync("2016.1", join(out, "bond", "latest"));
  expect(listEditions(out).map(({ damaged, isLatest }) => [damaged, isLatest])).toEqual([
    [["manifest.json"], false],
    [["manifest.json"], true],
  ]);
  const { removed, spared } = planPurge(join(out, "bond"), { before: "2999-01-01" });
  expect(removed.map(({ edition, files }) => [edition, files])).toEqual([["2015.1", 0]]);
  expect(spared).toEqual([{ edition: "2016.1", why: "it is the latest" }]);
  expect(servedEditions(out)).toEqual([]);
});

test("where `latest` points is an error where the link can't be read, lest the latest edition be taken for another", () => {
  const out = temporaryFolder("latest");
  expect(latestOf(out)).toBeUndefined();
  writeFileSync(join(out, "file"), "");
  expect(() => latestOf(join(out, "file"))).toThrow(/ENOTDIR/);
});
