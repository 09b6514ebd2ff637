import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listEditions } from "../../src/editions/list.ts";
import { planPurge } from "../../src/editions/purge.ts";
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { latestOf } from "../../src/publish/edition.ts";
import { servedEditions } from "../../src/publish/edition-server.ts";
import { purgedEditions } from "../../src/publish/purge-records.ts";
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

test.each(["", "{", "null"])(
  "an earlier edition whose files read '%s' is refused with each file and what to do",
  (text) => {
    const out = temporaryFolder("damaged-earlier");
    stand(out, { "2015.1": text, "2016.1": WHOLE });
    for (const [edition, metrics] of [
      ["2015.1", text],
      ["2016.1", "[]"],
    ] as const) {
      mkdirSync(join(out, "bond", edition, "metrics"));
      writeFileSync(join(out, "bond", edition, "metrics", "metrics.json"), metrics);
    }
    const read = (...names: readonly string[]) => readEarlierEditions(join(out, "bond"), names, 2015);
    expect(read("2016.1")).toMatchObject({ values: [], hashes: [expect.stringMatching(/^2016\.1:[0-9a-f]{64}$/)] });
    const problem = (file: string) =>
      `disclosure.earlierEditions: '2015.1': ${join(out, "bond", "2015.1", file)} was damaged or changed; restore it from a copy`;
    expect(() => read("2015.1", "2016.1")).toThrow(
      [problem("metrics/metrics.json"), problem("manifest.json")].join("\n"),
    );
    rmSync(join(out, "bond", "2015.1", "manifest.json"));
    writeFileSync(join(out, "bond", "2015.1", "metrics", "metrics.json"), "[]");
    expect(() => read("2015.1")).toThrow("'2015.1' has no manifest.json; restore it from a copy");
  },
);

test.each(["", "{", "null", "{}"])(
  "a record of a purge that reads '%s' is refused, lest a name be given twice",
  (text) => {
    const out = temporaryFolder("damaged-purge");
    mkdirSync(join(out, "purges"));
    writeFileSync(join(out, "purges", "2026-01-01.json"), text);
    expect(() => purgedEditions(out)).toThrow("2026-01-01.json: not the record of a purge as it was written");
  },
);
