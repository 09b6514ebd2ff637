/** The texts of a page, each by itself: a number never runs into the next cell's. */
export interface PageTexts {
  /** Cells of tables that hold numbers. */
  readonly cells: readonly string[];
  /** All else that is read, alternative texts of pictures included. */
  readonly prose: readonly string[];
  /** Texts drawn in charts: axes and labels. */
  readonly drawn: readonly string[];
}

/** Reads a page of an edition; what people were quoted with, styles, scripts and embedded data are left out. */
export function pageTexts(page: string): PageTexts {
  const shown = page
    .replaceAll(/<(style|script|blockquote)\b[\s\S]*?<\/\1>/g, "")
    .replaceAll(/data:[\w/+.-]+;base64,[A-Za-z0-9+/=]+/g, "");
  const drawings = [...shown.matchAll(/<svg\b[\s\S]*?<\/svg>/g)].map(([svg]) => svg);
  const rest = shown.replaceAll(/<svg\b[\s\S]*?<\/svg>/g, "");
  const cells = [...rest.matchAll(/<td\b[^>]*class="num"[^>]*>([\s\S]*?)<\/td>/g)].map(([, inside = ""]) => inside);
  const labels = [...rest.matchAll(/\b(?:aria-label|alt)="([^"]*)"/g)].map(([, label = ""]) => label);
  const prose = rest.replaceAll(/<td\b[^>]*class="num"[^>]*>[\s\S]*?<\/td>/g, "");
  return {
    cells: cells.flatMap(pieces),
    prose: [...pieces(prose), ...labels.map(plain)],
    drawn: drawings.flatMap(pieces),
  };
}

/** Texts between tags; those of inline tags belong together. */
const pieces = (markup: string): readonly string[] =>
  plain(markup.replaceAll(/<\/?(?:b|i|em|strong|abbr|a)\b[^>]*>/g, "").replaceAll(/<[^>]*>/g, "\u0000"))
    .split("\u0000")
    .filter((text) => /\d/.test(text));

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0", shy: "" };

const plain = (markup: string): string =>
  markup.replaceAll(/&(#x?[0-9a-f]+|\w+);/gi, (_, name: string) => {
    if (!name.startsWith("#")) return ENTITIES[name] ?? " ";
    return String.fromCodePoint(Number.parseInt(name.replace(/^#x?/i, ""), /^#x/i.test(name) ? 16 : 10));
  });
