import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { font } from "../theme.ts";
import type { Document } from "./document.ts";
import { html, type Markup, trusted } from "./markup.ts";
import { baseNarrow, baseStyle } from "./style-base.ts";
import { type PageMargins, printStyle } from "./style-print.ts";

/** What stands around the content of any page. */
interface PageFrame extends Pick<Document, "locale" | "title" | "series" | "kind" | "facts" | "notice"> {
  readonly skipToContent: string;
  /** Styles of the content, after those every page has. */
  readonly style: string;
  /** The page's one script, where it has one. */
  readonly script?: string;
}

/** One self-contained file: fonts inside, one hashed style block and script, nothing else allowed or asked for. */
export function page(frame: PageFrame, content: Markup): string {
  const { script } = frame;
  const style = [fontFaces(), baseStyle, baseNarrow, frame.style, printStyle(marginsOf(frame))].join("\n");
  return html`<!doctype html>
<html lang="${frame.locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hashOf(style)}';${script !== undefined && trusted(` script-src 'sha256-${hashOf(script)}';`)} font-src data:">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${frame.title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#content">${frame.skipToContent}</a>
<div class="doc">
<header>${furniture(frame)}</header>
<main id="content" tabindex="-1">
${content}
</main>
<footer><p class="foot">${frame.facts.map((fact) => html`<span>${fact.label} ${fact.text}</span>`)}</p></footer>
</div>
${
  script !== undefined &&
  html`<script>${trusted(script)}</script>
`
}</body>
</html>
`.markup;
}

function furniture({ series, kind, facts, notice }: PageFrame): Markup {
  return html`
<div class="bar"><span><b>${series}</b></span><span>${kind}</span></div>
${facts.length > 0 && html`<dl class="meta">${facts.map(({ label, text }) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>`}
${notice && html`<div class="notice">${hatch}<p><b>${notice.lead}</b> ${notice.text}</p></div>`}`;
}

const hatch = trusted(
  '<svg width="28" height="14" aria-hidden="true" focusable="false"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hl" x1="0" x2="0" y1="0" y2="6"/></pattern></defs><rect x=".5" y=".5" width="27" height="13" fill="url(#hatch)"/><rect x=".5" y=".5" width="27" height="13" class="z"/></svg>',
);

/** Facts on every printed page; the notice too. */
function marginsOf({ series, kind, facts, notice }: PageFrame): PageMargins {
  const said = notice?.lead.replace(/\s*:$/, "");
  const together = (text: string): string => text.replaceAll(" ", "\u00a0");
  return {
    topLeft: said === undefined ? series : `${series} \u00b7 ${said}`,
    topRight: kind,
    bottomLeft: facts.map(({ label, text }) => together(`${label} ${text}`)).join(" \u00b7 "),
  };
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64");

let faces: string | undefined;

/** The two weights of the family, latin, inlined. */
function fontFaces(): string {
  faces ??= [font.regular, font.semibold].map(fontFace).join("\n");
  return faces;
}

function fontFace(weight: number): string {
  const file = createRequire(import.meta.url).resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff2`);
  const data = readFileSync(file).toString("base64");
  return `@font-face{font-family:${font.family};font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2");font-display:swap}`;
}
