import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { dataQualityReport } from "../../reports/data-quality.ts";
import { investorReport } from "../../reports/investor.ts";
import type { ReportInput } from "../../reports/report-input.ts";
import { DataQuality } from "../../src/catalogue/data-quality.ts";
import type { Language } from "../../src/document/document.ts";
import { packageRoot } from "../../src/package-root.ts";
import { loadContract } from "../../src/protocol/contract.ts";
import { loadProject } from "../../src/protocol/project.ts";
import { loadMessages } from "../../src/wording/messages.ts";
import { documentText } from "../support/document-text.ts";
import { matchesGolden } from "../support/golden.ts";
import { SAMPLE_PIPELINE, sampleEdition } from "../support/sample-edition.ts";

/*
 * What reports say, word for word, in each language: of the sample's published values, and of a small refused delivery.
 * The programme's reports stand beside their values in test/queries/audit-sample.test.ts.
 */

const LANGUAGES = ["en", "fr", "nl"] as const;
let released: ReportInput["released"];

beforeAll(() => {
  const file = join(sampleEdition().out, "sib-evaluation", "latest", "metrics", "metrics.json");
  released = JSON.parse(readFileSync(file, "utf8"));
});

function investorInput(language: Language): ReportInput {
  const project = loadProject(join(packageRoot(), SAMPLE_PIPELINE));
  const contract = loadContract(dirname(project.sourcesFolder), project.pipeline.evaluation)?.contract;
  return {
    ...{ pipeline: project.pipeline, released, region: project.pipeline.region, branches: new Map(), register: "actiris" },
    ...(contract === undefined ? {} : { contract }),
    ...{ messages: loadMessages(language), runId: "0".repeat(12), protocolHash: "0".repeat(64), designHash: "0".repeat(64) },
    standing: {},
  };
}

describe.each(LANGUAGES)("what reports say in %s:", (language) => {
  test("the investor statement", () => {
    expect(matchesGolden(`reports/investor-${language}.txt`, documentText(investorReport(investorInput(language))))).toBe(undefined);
  });

  test("the data-quality report", () => {
    const counted = readFileSync(join(packageRoot(), "test", "golden", "data-quality", "small.json"), "utf8");
    const input = { quality: DataQuality.parse(JSON.parse(counted)), messages: loadMessages(language), detail: "page" } as const;
    const text = documentText(dataQualityReport(input, { title: "Small", organisation: "Example", region: "Example region" }));
    expect(matchesGolden(`reports/data-quality-${language}.txt`, text)).toBe(undefined);
  });
});

test("no word of a French report runs into a semicolon", () => {
  const folder = join(packageRoot(), "test", "golden", "reports");
  const french = readdirSync(folder).filter((file) => file.endsWith("-fr.txt"));
  expect(french.length).toBeGreaterThan(5);
  const texts = french.map((file) => readFileSync(join(folder, file), "utf8"));
  expect(texts.flatMap((text) => text.match(/.{0,30}[\p{L}\d)]; .{0,10}/gu) ?? [])).toEqual([]);
});
