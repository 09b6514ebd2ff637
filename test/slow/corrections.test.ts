import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordsOf } from "../../src/audit/published.ts";
import { cli, filesUnder } from "../support/cli.ts";
import { smallProject } from "../support/small-project.ts";

/*
 * An edition of 2016, then one from which a third of the duos are missing, which declares the first: what it says of its corrections.
 */
const PIPELINE = "pipelines/sib-evaluation.yaml";
let project = "";
beforeAll(() => {
  project = smallProject();
  expect(duo("run", PIPELINE).status).toBe(0);
  edit("data-sample/programme/duos.csv", (text) =>
    text
      .split("\n")
      .filter((line, i) => line === "" || i === 0 || i % 3 > 0)
      .join("\n"),
  );
  edit(PIPELINE, (text) =>
    text.replace(/(disclosure:[^\n]*?)(earlierEditions: \[\], ?)?(threshold: 5)/, "$1$3, earlierEditions: ['2016.1']"),
  );
  const second = duo("run", PIPELINE);
  expect([second.status, second.status === 0 ? "" : second.stderr]).toEqual([0, ""]);
}, 240_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

const duo = (...args: readonly string[]) => cli(args, { cwd: project });
const out = (...path: readonly string[]): string => join(project, "out", "sib-evaluation", ...path);
const text = (...path: readonly string[]): string => readFileSync(out(...path), "utf8");

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(join(project, file), "utf8");
  const changed = change(before);
  expect(changed).not.toBe(before);
  writeFileSync(join(project, file), changed);
}

describe("the next edition of a year", () => {
  it("counts in its manifest what it changes of the edition before, and says which data explain it", () => {
    const { corrections } = JSON.parse(text("2016.2", "manifest.json"));
    expect(corrections).toMatchObject({ against: "2016.1", file: "corrections.csv", protocol: [], version: false });
    expect(corrections.data).toEqual(["data-sample/programme/duos.csv"]);
    expect(corrections.changed).toBeGreaterThan(20);
    expect(JSON.parse(text("2016.1", "manifest.json")).corrections).toBeUndefined();
  });

  it("lists every change with its numbers before and after, none where one is hidden", () => {
    const [head = [], ...records] = recordsOf(text("2016.2", "corrections.csv"));
    const { corrections } = JSON.parse(text("2016.2", "manifest.json"));
    const { changed, appeared, vanished, shown, hidden } = corrections;
    expect(records).toHaveLength(changed + appeared + vanished + shown + hidden);
    const at = (record: readonly string[], name: string) => record[head.indexOf(name)] ?? "";
    for (const record of records)
      if (["hidden", "vanished"].includes(at(record, "change")))
        expect(head.filter((name) => /_(before|after)$/.test(name) && at(record, name) !== "")).toEqual([]);
    const total = records.find(
      (record) =>
        at(record, "metric") === "placement_rate" &&
        at(record, "period") === "2014-2016" &&
        at(record, "dimension") === "total",
    );
    expect(Number(at(total ?? [], "n_before"))).toBeGreaterThan(Number(at(total ?? [], "n_after")));
  });

  it("tells its readers in each language, on the page, in the PDF's and in the workbook's words", () => {
    const title = {
      en: "Corrections to edition 2016.1",
      fr: "Corrections apportées à l’édition 2016.1",
      nl: "Correcties op editie 2016.1",
    };
    for (const [language, words] of Object.entries(title)) {
      const page = text("2016.2", "reports", `investor-brussels-${language}.html`);
      expect([words, "duos.csv"].filter((said) => !page.includes(said))).toEqual([]);
    }
    const page = text("2016.2", "reports", "investor-brussels-en.html");
    expect(/\d+ published figures have changed\./.exec(page)).not.toBeNull();
    const table = page.slice(page.indexOf('aria-label="Main figures corrected"'));
    expect(/Placement rate: Participants[\s\S]{0,400}201\d[\s\S]{0,200}%/.exec(table.slice(0, 4000))).not.toBeNull();
    expect(text("2016.1", "reports", "investor-brussels-en.html").includes("Corrections to")).toBe(false);
  });

  it("is traced number by number, those of the edition before with it", () => {
    const found = duo("verify", join("out", "sib-evaluation", "2016.2"));
    expect([found.status, found.stdout]).toEqual([0, expect.stringContaining("all equal")]);
  });

  it("is the same when it is run again, and leaves the edition before as it was", () => {
    const before = filesUnder(out("2016.1"));
    expect(duo("run", PIPELINE, "--out", "out", "--force", "--quiet").status).toBe(0);
    expect(filesUnder(out("2016.1"))).toEqual(before);
    expect(JSON.parse(duo("editions", "list", "--json").stdout)).toHaveLength(2);
  });
});
