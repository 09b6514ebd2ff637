import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listEditions } from "../../src/editions/list.ts";
import { planPurge } from "../../src/editions/purge.ts";
import { latestOf } from "../../src/publish/edition.ts";
import { servedEditions } from "../../src/publish/edition-server.ts";
import { temporaryFolder } from "../support/cli.ts";

const WHOLE = '{"outputs": [], "rows": {}}';
const TEXTS = ["", "{", "null", "{}", '{"outputs": 1, "rows": {}}', '{"outputs": []}'];

test.each(TEXTS)("an edition whose manifest is '%s' is told as damaged, isn't served, and may be removed", (text) => {
  const out = temporaryFolder("damaged");
  stand(out, { "2015.1": text, "2016.1": WHOLE });
  expect(listEditions(out).map(({ damaged, isLatest }) => [damaged, isLatest])).toEqual([
    [["manifest.json"], false],
    [[], true],
  ]);
  const { removed, spared } = planPurge(join(out, "bond"), { before: "2999-01-01" });
  expect(removed.map(({ edition, files }) => [edition, files])).toEqual([["2015.1", 0]]);
  expect(spared).toEqual([{ edition: "2016.1", why: "it is the latest" }]);
  expect(servedEditions(out).map(({ name }) => name)).toEqual(["2016.1"]);
});

test.each(TEXTS)("an edition that stays with the manifest '%s' keeps those that it may declare as earlier", (text) => {
  const out = temporaryFolder("damaged-latest");
  stand(out, { "2015.1": WHOLE, "2016.1": text });
  const { removed, spared } = planPurge(join(out, "bond"), { before: "2999-01-01" });
  expect(removed).toEqual([]);
  expect(spared).toEqual([
    { edition: "2015.1", why: "2016.1, which stays, may declare it as an earlier edition: its manifest is damaged" },
    { edition: "2016.1", why: "it is the latest" },
  ]);
  expect(servedEditions(out).map(({ name }) => name)).toEqual(["2015.1"]);
});

/** Editions of one pipeline with these manifests; the last is the latest. */
function stand(out: string, manifests: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(manifests)) {
    mkdirSync(join(out, "bond", name), { recursive: true });
    writeFileSync(join(out, "bond", name, "manifest.json"), text);
  }
  symlinkSync(Object.keys(manifests).at(-1) ?? "", join(out, "bond", "latest"));
}

test("where `latest` points is an error where the link can't be read, lest the latest edition be taken for another", () => {
  const out = temporaryFolder("latest");
  expect(latestOf(out)).toBeUndefined();
  writeFileSync(join(out, "file"), "");
  expect(() => latestOf(join(out, "file"))).toThrow(/ENOTDIR/);
});
