import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type RenderedReport, type RenderedReports, renderReports } from "../../reports/render.ts";
import { fileWords } from "../../src/publish/file-words.ts";
import { light } from "../../src/theme.ts";
import { opened, tableOf, valuesOf } from "../support/xlsx-parts.ts";
import { releasedValue, yearInput } from "../support/year-values.ts";

/* Every report of a small year of two regions, in every language and format, held to the checklist of reports. */

const LANGUAGES = ["en", "fr", "nl"] as const;
const FORMATS = ["html", "pdf", "xlsx"] as const;
const PLACES = ["annual-network", "region-brussels", "region-flanders", "employment-service-flanders"];
const [RUN, PROTOCOL] = ["5f3c9a7e21b4", "9b1c55d0e7a2".padEnd(64, "0")];

/** Counts and shares that no other region has. */
const REGIONS = {
  brussels: { count: 48_611, share: 0.4861 },
  flanders: { count: 97_133, share: 0.7133 },
  network: { count: 145_744, share: 0.6001 },
} as const;

const values = Object.entries(REGIONS).flatMap(([region, { count, share }]) =>
  ["2022", "2023", "2024", "2022-2024"].flatMap((period) => {
    const rate = { period, region, value: share, lower: share - 0.02, upper: share + 0.02, n: 900 };
    return [
      releasedValue({ metric: "duos_started", arm: "duos", unit: "rows", period, region, value: count, n: count }),
      releasedValue({ ...rate, metric: "declared_solution", arm: "duos" }),
      releasedValue({ ...rate, metric: "declared_outcome", arm: "duos", dimension: "solution", level: "job" }),
      ...["3", "12", "36"].map((level) =>
        releasedValue({ ...rate, metric: "mentors_returned", arm: "mentors", dimension: "months_since_first_duo", level }),
      ),
    ];
  }),
);

let rendered: RenderedReports;
const words = new Map<string, string>();

beforeAll(async () => {
  const { messages: _, region: __, ...input } = yearInput(values, "en");
  const reports = input.pipeline.reports.map((report) => ({ ...report, formats: FORMATS }));
  rendered = await renderReports(
    { ...input, pipeline: { ...input.pipeline, reports: [...reports] as never }, runId: RUN, protocolHash: PROTOCOL },
    { threads: () => 2 },
  );
  for (const { path, content } of rendered.files) words.set(path, fileWords(path, content).replaceAll(/\s+/g, " "));
}, 120_000);

const file = (place: string, language: string, format: string): RenderedReport => {
  const path = `reports/${place}-${language}.${format}`;
  const found = rendered.files.find((one) => one.path === path);
  if (found === undefined) throw new Error(`${path} was not rendered`);
  return found;
};
const everyFile = (place: string) =>
  LANGUAGES.flatMap((language) => FORMATS.map((format) => [language, file(place, language, format).path] as const));

test("R1: each report of each region is there in each language and format, once, and nothing else", () => {
  const expected = PLACES.flatMap((place) =>
    LANGUAGES.flatMap((language) => FORMATS.map((format) => `reports/${place}-${language}.${format}`)),
  );
  expect(rendered.files.map(({ path }) => path).toSorted()).toEqual(expected.toSorted());
  for (const { path, content } of rendered.files) expect(content.length, path).toBeGreaterThan(2000);
});

describe("R2: what only one region has", () => {
  const shapes = ({ count, share }: { readonly count: number; readonly share: number }): RegExp =>
    new RegExp(`${String(count).replace(/(\d{3})$/, "[\\s.,\u202f]?$1")}|${(share * 100).toFixed(1).replace(".", "[.,]")}|${share}`);

  test.each([
    ["brussels", "flanders"],
    ["flanders", "brussels"],
  ] as const)("stands in the text, workbook and chart of %s and nowhere in those of %s", (own, other) => {
    const [mine, theirs] = [shapes(REGIONS[own]), shapes(REGIONS[other])];
    for (const [, path] of everyFile(`region-${own}`)) {
      expect(words.get(path), path).toMatch(mine);
      expect(words.get(path), path).not.toMatch(theirs);
    }
    const charts = [...rendered.charts].filter(([path]) => path.startsWith(`charts/region-${own}-`));
    expect(charts.length).toBeGreaterThan(3);
    expect(charts.some(([, text]) => mine.test(text))).toBe(true);
    for (const [path, text] of charts) expect(text, path).not.toMatch(theirs);
    for (const language of LANGUAGES) {
      const alternatives = [...String(file(`region-${own}`, language, "html").content).matchAll(/role="img" aria-label="([^"]+)"/g)];
      expect(alternatives.some(([, text = ""]) => mine.test(text))).toBe(true);
    }
  });
});

