/** Longest text a cell holds, and the longest header of a marked-up table, in UTF-16 units. */
const CELL_LIMIT = 32_767;
const HEADER_LIMIT = 255;

/**
 * Text as a workbook may hold it: what XML cannot carry is written `_x0007_` (ST_Xstring, ECMA-376 part 1, 22.9.2.19),
 * so that a reader gets the same text back; text that looks like such an escape is escaped itself. Half a surrogate pair
 * is no text and becomes U+FFFD; what is too long for a cell ends in an ellipsis.
 */
export function cellText(text: string): string {
  const whole = text.replace(/\p{Cs}|[\uFFFE\uFFFF]/gu, "\uFFFD");
  return cut(whole, CELL_LIMIT)
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .replace(UNWRITABLE, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNWRITABLE = /[\u0000-\u0008\u000B-\u001F\u007F]/g;

/** Headers of a marked-up table: one line each, never empty, unique without regard to case. */
export function headerTexts(headers: readonly string[], ids: readonly string[]): readonly string[] {
  const lines = headers.map((header, index) => oneLine(header) || oneLine(ids[index] ?? "") || `column ${index + 1}`);
  const short = lines.map((line) => cut(line, HEADER_LIMIT - 4));
  return unique(short, HEADER_LIMIT, (number) => ` ${number}`).map(cellText);
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Z}]+/gu, " ").trim();
}

/**
 * Names of tabs: 1 to 31 of `[A-Za-z0-9_]`, no digit first, unique without regard to case.
 * @param ids what the tabs are called in the document, e.g. `Table des matières` -> `Table_des_matieres`
 */
export function tabNames(ids: readonly string[]): readonly string[] {
  return unique(ids.map(identifier), 31, (number) => `_${number}`);
}

/** Names of marked-up tables: as tab names, and never like a cell's address (`T1`, `R1C1`), which Excel refuses. */
export function tableNames(ids: readonly string[]): readonly string[] {
  const names = ids
    .map(identifier)
    .map((name) => (/^([a-z]{1,3}\d+|r\d*c?\d*|c\d*)$/i.test(name) ? `table_${name}` : name));
  return unique(names, 200, (number) => `_${number}`);
}

function identifier(text: string): string {
  const plain = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    // a Dutch plural is one word: `Regio's`
    .replace(/['’]s\b/g, "s")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  if (plain === "") return "table";
  return /^\d/.test(plain) ? `t_${plain}` : plain;
}

function unique(texts: readonly string[], limit: number, suffix: (number: number) => string): readonly string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    let candidate = text.slice(0, limit);
    for (let number = 2; taken.has(candidate.toLowerCase()); number++)
      candidate = text.slice(0, limit - suffix(number).length) + suffix(number);
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
