import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { create, type Font } from "fontkit";

/** The two weights of the bundled family that Typst is given, and nothing else. */
export const fontFiles: readonly string[] = [
  "400Regular/Inter_400Regular.ttf",
  "600SemiBold/Inter_600SemiBold.ttf",
].map((file) => createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${file}`));

const [regular, semibold] = fontFiles.map(openFont) as [Font, Font];

/** Stands where the font has no sign for a character. */
const UNKNOWN = "\u25A1";
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Text with only what the bundled font can set: PDF/UA forbids signs without a glyph. A letter, emoji or ideograph that
 * the font lacks becomes one square, an invisible control nothing, a very long word gets places to break.
 */
export function printable(text: string): string {
  if ([...text].every(isPlain) && !/\S{60}/.test(text)) return text;
  const shown = [...graphemes.segment(text.normalize("NFC"))].map(({ segment }) => printableSign(segment)).join("");
  return shown.replace(/\S{60,}/g, (word) => word.replace(/.{30}/gsu, "$&\u200B"));
}

/** A drawing whose words are printable. */
export function printableSvg(svg: string): string {
  return svg.replace(/>[^<]+</g, (words) => (/^>\s*<$/.test(words) ? words : `>${printable(words.slice(1, -1))}<`));
}

function printableSign(sign: string): string {
  if (/^[^\S\uFEFF]+$/.test(sign)) return both(sign) ? sign : " ";
  const visible = [...sign].filter((character) => BREAKS.has(character) || !INVISIBLE.test(character));
  const set = visible.filter(both);
  if (visible[0] === undefined) return "";
  return set[0] === visible[0] ? set.join("") : UNKNOWN;
}

const plain = new Map<string, boolean>();

/** True of a character that the font sets as it stands, whatever stands beside it: of nearly all. */
function isPlain(character: string): boolean {
  const known = plain.get(character);
  if (known !== undefined) return known;
  const alone = /^[\p{L}\p{N}\p{P}\p{S}\p{Zs}]$/u.test(character) && character === character.normalize("NFC");
  const found = alone && !INVISIBLE.test(character) && both(character);
  plain.set(character, found);
  return found;
}

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;
/** Invisible, but told to the line breaker: soft hyphen and zero-width space. */
const BREAKS: ReadonlySet<string> = new Set(["\u00AD", "\u200B"]);

/** True where both weights can set it; the soft hyphen needs no glyph. */
function both(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code === 0xad || (regular.hasGlyphForCodePoint(code) && semibold.hasGlyphForCodePoint(code));
}

/** Width of a line in em of the semibold weight with tabular digits, without kerning: a little more than what is set. */
export const emWidth = (text: string): number => sumOf(text.replace(/\d/g, "0"), semiboldWidth);

/** Width of a line in em of the regular weight with the narrowest digit, without kerning. */
export const leastEmWidth = (text: string): number => sumOf(text.replace(/\d/g, "1"), regularWidth);

function sumOf(text: string, widthOf: (code: number) => number): number {
  let sum = 0;
  for (const character of text) sum += widthOf(character.codePointAt(0) ?? 0);
  return sum;
}

const semiboldWidth = widthsOf(semibold);
const regularWidth = widthsOf(regular);

/** Widths of a font's characters in em, each asked of it once. */
function widthsOf(font: Font): (code: number) => number {
  const widths = new Map<number, number>();
  return (code) => {
    const known = widths.get(code);
    if (known !== undefined) return known;
    const width = font.glyphForCodePoint(code).advanceWidth / font.unitsPerEm;
    widths.set(code, width);
    return width;
  };
}

function openFont(file: string): Font {
  const font = create(readFileSync(file));
  if (!("layout" in font)) throw new Error(`${file} holds more than one font`);
  return font;
}
