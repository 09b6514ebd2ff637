import { light, type } from "../theme.ts";
import type { Block, Document, Drawings } from "./document.ts";
import { type PdfBlock, pdfBlocks } from "./pdf-blocks.ts";
import { printable, printableSvg } from "./pdf-font.ts";

/** What the Typst templates lay out: a document with every choice made that they cannot make. */
interface PdfContent {
  readonly language: string;
  readonly region: string | null;
  readonly title: string;
  readonly author: string;
  readonly keywords: readonly string[];
  /** Year, month, day. */
  readonly date: readonly number[];
  readonly theme: { readonly colours: typeof light; readonly type: typeof type };
  readonly running: {
    readonly left: string;
    readonly right: string;
    readonly foot: string;
    /** `Page {page} of {pages}`. */
    readonly page: string;
  };
  readonly cover: Pick<Document, "series" | "kind" | "eyebrow" | "headline" | "lead" | "facts" | "margin"> & {
    readonly notice: Document["notice"] | null;
    readonly blocks: readonly PdfBlock[];
    /** Heading of the contents; null where there is nothing to list. */
    readonly contents: string | null;
  };
  readonly blocks: readonly PdfBlock[];
}

/**
 * Typst's input for a document and its drawings.
 * @throws where a figure has no drawing or no alternative text, which PDF/UA demands
 */
export function pdfContent(document: Document, drawings: Drawings): PdfContent {
  const opening = document.blocks.findIndex((block) => !COVER.has(block.kind));
  const split = opening < 0 ? document.blocks.length : opening;
  const blocks = pdfBlocks(document.blocks.slice(split), document.furniture, drawings);
  const entries = blocks.filter((block) => block.listed).length;
  const [language = document.language, region = null] = document.locale.split("-");
  return cleaned({
    language,
    region,
    title: document.title,
    author: document.organisation,
    keywords: document.keywords,
    date: document.date.split("-").map(Number),
    theme: { colours: light, type },
    running: runningOf(document),
    cover: {
      ...coverOf(document),
      blocks: pdfBlocks(document.blocks.slice(0, split), document.furniture, drawings),
      contents: entries > 1 ? document.furniture.contents : null,
    },
    blocks,
  });
}

/** What may stand on the first page, under the headline. */
const COVER: ReadonlySet<Block["kind"]> = new Set(["keyFigures", "text", "quote"]);

function coverOf({ series, kind, eyebrow, headline, lead, facts, margin = [], notice }: Document) {
  return { series, kind, eyebrow, headline, lead, facts, margin, notice: notice ?? null };
}

/** Region, period, edition and notice above each page; the other facts and the page number below. */
function runningOf({ facts, kind, notice, furniture }: Document): PdfContent["running"] {
  const [region, period, ...others] = facts;
  return {
    left: oneLine(
      [region?.text, period?.text, kind].filter((text) => text !== undefined && text !== "").join(" · "),
      90,
    ),
    right: oneLine(notice?.lead.replace(/[\s:]+$/, "") ?? "", 40),
    foot: oneLine(others.map(({ label, text }) => `${label} ${text}`).join(" · "), 110),
    page: furniture.page,
  };
}

/** What repeats on every page takes one line there. */
const oneLine = (text: string, limit: number): string => (text.length <= limit ? text : `${text.slice(0, limit - 1)}…`);

/** Every text as the font can set it. */
function cleaned<T>(value: T): T;
function cleaned(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith("<svg") ? printableSvg(value) : printable(value);
  if (Array.isArray(value)) return value.map((item) => cleaned(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleaned(item)]));
}
