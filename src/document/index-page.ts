import type { Document, Language } from "./document.ts";
import { page } from "./html-page.ts";
import { html, type Markup } from "./markup.ts";

/** A line of the edition's first page; its address has no host, since editions are opened from disk too. */
export interface IndexLink {
  /** Relative to the page. */
  readonly href: string;
  readonly text: string;
  /** Format, size or content in a few words. */
  readonly detail?: string;
  /** Language of what it leads to, where it differs from the page's. */
  readonly language?: Language;
  /** The same in other formats. */
  readonly also?: ReadonlyArray<{ readonly href: string; readonly text: string }>;
}

/** Links under one heading, in the order given. */
export interface IndexGroup {
  readonly title: string;
  readonly text?: string;
  readonly links: readonly IndexLink[];
}

/** The page an edition opens with: every file it holds, by what a reader looks for. */
export interface IndexPage
  extends Pick<
    Document,
    "language" | "locale" | "title" | "organisation" | "series" | "kind" | "lead" | "facts" | "notice"
  > {
  /** The same page in the other languages. */
  readonly inOtherLanguages?: readonly IndexLink[];
  readonly groups: readonly IndexGroup[];
  readonly skipToContent: string;
}

/** One self-contained file in the look of the reports. Throws on a link that leads outside the edition. */
export function renderIndex(index: IndexPage): string {
  const { locale, title, organisation, series, kind, lead, facts, notice, groups, skipToContent } = index;
  const frame = { locale, title, series, kind, facts, skipToContent, style, ...(notice && { notice }) };
  return page(
    frame,
    html`<div class="row head"><div class="part"><p class="eyebrow">${organisation}</p>
<h1>${title}</h1>
<p class="lead">${lead}</p>${otherLanguages(index)}</div></div>
${groups.map((group) => groupMarkup(group, index.language))}`,
  );
}

const otherLanguages = ({ inOtherLanguages = [] }: IndexPage): Markup | false =>
  inOtherLanguages.length > 0 &&
  html`<p class="sub">${inOtherLanguages.map(
    ({ href, text, language }, i) =>
      html`${i > 0 && " · "}<a href="${href}" lang="${language}" hreflang="${language}">${text}</a>`,
  )}</p>`;

function groupMarkup({ title, text, links }: IndexGroup, language: Language): Markup {
  return html`<section class="row"><div class="part"><h2>${title}</h2>${text !== undefined && html`<p class="sub">${text}</p>`}
<ul class="links">${links.map((link) => linkMarkup(link, language))}</ul></div></section>
`;
}

function linkMarkup(link: IndexLink, language: Language): Markup {
  for (const { href } of [link, ...(link.also ?? [])])
    if (/^[a-z]+:|^\/|(^|\/)\.\.(\/|$)/i.test(href)) throw new Error(`${href} leads outside the edition`);
  const lang =
    link.language !== undefined &&
    link.language !== language &&
    html` lang="${link.language}" hreflang="${link.language}"`;
  return html`<li><a href="${link.href}"${lang}>${link.text}</a><span>${link.detail ?? ""}${(link.also ?? []).map(
    ({ href, text }) => html` · <a href="${href}" aria-label="${link.text}, ${text}">${text}</a>`,
  )}</span></li>`;
}

const style = `
.links{list-style:none;border-top:1px solid var(--axis)}
.part>*+.links{margin-top:12px}
.links li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 24px;padding:9px 0;border-bottom:1px solid var(--grid);font-size:15px;line-height:24px}
.links li:last-child{border-bottom-color:var(--rule)}
.links span{font-size:13px;line-height:24px;color:var(--ink3)}
@media print{.links li{break-inside:avoid}}
`;