describe("R4: every file of", () => {
  const NAMES = {
    en: ["network|All regions", "Brussels-Capital", "Flanders", "English", "31 March 2026"],
    fr: ["réseau|Toutes les régions", "Bruxelles-Capitale", "Flandre", "français", "31 mars 2026"],
    nl: ["netwerk|Alle regio", "Brussels Hoofdstedelijk Gewest", "Vlaanderen", "Nederlands", "31 maart 2026"],
  } as const;

  test.each(PLACES)("%s states region, period, data cut-off, language, protocol and run", (place) => {
    for (const [language, path] of everyFile(place)) {
      const [network, brussels, flanders, name, day] = NAMES[language];
      const region = place.endsWith("network") ? network : place.endsWith("brussels") ? brussels : flanders;
      const text = words.get(path) ?? "";
      for (const stated of [region, "2024", day, name, PROTOCOL.slice(0, 12), RUN])
        expect(text, path).toMatch(new RegExp(stated, "i"));
    }
  });
});

describe("R6: numbers, dates and percentages", () => {
  test("follow the language's locale on pages and paper", () => {
    const shapes = { en: "48,611|60.0%", fr: "48\\s611|60,0\\s%", nl: "48\\.611|60,0%" } as const;
    for (const language of LANGUAGES)
      for (const format of ["html", "pdf"]) {
        const { path } = file("region-brussels", language, format);
        for (const shape of shapes[language].split("|")) expect(words.get(path), path).toMatch(new RegExp(shape));
        for (const other of LANGUAGES.filter((one) => one !== language))
          expect(words.get(path), path).not.toMatch(new RegExp(shapes[other].split("|")[0] ?? ""));
      }
  });

  test.each(PLACES)("are the same values in the workbooks of %s", async (place) => {
    const numbers = async (language: string) => {
      const book = await opened(file(place, language, "xlsx").content as Uint8Array);
      return book.worksheets.map((sheet) => valuesOf(sheet).map((row) => row.filter((cell) => typeof cell === "number")));
    };
    const en = await numbers("en");
    expect(en.flat(2).length).toBeGreaterThan(20);
    // places stand in the order of their names, which differs
    const sorted = (sheets: typeof en) => sheets.map((rows) => rows.map((row) => row.join(" ")).toSorted());
    for (const language of ["fr", "nl"]) expect(sorted(await numbers(language)), language).toEqual(sorted(en));
  });
});

test.each(PLACES)("the sheets of %s are named in the report's language", async (place) => {
  const tabs = async (language: string): Promise<readonly string[]> =>
    (await opened(file(place, language, "xlsx").content as Uint8Array)).worksheets.map(({ name }) => name);
  const en = await tabs("en");
  for (const language of ["en", "fr", "nl"]) for (const name of await tabs(language)) expect(name).toMatch(/^[A-Z][a-z]/);
  for (const language of ["fr", "nl"]) expect((await tabs(language)).join(), language).not.toBe(en.join());
});

