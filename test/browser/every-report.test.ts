import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RenderInput, type RenderJob, renderJob } from "../../reports/render-job.ts";
import { closeBrowser, noBrowser, openBrowser, openFile } from "../support/browser.ts";
import { sampleEdition } from "../support/sample-edition.ts";
import { bothPlaces, yearInput } from "../support/year-values.ts";

const folder = mkdtempSync(join(tmpdir(), "duo-impact-every-"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LANGUAGES = ["en", "fr", "nl"] as const;
const REPORTS = [
  ["annual", "network"],
  ["region", "brussels"],
  ["employment-service", "flanders"],
] as const;

/** Three years of counts, shares with intervals, one of them hidden, and mentors who come back. */
const values = ["2022", "2023", "2024", "2022-2024"].flatMap((period) => [
  ...bothPlaces({ metric: "duos_started", arm: "duos", unit: "rows", period, value: 412, n: 412 }),
  ...bothPlaces({ metric: "declared_solution", arm: "duos", period, value: 0.732, lower: 0.69, upper: 0.77, n: 347 }),
  ...bothPlaces({ metric: "declared_job", arm: "duos", period, hidden: "A" }),
  ...["3", "12", "36"].flatMap((level) =>
    bothPlaces({
      ...{ metric: "mentors_returned", arm: "mentors", dimension: "months_since_first_duo", level, period },
      ...{ value: 0.8, lower: 0.7, upper: 0.9, n: 120 },
    }),
  ),
]);

async function pageOf([report, region]: (typeof REPORTS)[number], language: RenderJob["language"]): Promise<void> {
  const { messages: _, region: __, ...input } = yearInput(values, language);
  const { contents } = await renderJob(input as RenderInput, { report, region, language, formats: ["html"] });
  const file = join(folder, `${report}-${language}.html`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents[0] ?? "");
}

beforeAll(async () => {
  for (const report of REPORTS) for (const language of LANGUAGES) await pageOf(report, language);
});

afterAll(async () => {
  await closeBrowser();
  rmSync(folder, { recursive: true });
});

const published = (file: string): string => join(sampleEdition().out, "sib-evaluation", "latest", file);

const PAGES: ReadonlyArray<readonly [string, () => string]> = [
  ...REPORTS.flatMap(([report]) =>
    LANGUAGES.map(
      (language) => [`${report} in ${language}`, () => join(folder, `${report}-${language}.html`)] as const,
    ),
  ),
  ...LANGUAGES.map(
    (language) =>
      [`investor in ${language}, as published`, () => published(`reports/investor-brussels-${language}.html`)] as const,
  ),
  ["index, as published", () => published("index.html")],
  ["index in French, as published", () => published("index-fr.html")],
];

describe.skipIf(noBrowser !== undefined).each(PAGES)(`%s (${noBrowser ?? "in Chromium"})`, (_, path) => {
  test("R3, R9: makes no request and no message, has no WCAG 2.2 AA violation with every table open, stays within 320 px", async () => {
    const heard: string[] = [];
    const browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, offline: true });
    const page = await context.newPage();
    page.on("console", (message) => heard.push(message.text()));
    page.on("pageerror", (error) => heard.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith("data:") && !request.isNavigationRequest()) heard.push(request.url());
    });
    try {
      await openFile(page, path());
      expect(heard).toEqual([]);
      await page.evaluate("for (const more of document.querySelectorAll('details')) more.open = true");
      await page.evaluate(axe);
      const violations =
        await page.evaluate(`axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        .then((result) => result.violations.flatMap(({id, nodes}) => nodes.map((node) => id + ": " + node.html.slice(0, 200))))`);
      expect(violations).toEqual([]);
      await page.setViewportSize({ width: 320, height: 900 });
      expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(
        0,
      );
    } finally {
      await context.close();
    }
  });
});
