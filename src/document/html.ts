import type { Block, Document, Drawings, MarginNote } from "./document.ts";
import { blockMarkup, standsAlone } from "./html-blocks.ts";
import { page } from "./html-page.ts";
import { html, type Markup } from "./markup.ts";
import { pageScript } from "./page-script.ts";
import { blockNarrow, blockStyle } from "./style-blocks.ts";

/** Blocks that share a row of the page, and so its margin. */
interface Part {
  readonly blocks: readonly Block[];
  readonly level: 2 | 3;
  /** Stands closer to the part above. */
  readonly close: boolean;
}

/**
 * The document as one HTML file that needs nothing else: fonts inlined, one hashed style block, one small
 * hashed script without which it is complete, no request. `drawings` holds the SVG of every figure by its id.
 */
export function renderHtml(document: Document, drawings: Drawings): string {
  const { locale, title, series, kind, facts, notice, furniture } = document;
  const [head, parts] = partsOf(document.blocks);
  const frame = {
    ...{ locale, title, series, kind, facts, skipToContent: furniture.skipToContent },
    ...(notice && { notice }),
    style: blockStyle + blockNarrow,
    script: pageScript,
  };
  return page(
    frame,
    html`${headMarkup(document, head, drawings)}${parts.map((part) => partMarkup(part, document, drawings))}`,
  );
}

function headMarkup(document: Document, blocks: readonly Block[], drawings: Drawings): Markup {
  const { furniture, locale } = document;
  const context = { drawings, furniture, locale, level: 2 as const };
  return html`<div class="row head"><div class="part"><p class="eyebrow">${document.eyebrow}</p>
<h1>${document.headline}</h1>
<p class="lead">${document.lead}</p>
${blocks.map((block) => blockMarkup(block, context))}</div>${marginMarkup(document.margin ?? [], document)}</div>
`;
}

function partMarkup(part: Part, document: Document, drawings: Drawings): Markup {
  const { furniture, locale } = document;
  const content = part.blocks.map((block, i) => {
    const before = part.blocks[i - 1];
    const heading = before?.kind === "heading" ? { heading: before.text } : {};
    return blockMarkup(block, { drawings, furniture, locale, level: part.level, ...heading });
  });
  const notes = part.blocks.flatMap((block) => ("margin" in block ? (block.margin ?? []) : []));
  return html`<div class="row${part.close && " close"}"><div class="part">${content}</div>${marginMarkup(notes, document)}</div>
`;
}

function marginMarkup(notes: readonly MarginNote[], { furniture }: Document): Markup {
  if (notes.length === 0) return html``;
  return html`<div class="note" role="note" aria-label="${furniture.note}">${notes.map(
    ({ lead, text }) => html`<p>${lead !== "" && html`<b>${lead}</b> `}${text}</p>`,
  )}</div>`;
}

/** The blocks under the headline, and the rows that follow: a heading or a block that stands alone opens one. */
function partsOf(blocks: readonly Block[]): readonly [readonly Block[], readonly Part[]] {
  const first = blocks.findIndex((block) => block.kind === "heading" || standsAlone(block));
  const rest = first < 0 ? [] : blocks.slice(first);
  const parts: Part[] = [];
  let level: 2 | 3 = 2;
  for (const block of rest) {
    if (block.kind === "heading" && block.level === 2) level = 3;
    const last = parts.at(-1);
    if (last !== undefined && joins(block, last))
      parts[parts.length - 1] = { ...last, blocks: [...last.blocks, block] };
    else parts.push({ blocks: [block], level, close: isClose(block, last) });
  }
  return [first < 0 ? blocks : blocks.slice(0, first), parts];
}

/** Text and lists stay with what they follow; tables, flows and facts with their heading; a figure has a row of its own. */
function joins(block: Block, { blocks }: Part): boolean {
  if (block.kind === "heading" || block.kind === "figure") return false;
  if (block.kind === "facts") return blocks.at(-1)?.kind === "heading";
  return !standsAlone(block) || !blocks.some(standsAlone);
}

/** What comes right under its heading stands closer than a new subject. */
function isClose(block: Block, before: Part | undefined): boolean {
  if (block.kind === "heading") return block.level === 3;
  return before?.blocks[0]?.kind === "heading" && !before.blocks.some(standsAlone);
}
