import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawingsOf } from "../../reports/drawings.ts";
import { renderQuality } from "../../reports/render-quality.ts";
import { DataQuality } from "../../src/catalogue/data-quality.ts";
import { renderHtml } from "../../src/document/html.ts";
import { renderIndex } from "../../src/document/index-page.ts";
import { packageRoot } from "../../src/package-root.ts";
import { closeBrowser, noBrowser, openBrowser, openFile } from "../support/browser.ts";
import { editionIndex } from "../support/edition-index.ts";
import { investorDocument } from "../support/investor-document.ts";

const folder = mkdtempSync(join(tmpdir(), "duo-impact-pages-"));
const report = join(folder, "report.html");
const index = join(folder, "index.html");
const quality = join(folder, "data-quality.html");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

beforeAll(async () => {
  writeFileSync(report, renderHtml(investorDocument, await drawingsOf(investorDocument)));
  writeFileSync(index, renderIndex(editionIndex));
  const named = { en: "Small", fr: "Petit", nl: "Klein" };
  const pipeline = { title: named, regionName: named, organisation: "Example" };
  const counted = readFileSync(join(packageRoot(), "test", "golden", "data-quality", "small.json"), "utf8");
  const pages = await renderQuality(DataQuality.parse(JSON.parse(counted)), pipeline, ["fr"]);
  writeFileSync(quality, pages.get("data-quality/data-quality-fr.html") ?? "");
});

afterAll(async () => {
  await closeBrowser();
  rmSync(folder, { recursive: true });
});

async function onPage<T>(
  path: string,
  look: { width: number; colorScheme?: "light" | "dark" },
  ask: (page: Page) => Promise<T>,
): Promise<T> {
  const browser = await openBrowser();
  const { width, colorScheme = "light" } = look;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, offline: true });
  const page = await context.newPage();
  try {
    await openFile(page, path);
    return await ask(page);
  } finally {
    await context.close();
  }
}

/** Texts below 13 px as shown, drawings' scale included. */
const SMALL_TEXTS = `[...document.querySelectorAll("body *")].flatMap((element) => {
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
  const box = element.getBoundingClientRect();
  if (!own || box.width <= 1 || element.closest("details:not([open]) > :not(summary)")) return [];
  const drawing = element.closest("svg");
  const scale = drawing?.viewBox.baseVal?.width ? drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width : 1;
  const size = parseFloat(getComputedStyle(element).fontSize) * scale;
  return size < 12.99 ? [element.textContent.trim() + ": " + size] : [];
})`;

describe.skipIf(noBrowser !== undefined).each([
  ["report", report],
  ["index", index],
  ["data-quality report", quality],
])(`the %s (${noBrowser ?? "in Chromium"})`, (_, path) => {
  test("R3: opens from a file without a request, a message or a breach of its policy", async () => {
    const heard: string[] = [];
    const browser = await openBrowser();
    const page = await browser.newPage({ offline: true });
    page.on("console", (message) => heard.push(message.text()));
    page.on("pageerror", (error) => heard.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith("data:") && !request.isNavigationRequest()) heard.push(request.url());
    });
    await openFile(page, path);
    await page.close();
    expect(heard).toEqual([]);
  });

  test.each(["light", "dark"] as const)("R9: has no WCAG 2.2 AA violation in %s colours", async (colorScheme) => {
    const violations = await onPage(path, { width: 1100, colorScheme }, async (page) => {
      await page.evaluate("for (const more of document.querySelectorAll('details')) more.open = true");
      await page.evaluate(axe);
      return page.evaluate(`axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then((result) =>
        result.violations.flatMap(({id, nodes}) => nodes.map((node) => id + ": " + node.html.slice(0, 200))))`);
    });
    expect(violations).toEqual([]);
  });

  test.each([320, 360, 700, 768, 800, 1100])(
    "at %i px scrolls down only and shows no text below 13 px",
    async (width) => {
      const [overflow, small] = await onPage(path, { width }, async (page) => [
        await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
        await page.evaluate(SMALL_TEXTS),
      ]);
      expect(small).toEqual([]);
      expect(overflow).toBe(0);
    },
  );

  test("keeps opened tables within 320 px", async () => {
    const overflow = await onPage(path, { width: 320 }, async (page) => {
      await page.evaluate("for (const more of document.querySelectorAll('details')) more.open = true");
      return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    });
    expect(overflow).toBe(0);
  });

  test("names every image, and takes the keyboard first to the way past its furniture", async () => {
    const [unnamed, first] = await onPage(path, { width: 1100 }, async (page) => {
      await page.keyboard.press("Tab");
      return [
        await page.evaluate(`[...document.querySelectorAll("[role=img], svg")].filter((image) =>
          image.closest("[aria-hidden=true]") === null && !image.getAttribute("aria-label")).map((image) => image.outerHTML.slice(0, 99))`),
        await page.evaluate("document.activeElement.getAttribute('href')"),
      ];
    });
    expect(unnamed).toEqual([]);
    expect(first).toBe("#content");
  });
});

describe.skipIf(noBrowser !== undefined)("charts of the report", () => {
  test.each([
    [1100, "wide"],
    [700, "narrow"],
    [360, "narrow"],
  ])("at %i px show their %s drawing only", async (width, shown) => {
    const seen = await onPage(report, { width }, (page) =>
      page.evaluate(`[...new Set([...document.querySelectorAll(".chart > *")]
        .filter((drawing) => drawing.getBoundingClientRect().height > 0).map((drawing) => drawing.className))]`),
    );
    expect(seen).toEqual([shown]);
  });

  test("R5: are never split when printed, nor are table rows, and table heads repeat", async () => {
    const rules = await onPage(report, { width: 1100 }, async (page) => {
      await page.emulateMedia({ media: "print" });
      return page.evaluate(`[".chart", ".chart .wide svg", "figure", "tr", ".two > div"].map((selector) =>
        getComputedStyle(document.querySelector(selector)).breakInside)
        .concat(getComputedStyle(document.querySelector("thead")).display, getComputedStyle(document.body).backgroundColor,
          getComputedStyle(document.querySelector(".chart .narrow")).display)`);
    });
    expect(rules).toEqual([
      "avoid",
      "avoid",
      "avoid",
      "avoid",
      "avoid",
      "table-header-group",
      "rgb(255, 255, 255)",
      "none",
    ]);
  });
});
