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

/** Width of a line of text in px, from Inter's own metrics with tabular numerals. */
export function textWidth(text: string, size: number, weight: 400 | 600 = 400): number {
  const key = `${weight} ${text}`;
  const known = widths.get(key);
  const em = known ?? emWidth(text, weight);
  if (known === undefined) widths.set(key, em);
  return em * size;
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

function emWidth(text: string, weight: 400 | 600): number {
  const font = fonts[weight];
  return font.layout(text, { tnum: true }).advanceWidth / font.unitsPerEm;
}

function locate(file: string): string {
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${file}`);
}

function open(file: string): Font {
  const font = create(readFileSync(file));
  if (!("layout" in font)) throw new Error(`${file} holds more than one font`);
  return font;
}
