import { expect, test } from "vitest";
import { editionIndexes } from "../../reports/edition-index.ts";
import { renderIndex } from "../../src/document/index-page.ts";
import { editionIndex } from "../support/edition-index.ts";
import { yearInput } from "../support/year-values.ts";

test("the index leads to every file by a relative link and says in which language it is", () => {
  const page = renderIndex(editionIndex);
  for (const { href } of editionIndex.groups.flatMap((group) => group.links))
    expect(page).toContain(`<a href="${href}"`);
  expect(page).toContain('href="reports/investor-brussels-fr.html" lang="fr" hreflang="fr">');
  expect(page.match(/hreflang/g)).toHaveLength(3);
});

test.each(["https://example.org", "/etc/passwd", "../2017.1/index.html", "javascript:alert(1)", "a/../../b"])(
  "the index refuses a link that leads outside the edition: %s",
  (href) => {
    const groups = [{ title: "Files", links: [{ href, text: "file" }] }];
    expect(() => renderIndex({ ...editionIndex, groups })).toThrow(/outside the edition/);
  },
);

test("an edition opens in each language, every page leading to the two others and to the same files", () => {
  const { messages: _, region: __, ...input } = yearInput([], "en");
  const path = "reports/region-flanders-fr.html";
  const file = { report: "region", region: "flanders", language: "fr", format: "html", path, content: "" } as const;
  const rendered = { charts: new Map(), pictures: new Map(), esf: new Map() };
  const pages = editionIndexes(input, { ...rendered, files: [{ ...file, title: "Rapport r\u00e9gional" }] });
  expect(pages.map(([name]) => name)).toEqual(["index.html", "index-fr.html", "index-nl.html"]);
  for (const [name, page] of pages) {
    expect(page).toContain(`href="${path}"`);
    const others = pages.filter(([other]) => other !== name);
    for (const [other] of others) expect(page).toContain(`<a href="${other}" lang=`);
    expect(page).not.toContain(`href="${name}"`);
  }
  const [, french = "", dutch = ""] = pages.map(([, page]) => page);
  expect(french).toMatch(/<html lang="fr-BE"[\s\S]*<h2>Rapports\u00a0: [\s\S]*Fran\u00e7ais \u00b7 Page web/);
  expect(dutch).toMatch(/<html lang="nl-BE"[\s\S]*<h2>Rapporten: [\s\S]*Frans \u00b7 Webpagina/);
});
