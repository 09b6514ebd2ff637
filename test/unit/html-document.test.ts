import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { drawingsOf } from "../../reports/drawings.ts";
import type { Document, Drawings } from "../../src/document/document.ts";
import { renderHtml } from "../../src/document/html.ts";
import { html } from "../../src/document/markup.ts";
import { investorDocument } from "../support/investor-document.ts";

let drawings: Drawings;
let page: string;

beforeAll(async () => {
  drawings = await drawingsOf(investorDocument);
  page = renderHtml(investorDocument, drawings);
});

const withBlocks = (blocks: Document["blocks"]): string => renderHtml({ ...investorDocument, blocks }, drawings);
const bodyOf = (text: string): string => text.slice(text.indexOf("<body>"));

describe("markup", () => {
  test("escapes what would end an element, an attribute or begin a character reference", () => {
    expect(html`<p title="${`"'`}">${"<b>&amp;"}</p>`.markup).toBe('<p title="&quot;&#39;">&lt;b&gt;&amp;amp;</p>');
  });

  test("keeps nested templates and lists as they are and leaves out what is absent", () => {
    expect(html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}${undefined}${null}${false}${0}</ul>`.markup).toBe(
      "<ul><li>1</li><li>2</li>0</ul>",
    );
  });
});

describe("renderHtml", () => {
  test("R3: allows by its policy nothing but its one style block, its one script and inlined fonts", () => {
    const hashOf = (tag: string): string => {
      const content = page.match(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`))?.[1] ?? "";
      return createHash("sha256").update(content).digest("base64");
    };
    expect(page.match(/Content-Security-Policy" content="([^"]+)"/)?.[1]).toBe(
      `default-src 'none'; style-src 'sha256-${hashOf("style")}'; script-src 'sha256-${hashOf("script")}'; font-src data:`,
    );
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  test("has no style attribute, script with an address, handler, or address of anything outside", () => {
    expect(page).not.toMatch(/<[^>]* style=|<script |<link|<img|<iframe|@import| on[a-z]+="/);
    expect(page).not.toMatch(/https?:/);
    const urls = [...page.matchAll(/url\(([^)]{0,20})/g)].map((match) => match[1] ?? "");
    expect(urls.filter((url) => !/^(data:font\/woff2|#)/.test(url))).toEqual([]);
  });

  test("gives the same bytes twice", () => {
    expect(renderHtml(investorDocument, drawings)).toBe(page);
  });

  test("says its language, title, facts and notice, on screen and in the margins of every printed page", () => {
    expect(page).toContain('<html lang="en-GB">');
    expect(page).toContain(`<title>${investorDocument.title}</title>`);
    const body = bodyOf(page);
    const print = page.match(/@bottom-left\{content:"([^"]*)"/)?.[1]?.replaceAll("\u00a0", " ");
    for (const { label, text } of investorDocument.facts) {
      expect(body).toContain(`<dt>${label}</dt><dd>${text}</dd>`);
      expect(print).toContain(`${label} ${text}`);
    }
    expect(body).toContain("<b>Synthetic data:</b> people and results are invented.");
    expect(page).toMatch(/@top-left\{content:"Impact evaluation · Synthetic data"/);
  });

  test("writes no notice where there is none", () => {
    const { notice: _, ...rest } = investorDocument;
    const plain = renderHtml(rest, drawings);
    expect(plain).not.toContain("<b>Synthetic data:</b>");
    expect(plain).toContain('@top-left{content:"Impact evaluation"');
  });

  test("shows any text as text, in the page, its title and its print margins", () => {
    const hostile = '</style><script>alert("x")</script>\n\\';
    const text = renderHtml(
      {
        ...investorDocument,
        title: hostile,
        headline: hostile,
        series: hostile,
        facts: [{ label: hostile, text: hostile }],
      },
      drawings,
    );
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text.match(/<\/style>/g)).toHaveLength(1);
    expect(text).toContain("&lt;/style&gt;&lt;script&gt;alert(&quot;x&quot;)");
  });

  test("orders headings without leaving a level out", () => {
    const levels = [...bodyOf(page).matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [i, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1);
  });

  test("uses each id once", () => {
    const ids = [...bodyOf(page).matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("gives every figure both drawings, its alternative text, its source and its table", () => {
    const figures = investorDocument.blocks.flatMap((block) => (block.kind === "figure" ? [block] : []));
    const body = bodyOf(page);
    for (const figure of figures) {
      const own = body.slice(body.indexOf(`<figure id="${figure.id}">`)).split("</figure>")[0] ?? "";
      expect(own).toContain(`role="img" aria-label="${figure.alt}"`);
      expect(own.match(/<svg aria-hidden="true"/g)).toHaveLength(2);
      expect(own).toContain("<span>Show the figures as a table</span>");
      expect(own).toContain("Source: synthetic sample data.");
      expect(own.match(/<tr role="row"/g)?.length).toBeGreaterThan(figure.table.rows.length);
    }
  });

  test("draws charts in the page's own colours, so that they follow its dark set", () => {
    expect(bodyOf(page)).toContain('fill="var(--a)"');
    expect(bodyOf(page)).not.toMatch(/(?:fill|stroke)="#/);
  });

  test("refuses a figure that was not drawn", () => {
    expect(() => renderHtml(investorDocument, new Map())).toThrow(/figure cohorts was not drawn/);
  });

  test("marks header cells with their scope, and leaves out what is for workbooks only", () => {
    const body = bodyOf(page);
    const headers = [...body.matchAll(/<th [^>]*>/g)].map(([header]) => header);
    expect(headers.filter((header) => !header.includes("scope="))).toEqual([]);
    expect(body).not.toContain("Figure as a number");
    expect(body).not.toContain(">0.976<");
  });

  test("opens a group of rows with its name and says in words why a row is not published", () => {
    expect(page).toContain('<th role="rowheader" scope="rowgroup" colspan="4">Qualification</th>');
    expect(page).toContain(
      '<td role="cell" class="words" colspan="3">Too few people for a result to be published.</td>',
    );
  });

  test("doesn't repeat a heading as the title of the table under it", () => {
    expect(bodyOf(page).match(/>Match quality: passed on all five checks</g)).toHaveLength(1);
    const table = investorDocument.blocks.find((block) => block.kind === "table");
    if (table === undefined) throw new Error("no table");
    expect(bodyOf(withBlocks([table]))).toContain('<h2 class="t">Match quality: passed on all five checks</h2>');
  });

  test("draws a key figure's trend in the page's colours and says its numbers in words", () => {
    const figure = { label: "Duos", text: "412", detail: "2023: 388" };
    const trend = { values: [301, null, 388, 412], alt: "from 301 in 2021 to <412> in 2024" };
    const body = bodyOf(withBlocks([{ kind: "keyFigures", figures: [{ ...figure, trend }] }]));
    expect(body).toMatch(/<svg aria-hidden="true" focusable="false" width="92" height="28"[^>]*>/);
    expect(body).toContain('<circle cx="87" cy="6" r="3.5" fill="var(--a)"/>');
    expect(body).toContain('<span class="sr">from 301 in 2021 to &lt;412&gt; in 2024</span>');
  });

  test("gives a quotation its attribution, and nothing in it is markup", () => {
    const body = bodyOf(
      withBlocks([
        { kind: "quote", text: "<i>It helped</i>", attribution: "Mentee, Brussels (made up for the sample)" },
      ]),
    );
    expect(body).toContain("<blockquote><p>&lt;i&gt;It helped&lt;/i&gt;</p></blockquote>");
    expect(body).toContain("<figcaption>Mentee, Brussels (made up for the sample)</figcaption>");
  });

  test("renders a document without a block", () => {
    expect(bodyOf(withBlocks([]))).toContain("<h1>Between 3.6 and 14.8");
  });
});
