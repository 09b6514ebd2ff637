import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { create, type Font } from "fontkit";

/** Font files (TrueType) of the bundled family by weight; also what PNG drawing loads. */
export const fontFiles: Readonly<Record<400 | 600, string>> = {
  400: locate("400Regular/Inter_400Regular.ttf"),
  600: locate("600SemiBold/Inter_600SemiBold.ttf"),
};

const fonts = { 400: open(fontFiles[400]), 600: open(fontFiles[600]) };
const widths = new Map<string, number>();

/**
 * Width of a line of text in px, from Inter's own metrics with tabular numerals. Words are measured once and added up with
 * the spaces between them: what the font would kern across a space before rare signs is left out.
 */
export function textWidth(text: string, size: number, weight: 400 | 600 = 400): number {
  const words = text.split(" ");
  const spaces = (words.length - 1) * unitsOf(" ", weight);
  const units = words.reduce((sum, word) => sum + unitsOf(word, weight), spaces);
  return (units / fonts[weight].unitsPerEm) * size;
}

/** Words broken into lines no wider than `width` px; a single longer word stays whole. */
export function wrap(text: string, width: number, size: number, weight: 400 | 600 = 400): readonly string[] {
  return text.split("\n").flatMap((paragraph) => wrapLine(paragraph, width, size, weight));
}

function wrapLine(text: string, width: number, size: number, weight: 400 | 600): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, size, weight) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** In units of the font, which are whole numbers. */
function unitsOf(word: string, weight: 400 | 600): number {
  const key = `${weight} ${word}`;
  const known = widths.get(key) ?? fonts[weight].layout(word, { tnum: true }).advanceWidth;
  widths.set(key, known);
  return known;
}

function locate(file: string): string {
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${file}`);
}

function open(file: string): Font {
  const font = create(readFileSync(file));
  if (!("layout" in font)) throw new Error(`${file} holds more than one font`);
  return font;
}
