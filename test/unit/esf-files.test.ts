import { beforeAll, describe, expect, test } from "vitest";
import { esfFiles } from "../../reports/esf/files.ts";
import type { Released } from "../../src/disclose/finding.ts";
import type { Language } from "../../src/document/document.ts";
import { ESF_CODES, ESF_COMPULSORY } from "../../src/indicators/esf-codes.ts";
import { opened, partsOf, partsUnder, valuesOf } from "../support/xlsx-parts.ts";
import { releasedValue, yearInput } from "../support/year-values.ts";

const LANGUAGES = ["en", "fr", "nl"] as const;
const ARM = "participants";

/** Every code in two regions; a woman's count and its complement are hidden, the level of a gender is told. */
function values(): readonly Released[] {
  return ["network", "brussels"].flatMap((region) =>
    ["2024", "2022-2024"].flatMap((period) => [
      ...ESF_CODES.flatMap(({ code }, i) => {
        const of = { metric: code.toLowerCase(), arm: ARM, unit: "persons" as const, region, period };
        const gender = (level: string) => ({ ...of, dimension: "gender", level });
        return [
          releasedValue({ ...of, value: 1000 + i, n: 1000 + i }),
          releasedValue({ ...gender("woman"), value: 611 + i, hidden: "D" }),
          releasedValue({ ...gender("man"), value: 300 + i, n: 300 + i }),
          releasedValue({ ...gender("non_binary"), value: 3, hidden: "A" }),
        ];
      }),
      releasedValue({ metric: "esf_incomplete", arm: ARM, region, period, value: 17, unit: "persons" }),
      ...ESF_COMPULSORY.map((level) =>
        releasedValue({
          metric: "esf_incomplete",
          arm: ARM,
          region,
          period,
          dimension: "missing_fact",
          level,
          value: 0,
        }),
      ),
    ]),
  );
}

function exported(released: readonly Released[], only?: Language): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const { messages: _messages, region: _region, ...input } = yearInput(released, "en");
  const reports = [{ report: "annual" as const, languages: [...LANGUAGES], formats: ["html" as const] }];
  return esfFiles({ ...input, pipeline: { ...input.pipeline, reports } }, only);
}

let files: ReadonlyMap<string, string | Uint8Array>;
beforeAll(async () => {
  files = await exported(values());
});
const bytes = (path: string): Uint8Array => new Uint8Array(files.get(path) as Uint8Array);
const lines = (): readonly string[] => String(files.get("esf/esf.csv")).split("\r\n");

describe("what the European Social Fund Plus is sent", () => {
  test("a CSV and a workbook a language; in one language, its own only; nothing without records", async () => {
    expect([...files.keys()].sort()).toEqual(["esf/esf-en.xlsx", "esf/esf-fr.xlsx", "esf/esf-nl.xlsx", "esf/esf.csv"]);
    expect([...(await exported(values(), "nl")).keys()].sort()).toEqual(["esf/esf-nl.xlsx", "esf/esf.csv"]);
    expect((await exported([releasedValue({ metric: "duos_started", arm: "duos", value: 9 })])).size).toBe(0);
  });

  test("the same values give the same bytes", async () => {
    expect(await exported(values())).toEqual(files);
  });

  test("the CSV has a row a region, period and code, all and each gender beside it, what is hidden empty with its status", () => {
    expect(lines()[0]).toBe(
      "region,period,code,title_en,title_fr,title_nl,title_to_verify,all,all_conf_status,women,women_conf_status,men,men_conf_status,non_binary,non_binary_conf_status,as_of",
    );
    expect(lines()).toContain(
      'network,2024,EECO05,"Employed, including self-employed","En emploi, y compris indépendant","Werkenden, met inbegrip van zelfstandigen",no,1004,F,,D,304,F,,A,2026-03-31',
    );
    expect(lines()).toHaveLength(1 + 2 * 2 * (ESF_CODES.length + 1) + 1);
  });

  test("who could not be counted has a row of its own, which is not told by gender", () => {
    expect(lines().filter((line) => line.startsWith("brussels,2024,incomplete,"))).toEqual([
      expect.stringMatching(/,no,17,F,,Z,,Z,,Z,2026-03-31$/),
    ]);
  });

  test("the network and the last year stand first, several years together last", () => {
    const places = [
      ...new Set(
        lines()
          .slice(1, -1)
          .map((line) => line.split(",").slice(0, 2).join(" ")),
      ),
    ];
    expect(places).toEqual(["network 2024", "network 2022-2024", "brussels 2024", "brussels 2022-2024"]);
  });

  test("codes whose name was not read in an official page say so", () => {
    const row = lines().find((line) => line.startsWith("network,2024,EECO01,"));
    expect(row).toContain(",Deelnemers,yes,");
  });
});

describe.each(LANGUAGES)("the workbook in %s", (language) => {
  test("has a sheet a region and one for incomplete records, one table each, nothing merged or filtered", async () => {
    const parts = partsOf(bytes(`esf/esf-${language}.xlsx`));
    const sheets = (await opened(bytes(`esf/esf-${language}.xlsx`))).worksheets;
    expect(sheets).toHaveLength(6);
    expect(partsUnder(parts, "xl/tables/")).toHaveLength(5);
    for (const xml of partsUnder(parts, "xl/worksheets/sheet")) expect(xml).not.toMatch(/mergeCell|autoFilter|<pane/);
    expect(parts.get("docProps/core.xml")).toMatch(new RegExp(`<dc:language>${language}-`));
  });

  test("holds each code with its title, numbers as numbers, markers in place of what is hidden, and explains them", async () => {
    const [, , notes, network] = (await opened(bytes(`esf/esf-${language}.xlsx`))).worksheets;
    if (network === undefined || notes === undefined) throw new Error("sheets are missing");
    const rows = valuesOf(network);
    for (const [i, { code, title }] of ESF_CODES.entries()) {
      const row = rows.find((cells) => cells.includes(code));
      expect(row?.slice(0, 7)).toEqual([title[language], code, "2024", 1000 + i, "[d]", 300 + i, "[c]"]);
    }
    const told = valuesOf(notes).flat();
    for (const marker of ["[c]", "[d]"]) expect(told).toContain(marker);
    expect(told).not.toContain("[x]");
  });
});
