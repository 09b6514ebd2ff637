import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const INSTALLED = [
  "/usr/bin/google-chrome",
  "/usr/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The bundled Chromium runs on Linux x64; elsewhere an installed Chrome is used. */
const bundled = process.platform === "linux" && process.arch === "x64";
const installed = INSTALLED.find((path) => existsSync(path));

/** Why browser tests can't run on this machine; undefined where they can. */
export const noBrowser = bundled || installed !== undefined ? undefined : "no Chromium for this platform";

let browser: Promise<Browser> | undefined;

/** One browser for all tests of a file. */
export function openBrowser(): Promise<Browser> {
  browser ??= launch();
  return browser;
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

async function launch(): Promise<Browser> {
  if (!bundled) return chromium.launch({ executablePath: installed ?? "chromium" });
  // Set before the import: it unpacks its own system libraries, and reuses any older Chromium in the temp folder.
  const folder = join(process.env.DUO_IMPACT_TESTS_SHARE ?? tmpdir(), `duo-impact-chromium-${process.getuid?.() ?? 0}`);
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs20.x";
  const { default: chromiumFile } = await import("@sparticuz/chromium");
  return chromium.launch({ executablePath: await chromiumFile.executablePath(), args: ["--no-sandbox"] });
}

/**
 * Opens a file with its fonts in place. This Chromium now and then fails to read a font from a data URL
 * while its network service starts; another load of the page then succeeds.
 */
export async function openFile(page: Page, path: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    await page.goto(pathToFileURL(path).href);
    if (await page.evaluate(FONTS_LOADED)) return;
  }
  throw new Error(`the fonts of ${path} could not be read`);
}

const FONTS_LOADED = `Promise.all([400, 600].map((weight) => document.fonts.load(weight + " 16px Inter")))
  .then((faces) => faces.every((face) => face.length > 0), () => false)`;
