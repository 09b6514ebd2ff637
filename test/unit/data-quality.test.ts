import { expect, test } from "vitest";
import { findingSentences } from "../../reports/data-quality.ts";
import { renderQuality } from "../../reports/render-quality.ts";
import { type Ingested, SourcesRefused } from "../../src/ingest/ingest.ts";
import { dataQuality, parseQuality, qualityJson } from "../../src/ingest/quality/quality.ts";
import { guarded } from "../../src/ingest/rules/reject-files.ts";
import { LANGUAGES } from "../../src/protocol/protocol.ts";
import { fileWords } from "../../src/publish/file-words.ts";
import { loadMessages } from "../../src/wording/messages.ts";
import { longDate } from "../../src/wording/numbers.ts";
import { ingested, type ProjectFiles, programme, source, table } from "../support/ingest-project.ts";

const FRAME = {
  ...{ pipeline: "p", runId: "r", version: "1", protocolHash: "a".repeat(64), region: "brussels", period: "2014-2016" },
  ...{ synthetic: true, asOf: "2018-03-31", refused: [] },
};
const named = { en: "P", fr: "P", nl: "P" };
const NAMED = { title: named, regionName: { en: "Here", fr: "Ici", nl: "Hier" }, organisation: "O" };
const BOM = "\ufeff";

/** Everything that ingest hands over. */
const read = (files: ProjectFiles, mappings: readonly unknown[]): Promise<Ingested> =>
  ingested(files, mappings, async ({ summary }) => summary as Ingested);

const mentees = "mentee_id;branch_id;birth_on;gender;note";
const branches = { "in/branches.csv": "branch_id,name,region\nB1,Brussels,brussels\n" };
const mapped = (language: string): readonly object[] => [
  source("places", table("branches", "branch_id,name,region")),
  {
    ...source("people", {
      ...table("mentees", "mentee_id,branch_id,birth_on,gender"),
      files: "in/mentees*.csv",
    }),
    language,
  },
];
const file = (...lines: readonly string[]): ProjectFiles => ({
  ...branches,
  "in/mentees.csv": `${[mentees, ...lines].join("\n")}\n`,
});

test("rejects keep the sender's columns, text and separator, one line a row, in the sender's language", async () => {
  const { rejects } = await read(
    file("E1;B1;1990-01-01;woman;x", "E2;B9;31/02/1990;q;=1+1", "E3;B1;1990-01-01;man;a;b", "E4;B1;;man;-3,5"),
    mapped("fr"),
  );
  expect(rejects.map(({ path }) => path)).toEqual(["rejects/people--mentees.csv"]);
  const lines = (rejects[0]?.content ?? "").split("\r\n");
  expect(lines[0]).toBe(`${BOM}${mentees};file;row;rule;remedy;severity`);
  expect(lines[1]).toMatch(
    /^E2;B9;31\/02\/1990;q;'=1\+1;in\/mentees\.csv;3;not_a_date \| unknown_branch \| unknown_code;/,
  );
  expect(lines[1]).toContain("`birth_on`: '31/02/1990' n'est pas une date (attendu : AAAA-MM-JJ)");
  expect(lines[2]).toMatch(/^"E3;B1;1990-01-01;man;a;b";;;;;in\/mentees\.csv;4;ragged;/);
  expect(lines[3]).toMatch(/^E4;B1;;man;-3,5;in\/mentees\.csv;5;missing;.*;reject$/);
});

test("a rejects file that is repaired as told is accepted, with or without the added columns", async () => {
  const first = await read(file("E1;B1;1990-01-01;woman;x", "E2;B1;31/02/1990;man;é", "E3;B1;;q;y"), mapped("en"));
  const sent = first.rejects[0]?.content ?? "";
  const repaired = sent.replace("E2;B1;31/02/1990", "E2;B1;1990-02-28").replace("E3;B1;;q;", "E3;B1;1991-01-01;man;");
  const without = repaired.replaceAll(/^([^;\r\n]*(?:;[^;\r\n]*){4});.*$/gm, "$1");
  for (const text of [repaired, without]) {
    const again = await read({ ...branches, "in/mentees.csv": text }, mapped("en"));
    const [own] = again.files.filter(({ table: name }) => name === "mentees");
    expect(own).toMatchObject({ received: 2, accepted: 2, rejected: 0, warned: 0 });
    expect(again.rejects).toEqual([]);
  }
});

