import type { Block, Drawings, Fact, Furniture, KeyFigure, Mark, Table } from "./document.ts";
import { chartMarkup, embedded } from "./html-figure.ts";
import { tableMarkup } from "./html-table.ts";
import { html, type Markup, trusted } from "./markup.ts";
import { pageSource } from "./page-source.ts";
import { sparkline } from "./sparkline.ts";

/** What a block needs beside itself. */
interface BlockContext {
  readonly drawings: Drawings;
  readonly furniture: Furniture;
  /** BCP 47, by which names are sorted. */
  readonly locale: string;
  /** Level of a title inside the section: 3 under a heading of level 2, else 2. */
  readonly level: 2 | 3;
  /** Text of the heading right before the block, which its title need not repeat. */
  readonly heading?: string;
}

type Of<Kind extends Block["kind"]> = Extract<Block, { kind: Kind }>;
type Renderers = { readonly [Kind in Block["kind"]]: (block: Of<Kind>, context: BlockContext) => Markup };

const renderers: Renderers = {
  heading: ({ level, id, text }) =>
    level === 2 ? html`<h2 id="${id}">${text}</h2>` : html`<h3 id="${id}">${text}</h3>`,
  text: ({ text, style }) => html`<p${style !== undefined && html` class="${style}"`}>${text}</p>`,
  keyFigures: ({ figures }) => keyFigures(figures),
  figure,
  table,
  statements: ({ can, cannot }, context) =>
    html`<div class="two">${[can, cannot].map(
      ({ title, items }) =>
        html`<div>${titled(title, context.level)}<ul>${items.map((item) => html`<li>${item}</li>`)}</ul></div>`,
    )}</div>`,
  facts,
  unpublished: ({ title, text, facts: named }, context) =>
    html`${titled(title, context.level)}<p class="small">${text}</p>${factsTable(title, named)}`,
  flow,
  quote: ({ text, attribution }) =>
    html`<figure class="quote"><blockquote><p>${text}</p></blockquote><figcaption>${attribution}</figcaption></figure>`,
};

/** A block as markup, by the renderer of its kind. */
export function blockMarkup(block: Block, context: BlockContext): Markup {
  const render = renderers[block.kind] as (block: Block, context: BlockContext) => Markup;
  return render(block, context);
}

function keyFigures(figures: readonly KeyFigure[]): Markup {
  const columns = figures.length === 3 || figures.length === 2 ? ` of${figures.length}` : "";
  return html`<dl class="four${columns}">${figures.map(
    ({ label, text, detail, mark, trend }) =>
      html`<div><dt>${mark !== undefined && marks[mark]}${label}</dt><dd>${figureText(text)}<small>${detail}</small>${trend !== undefined && trendLine(trend)}</dd></div>`,
  )}</dl>`;
}

/** The line for eyes and its words for readers of another kind. */
function trendLine({ values, alt }: NonNullable<KeyFigure["trend"]>): Markup {
  const svg = sparkline(values);
  if (svg === undefined) return html``;
  return html`<span class="spark">${embedded(svg, "")}<span class="sr">${alt}</span></span>`;
}

/** A figure that is words (not published, no answer) is set as words. */
const figureText = (text: string): Markup =>
  /\d/.test(text) || text.length < 12 ? html`${text}` : html`<span class="words">${text}</span>`;

const marks: Readonly<Record<Mark, Markup>> = {
  participants: trusted(
    '<svg width="14" height="14" aria-hidden="true" focusable="false"><circle class="markA" cx="7" cy="7" r="6"/></svg>',
  ),
  controls: trusted(
    '<svg width="16" height="16" aria-hidden="true" focusable="false"><path class="markB" d="M8 2 14 8 8 14 2 8Z"/></svg>',
  ),
};

function figure(block: Of<"figure">, context: BlockContext): Markup {
  const drawing = context.drawings.get(block.id);
  if (drawing === undefined) throw new Error(`figure ${block.id} was not drawn`);
  return html`<figure id="${block.id}"><figcaption class="cap">${titled(block.title, context.level)}<p class="sub">${block.subtitle}</p></figcaption>
${chartMarkup(block.id, block.alt, drawing)}
<p class="src">${pageSource(block)}</p>${alternative(block.table, context)}</figure>`;
}

/** A figure's numbers as a table, closed until asked for. */
function alternative(table: Table, { furniture, locale }: BlockContext): Markup {
  return html`<details class="switch"><summary data-other="${furniture.showChart}"><span>${furniture.showTable}</span><span class="sr">${furniture.colon ?? ":"} ${table.title}</span></summary>${tableMarkup(table, locale)}</details>`;
}

function table(block: Of<"table">, context: BlockContext): Markup {
  const title = ownTitle(block.table.title, context);
  const subtitle = block.subtitle !== undefined && html`<p class="sub">${block.subtitle}</p>`;
  const source = pageSource(block);
  return html`<div${title.markup === "" && subtitle && html` class="under"`}>${(title.markup !== "" || subtitle) && html`<div class="cap">${title}${subtitle}</div>`}${tableMarkup(block.table, context.locale)}${source !== "" && html`<p class="src">${source}</p>`}</div>`;
}

/** A subject of its own unless it stands under a heading. */
function facts({ id, title, facts }: Of<"facts">, context: BlockContext): Markup {
  const under = context.heading !== undefined;
  const heading = under ? ownTitle(title, context, id) : html`<h2 id="${id}">${title}</h2>`;
  return html`${heading}${factsTable(title, facts)}`;
}

const factsTable = (title: string, facts: readonly Fact[]): Markup =>
  html`<table class="facts fold" role="table" aria-label="${title}"><tbody role="rowgroup">${facts.map(
    ({ label, text }) =>
      html`<tr role="row"><th role="rowheader" scope="row">${label}</th><td role="cell">${text}</td></tr>`,
  )}</tbody></table>`;

function flow(block: Of<"flow">, context: BlockContext): Markup {
  return html`<figure id="${block.id}">${flowTitle(block, context)}<div class="cols arms">${block.arms.map(
    ({ title, steps }) =>
      html`<div><p class="arm">${title}</p><ol class="flow">${steps.map(
        (step) =>
          html`<li><span class="n">${step.count}</span><span class="k">${step.text}</span>${
            step.exits.length > 0 &&
            html`<ul>${step.exits.map((exit) => html`<li><b>${exit.count}</b>${exit.text}</li>`)}</ul>`
          }</li>`,
      )}</ol></div>`,
  )}</div><p class="src">${block.source}</p>${alternative(block.table, context)}</figure>`;
}

/** A flow under a heading of its own needs no second title. */
const flowTitle = (block: Of<"flow">, context: BlockContext): Markup =>
  context.heading === undefined
    ? html`<figcaption class="cap">${titled(block.table.title, context.level)}</figcaption>`
    : html``;

const ownTitle = (title: string, context: BlockContext, id?: string): Markup =>
  context.heading === title ? html`` : titled(title, context.level, id);

function titled(title: string, level: 2 | 3, id?: string): Markup {
  const name = id !== undefined && html` id="${id}"`;
  return level === 2 ? html`<h2 class="t"${name}>${title}</h2>` : html`<h3${name}>${title}</h3>`;
}

/** Blocks that open a row of their own beside the one before. */
export const standsAlone = (block: Block): boolean =>
  block.kind === "figure" || block.kind === "flow" || block.kind === "table" || block.kind === "unpublished";
