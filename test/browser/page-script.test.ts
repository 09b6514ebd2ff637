import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawingsOf } from "../../reports/drawings.ts";
import type { Block, Table } from "../../src/document/document.ts";
import { renderHtml } from "../../src/document/html.ts";
import { closeBrowser, noBrowser, openBrowser, openFile } from "../support/browser.ts";
import { investorDocument } from "../support/investor-document.ts";

const folder = mkdtempSync(join(tmpdir(), "duo-impact-script-"));
const path = join(folder, "report.html");

const row = (name: string, value?: number) => ({
  cells: [{ text: name }, value === undefined ? { text: "too few", marker: "[c]" } : { text: String(value), value }],
});

const table: Table = {
  id: "places",
  title: "Places",
  columns: [
    { id: "name", header: "Branch", kind: "name" },
    { id: "n", header: "Duos", kind: "number" },
  ],
  rows: [row("Ghent", 20), row("Émile", 100), row("Lille"), row("Antwerp", 3), { ...row("All", 123), sum: true }],
};

const tables: readonly Block[] = [{ kind: "table", table }];

beforeAll(async () => {
  const blocks = [...tables, ...investorDocument.blocks];
  writeFileSync(path, renderHtml({ ...investorDocument, blocks }, await drawingsOf(investorDocument)));
});

afterAll(async () => {
  await closeBrowser();
  rmSync(folder, { recursive: true });
});

async function onPage<T>(ask: (page: Page) => Promise<T>, width = 1100, javaScriptEnabled = true): Promise<T> {
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width, height: 900 }, offline: true, javaScriptEnabled });
  const page = await context.newPage();
  try {
    if (javaScriptEnabled) await openFile(page, path);
    else await page.goto(`file://${path}`);
    return await ask(page);
  } finally {
    await context.close();
  }
}

const PLACES = "table[aria-label=Places]";
const names = (page: Page): Promise<unknown> =>
  page.evaluate(`[...document.querySelectorAll("${PLACES} tbody th")].map((cell) => cell.textContent)`);
const sorted = (page: Page): Promise<unknown> =>
  page.evaluate(`[...document.querySelectorAll("${PLACES} thead th")].map((cell) => cell.getAttribute("aria-sort"))`);

describe.skipIf(noBrowser !== undefined)(`the script of a page (${noBrowser ?? "in Chromium"})`, () => {
  test("sorts a table by numbers, up, down and back, hidden values last and the sum under all", async () => {
    const seen = await onPage(async (page) => {
      const orders: unknown[] = [];
      for (let i = 0; i < 3; i++) {
        await page.click(`${PLACES} thead th:nth-child(2) button`);
        orders.push([await sorted(page), await names(page)]);
      }
      return orders;
    });
    expect(seen).toEqual([
      [
        [null, "ascending"],
        ["Antwerp", "Ghent", "Émile", "Lille", "All"],
      ],
      [
        [null, "descending"],
        ["Émile", "Ghent", "Antwerp", "Lille", "All"],
      ],
      [
        [null, null],
        ["Ghent", "Émile", "Lille", "Antwerp", "All"],
      ],
    ]);
  });

  test("sorts names as the language does, by the keyboard alone, on a telephone too", async () => {
    const seen = await onPage(async (page) => {
      await page.focus(`${PLACES} thead button`);
      const box: unknown = await page.evaluate(
        `(({width, height}) => width > 20 && height >= 24)(document.activeElement.getBoundingClientRect())`,
      );
      await page.keyboard.press("Enter");
      return [box, await sorted(page), await names(page)];
    }, 360);
    expect(seen).toEqual([true, ["ascending", null], ["Antwerp", "Émile", "Ghent", "Lille", "All"]]);
  });

  test("puts a figure's table in the place of its chart and the chart back", async () => {
    const seen = await onPage(async (page) => {
      const state = `(() => { const figure = document.querySelector("figure:has(.chart)");
        return [figure.querySelector(".chart").getBoundingClientRect().height > 0,
          figure.querySelector("details").open,
          figure.querySelector("summary > span").textContent]; })()`;
      const states = [await page.evaluate(state)];
      for (let i = 0; i < 2; i++) {
        await page.click("figure:has(.chart) summary");
        await page.locator(i === 0 ? "#cohorts.tabled" : "#cohorts:not(.tabled)").waitFor();
        states.push(await page.evaluate(state));
      }
      return states;
    });
    expect(seen).toEqual([
      [true, false, "Show the figures as a table"],
      [false, true, "Show the chart"],
      [true, false, "Show the figures as a table"],
    ]);
  });

  test("shows what a mark stands for when it is pointed at, within the page, until Escape", async () => {
    const seen = await onPage(async (page) => {
      await page.hover(".chart .wide .hints rect");
      const shown: unknown = await page.evaluate(`document.querySelector(".hint").textContent`);
      const inside: unknown = await page.evaluate(
        `(({left, right}) => left >= 0 && right <= innerWidth)(document.querySelector(".hint").getBoundingClientRect())`,
      );
      await page.keyboard.press("Escape");
      return [shown, inside, await page.evaluate(`document.querySelector(".hint").hidden`)];
    });
    expect(seen).toEqual([expect.stringMatching(/^2014\n.+: 42\.9/), true, true]);
  });

  test("is not needed: without it every row, chart and table is there", async () => {
    const seen = await onPage(
      async (page) => [
        await page.locator(`${PLACES} tbody tr`).count(),
        await page.locator("figure > details > table").count(),
        await page.locator(".chart").first().isVisible(),
      ],
      1100,
      false,
    );
    expect(seen).toEqual([
      5,
      investorDocument.blocks.filter(({ kind }) => kind === "figure" || kind === "flow").length,
      true,
    ]);
  });
});
