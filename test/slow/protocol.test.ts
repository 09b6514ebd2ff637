import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, filesUnder } from "../support/cli.ts";
import { smallProject } from "../support/small-project.ts";

/* The tests share one project and follow each other: each starts from what the one before left. */
const PIPELINE = "pipelines/sib-evaluation.yaml";
const FROZEN = "pipelines/sib-evaluation.frozen.json";
let project = "";
beforeAll(() => {
  project = smallProject();
  edit((text) => text.replace("formats: [html, pdf, xlsx]", "formats: [html]"));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const duo = (...args: readonly string[]) => cli(args, { cwd: project });
const out = (...path: readonly string[]): string => join(project, "out", "sib-evaluation", ...path);
const read = (...path: readonly string[]): string => readFileSync(join(project, ...path), "utf8");
function edit(change: (text: string) => string): void {
  const before = read(PIPELINE);
  const after = change(before);
  if (after === before) throw new Error("nothing was changed");
  writeFileSync(join(project, PIPELINE), after);
}
const report = (language: string, edition = "latest"): string =>
  readFileSync(out(edition, "reports", `investor-brussels-${language}.html`), "utf8");
const LANGUAGES = ["en", "fr", "nl"] as const;
const TODAY = new Date().toISOString().slice(0, 10);
const WORDS = {
  en: ["changed after it was fixed on", "The protocol was changed after results were first computed"],
  fr: ["modifié après avoir été fixé le", "Le protocole a été modifié après le premier calcul des résultats"],
  nl: ["gewijzigd nadat het op", "Het protocol werd gewijzigd nadat de resultaten een eerste keer waren berekend"],
} as const;

describe("the protocol as a promise", () => {
  it("is frozen with a date beside the pipeline, once, before there are results", () => {
    const frozen = duo("protocol", "freeze", PIPELINE);
    expect(frozen.status).toBe(0);
    const record = JSON.parse(read(FROZEN));
    expect([TODAY, new Date().toISOString().slice(0, 10)]).toContain(record.frozenOn);
    expect(frozen.stdout).toContain(`protocol ${record.hash.slice(0, 12)} frozen on ${record.frozenOn}`);
    expect(duo("protocol", "freeze", PIPELINE).stdout).toContain(`stands frozen since ${record.frozenOn}`);
    expect(existsSync(out())).toBe(false);
  });

  it("that differs from what was frozen is told so before results too, and may be frozen again", () => {
    edit((text) => text.replace("target: 0.1", "target: 0.15"));
    expect(duo("protocol", "show", PIPELINE).stdout).toContain("evaluation.effect.target: 0.1 -> 0.15");
    duo("run", PIPELINE, "--out", "elsewhere");
    for (const language of LANGUAGES) {
      const html = read("elsewhere", "sib-evaluation", "latest", "reports", `investor-brussels-${language}.html`);
      expect(html).toContain(WORDS[language][0]);
      expect(html).toContain("evaluation.effect.target");
    }
    expect(duo("protocol", "freeze", PIPELINE).stdout).toContain("in the place of");
  });

  it("that was kept is said to be older than the results, with the hash that every output states", () => {
    expect(duo("run", PIPELINE).status).toBe(0);
    const { hash } = JSON.parse(read(FROZEN));
    expect(JSON.parse(readFileSync(out("latest", "manifest.json"), "utf8")).protocolHash).toBe(hash);
    for (const language of LANGUAGES) expect(report(language)).toContain(hash.slice(0, 12));
    expect(report("en")).toMatch(/fixed on [0-9]+ \w+ [0-9]{4}, before results were computed/);
    expect(report("en")).not.toContain("was changed");
    expect(JSON.parse(readFileSync(out("protocol.json"), "utf8"))).toMatchObject({ hash });
  });

  it("can't be frozen once results were computed", () => {
    edit((text) => text.replace("target: 0.15", "target: 0.2"));
    const before = read(FROZEN);
    const refused = duo("protocol", "freeze", PIPELINE);
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining("results were already computed")]);
    expect(read(FROZEN)).toBe(before);
  });

  it("that is changed afterwards is told by every report in its language, with what was and what is", () => {
    expect(duo("run", PIPELINE).status).toBe(0);
    for (const language of LANGUAGES) {
      const html = report(language);
      expect(html).toContain(WORDS[language][1]);
      expect(html).toMatch(/evaluation\.effect\.target[\s\S]{0,80}0\.15 → 0\.2/);
    }
    expect(readFileSync(out("latest", "index.html"), "utf8")).toContain("changed after results were first computed");
    const { protocolStanding } = JSON.parse(readFileSync(out("latest", "manifest.json"), "utf8"));
    expect(protocolStanding.change).toEqual({
      after: "results",
      settings: [{ setting: "evaluation.effect.target", before: "0.15", after: "0.2" }],
    });
  });

  it("that is changed back gives the first edition's bytes, and fewer years are no change", () => {
    const first = filesUnder(out("2016.1"));
    edit((text) => text.replace("target: 0.2", "target: 0.15"));
    expect(duo("run", PIPELINE).stderr).toContain("edition 2016.1 stands");
    expect(filesUnder(out("2016.1"))).toEqual(first);
    expect(duo("run", PIPELINE, "--year", "2015").status).toBe(0);
    expect(JSON.parse(readFileSync(out("2015.1", "manifest.json"), "utf8")).protocolStanding.change).toBeUndefined();
  });

  it("whose record was tampered with is refused, naming the file", () => {
    const text = readFileSync(out("protocol.json"), "utf8");
    writeFileSync(out("protocol.json"), text.replace('"target": 0.15', '"target": 0.2'));
    const run = duo("run", PIPELINE);
    writeFileSync(out("protocol.json"), text);
    expect([run.status, run.stderr]).toEqual([
      1,
      expect.stringContaining("protocol.json: not the record of a protocol"),
    ]);
  });
});
