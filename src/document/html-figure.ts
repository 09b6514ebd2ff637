import { type ColourName, light } from "../theme.ts";
import type { Drawing, Hint } from "./document.ts";
import { html, type Markup, trusted } from "./markup.ts";

/** Both drawings of a chart as one image with its alternative text; the style shows the one that fits. */
export function chartMarkup(id: string, alt: string, drawing: Drawing): Markup {
  return html`<div class="chart" role="img" aria-label="${alt}"><div class="wide">${hinted(drawing.wide, `${id}-w`, drawing.hints?.wide)}</div><div class="narrow">${hinted(drawing.narrow, `${id}-n`, drawing.hints?.narrow)}</div></div>`;
}

/** The drawing under boxes that can be pointed at; a browser shows their titles by itself, the page's script better. */
function hinted(svg: string, prefix: string, hints: readonly Hint[] = []): Markup {
  const { markup } = embedded(svg, prefix);
  if (hints.length === 0) return trusted(markup);
  const boxes = hints.map(
    ({ x, y, width, height, text }) =>
      html`<rect x="${x}" y="${y}" width="${width}" height="${height}"><title>${text}</title></rect>`,
  );
  return trusted(markup.replace(/<\/svg>$/, html`<g class="hints">${boxes}</g></svg>`.markup.replaceAll("$", "$$$$")));
}

const names = new Map((Object.keys(light) as ColourName[]).map((name) => [light[name].toUpperCase(), name]));

/** A drawing in the page's own colours and font, with ids of its own. */
export function embedded(svg: string, prefix: string): Markup {
  const own = svg
    .replace(/^<svg /, '<svg aria-hidden="true" focusable="false" ')
    .replace(/ xmlns="[^"]*"/, "")
    .replace(/ (fill|stroke)="(#[0-9a-fA-F]{6})"/g, (whole, attribute, colour) => {
      const name = names.get(colour.toUpperCase());
      return name === undefined ? whole : ` ${attribute}="var(--${name})"`;
    })
    .replace(/ font-family="[^"]*"/g, "")
    .replace(/ id="([^"]+)"/g, ` id="${prefix}-$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${prefix}-$1)`);
  return trusted(own);
}
