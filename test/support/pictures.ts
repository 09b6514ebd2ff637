import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/package-root.ts";
import { closeBrowser, openBrowser, openFile } from "./browser.ts";

/* The README's pictures, from the latest editions: `npm start`, then `npm run pictures [-- FOLDER OF EDITIONS]`. */

const PICTURES = {
  "investor-en": "sib-evaluation/latest/reports/investor-brussels-en.html",
  "annual-fr": "annual-report/latest/reports/annual-network-fr.html",
} as const;
const LOOK = { width: 1100, height: 1060 } as const;

const [out = join(packageRoot(), "out")] = process.argv.slice(2);
for (const [name, page] of Object.entries(PICTURES)) await take(join(out, page), `reports/pictures/${name}.png`);
await closeBrowser();

/** The top of a page as a reader's screen shows it. */
async function take(page: string, picture: string): Promise<void> {
  if (!existsSync(page)) throw new Error(`${page} isn't there: run npm start first`);
  const tab = await (await openBrowser()).newPage({ viewport: LOOK, offline: true });
  await openFile(tab, page);
  await tab.screenshot({ path: join(packageRoot(), picture) });
  await tab.close();
}
