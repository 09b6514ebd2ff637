import { expect, test } from "vitest";
import { renderIndex } from "../../src/document/index-page.ts";
import { editionIndex } from "../support/edition-index.ts";

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