describe("R10: charts", () => {
  const figures = () =>
    rendered.files
      .filter(({ format }) => format === "html")
      .flatMap(({ path, content, language }) =>
        [...String(content).matchAll(/<figure id="([^"]+)".*?<h\d[^>]*>(.*?)<\/h\d><p class="sub">(.*?)<\/p>.*?aria-label="([^"]+)"/gs)].map(
          ([, id = "", title = "", subtitle = "", alt = ""]) => ({ path, language, id, title, subtitle, alt }),
        ),
      );

  test("have a title of some ten words, what is measured under it, and both the kind and the finding as alternative text", () => {
    expect(figures().length).toBeGreaterThan(30);
    for (const { path, id, title, subtitle, alt } of figures()) {
      expect(title.split(" ").length, `${path} ${id}: ${title}`).toBeLessThanOrEqual(14);
      expect(subtitle.length, `${path} ${id}`).toBeGreaterThan(15);
      expect(alt.length, `${path} ${id}`).toBeGreaterThan(title.length + 5);
      expect(alt, `${path} ${id}`).toContain(title);
    }
  });

  test("tell the finding, with its number, where the number is published", () => {
    const told = figures().filter(({ id }) => ["solutions", "returns", "regions_by_year"].includes(id));
    expect(new Set(told.map(({ id }) => id)).size).toBe(3);
    for (const { path, id, title } of told) expect(title, `${path} ${id}`).toMatch(/\d[.,]\d/);
  });

  test("have no second axis over the first, and the theme's colours only", () => {
    expect(rendered.charts.size).toBeGreaterThan(30);
    for (const [path, text] of rendered.charts) {
      expect(text, path).not.toMatch(/"y2?":\s*"independent"/);
      const tracks = tracksOf(JSON.parse(text));
      for (const [i, track] of tracks.entries())
        for (const other of tracks.slice(i + 1))
          expect(Math.max(track[0], other[0]), `${path}: two scales on one stretch`).toBeGreaterThan(Math.min(track[1], other[1]));
      const colours = new Set([...text.matchAll(/"(#[0-9A-Fa-f]{6})"/g)].map(([, colour = ""]) => colour.toUpperCase()));
      expect([...colours].filter((colour) => !Object.values(light).includes(colour)), path).toEqual([]);
    }
    expect([...rendered.charts].some(([, text]) => tracksOf(JSON.parse(text)).length > 1)).toBe(true);
    expect([light.a, light.b, light.c, light.d]).toEqual(["#12436D", "#F46A25", "#28A197", "#801650"]);
  });
});

/** Stretches of the width, in px, that scales of values take; a scale of px itself only places words. */
function tracksOf(part: unknown): ReadonlyArray<readonly [number, number]> {
  const found = new Map<string, readonly [number, number]>();
  const look = (own: unknown): void => {
    if (typeof own !== "object" || own === null) return;
    const { domain, range } = (own as { scale?: { domain?: unknown; range?: unknown } }).scale ?? {};
    if (Array.isArray(range) && JSON.stringify(domain) !== JSON.stringify(range) && typeof range[0] === "number")
      found.set(JSON.stringify([domain, range]), [Number(range[0]), Number(range[1])]);
    Object.values(own).forEach(look);
  };
  look(part);
  return [...found.values()];
}

/** LibreOffice keeps 15 digits. */
const rounded = (rows: ReturnType<typeof tableOf>) =>
  rows.map((row) => row.map((cell) => (typeof cell === "number" ? Number(cell.toPrecision(14)) : cell)));

const office = spawnSync("soffice", ["--version"]).status === 0;
const without = office ? "in LibreOffice" : "no LibreOffice on this machine";

describe.skipIf(!office)(`S8: a workbook opened (${without})`, () => {
  test("needs no repair and holds the same texts and numbers, sheet by sheet", async () => {
    const folder = mkdtempSync(join(tmpdir(), "duo-impact-office-"));
    try {
      const { content } = file("region-brussels", "fr", "xlsx");
      const path = join(folder, "book.xlsx");
      writeFileSync(path, content);
      const home = `-env:UserInstallation=file://${join(folder, "home")}`;
      execFileSync("soffice", [home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", join(folder, "again"), path], { stdio: "pipe" });
      const [before, after] = [await opened(content as Uint8Array), await opened(readFileSync(join(folder, "again", "book.xlsx")))];
      expect(after.worksheets.map(({ name }) => name)).toEqual(before.worksheets.map(({ name }) => name));
      for (const sheet of before.worksheets) {
        const same = after.getWorksheet(sheet.name);
        expect(same === undefined ? [] : rounded(tableOf(same)), sheet.name).toEqual(rounded(tableOf(sheet)));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