test("an apostrophe before what a spreadsheet would compute can always be taken away again", () => {
  const back = (text: string): string => (/^'+[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text);
  for (const text of ["=1+1", "'=1", "''@x", "-3", "+3,5", "-a", "@SUM(A1)", "\tx", "'plain", "", "a=1"]) {
    expect(back(guarded(text))).toBe(text);
    expect(/^[=+\-@\t\r\n]/.test(guarded(text))).toBe(/^[+-]\d+(,\d+)?$/.test(text));
  }
});

test("what came in adds up in every part of the report", async () => {
  const { quality } = await read(
    file("E1;B1;1990-01-01;woman;", "E1;B1;1990-01-01;woman;", "E2;B1;1990-01-01;q;", "E3;B1;1990-01-01;;"),
    mapped("en"),
  );
  for (const { received, accepted, rejected } of [...quality.files, ...quality.sources])
    expect(accepted + rejected).toBe(received);
  const all = quality.completeness.find(({ column, region }) => column === "gender" && region === "");
  expect(all).toMatchObject({ rows: 2, filled: 1, low: true });
  expect(quality.codes).toEqual([
    { source: "people", table: "mentees", column: "gender", theirs: ["woman"], ours: "woman", rows: 1 },
    { source: "people", table: "mentees", column: "gender", theirs: ["q"], ours: null, rows: 1 },
  ]);
  expect(quality.duplicates).toEqual([{ kind: "rows", table: "mentees", persons: null, rows: 1 }]);
});

test("a difference from the edition before is flagged by rule, and equal editions differ in nothing", async () => {
  const days = Array.from({ length: 20 }, (_, i) => `E${i};B1;1990-01-01;woman;`);
  const before = await read(file(...days), mapped("en"));
  const now = await read(file(...days.slice(0, 10), "F1;B1;;man;"), mapped("en"));
  const quality = dataQuality(FRAME, before.quality, undefined);
  expect(quality.findings.map(({ code }) => code)).toEqual(["noneRejected", "complete", "first"]);
  expect(parseQuality(qualityJson(quality))).toEqual(quality);
  const same = dataQuality(FRAME, before.quality, { edition: "2016.1", quality });
  expect(same.changes.filter(({ flagged }) => flagged)).toEqual([]);
  const flagged = dataQuality(FRAME, now.quality, { edition: "2016.1", quality }).changes.filter((one) => one.flagged);
  expect(flagged.map(({ what, before: was, now: is }) => [what, was, is])).toEqual([
    ["rejected", 0, 0.090909],
    ["rows", 20, 11],
  ]);
});

test("a refused ingest carries the whole report, and every language says it is restricted first", async () => {
  const given = programme(["D1,E1,M1,B1,x,", "D2,E9,M1,B1,2014-03-01,"]);
  const refused = await ingested(given.files, given.mappings, async () => undefined, { maxRejectedShare: 0 }).catch(
    (error: unknown) => error,
  );
  if (!(refused instanceof SourcesRefused)) throw new Error("nothing was refused");
  const quality = dataQuality({ ...FRAME, runId: null, refused: refused.problems }, refused.read.quality, undefined);
  expect(quality.findings[0]).toEqual({ code: "refused", values: {} });
  expect(quality.rules.map(({ rule }) => rule).sort()).toEqual(["not_a_date", "unknown_mentee"]);
  const files = await renderQuality(quality, NAMED, LANGUAGES);
  const firsts = { en: "Restricted: counts", fr: "Diffusion restreinte", nl: "Beperkte verspreiding" } as const;
  for (const language of LANGUAGES) {
    const html = String(files.get(`data-quality/data-quality-${language}.html`));
    expect(html).toMatch(new RegExp(`<div class="bar"><span><b>${firsts[language]}`));
    const cutoff = longDate(FRAME.asOf, loadMessages(language).locale);
    for (const format of ["html", "pdf", "xlsx"]) {
      const path = `data-quality/data-quality-${language}.${format}`;
      const told = fileWords(path, files.get(path) ?? "").replaceAll(/\s+/g, " ");
      for (const stated of [NAMED.regionName[language], "2014–2016", cutoff, "a".repeat(12)])
        expect(told, `${path}: ${stated}`).toContain(stated);
    }
    expect(findingSentences({ quality, messages: loadMessages(language) }).join(" ")).not.toMatch(/[{}]|undefined|NaN/);
  }
});

test("sources that could not be read leave a report that says so", async () => {
  const quality = dataQuality({ ...FRAME, runId: null, refused: ["a.csv is empty"] }, undefined, undefined);
  expect(quality.findings).toEqual([{ code: "unread", values: { n: 1 } }]);
  const files = await renderQuality(quality, NAMED, ["en"]);
  expect([...files.keys()]).toEqual(["html", "pdf", "xlsx"].map((format) => `data-quality/data-quality-en.${format}`));
  expect(String(files.get("data-quality/data-quality-en.html"))).toContain("a.csv is empty");
});
