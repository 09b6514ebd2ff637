import { Resvg } from "@resvg/resvg-js";
import { grid, light, type } from "../theme.ts";
import { fontFiles, wrap } from "./metrics.ts";

/** A chart as it stands by itself, outside the page that would tell what it is. */
export interface Picture {
  /** As `draw` gives it. */
  readonly svg: string;
  /** The finding, what is measured, and where it comes from. */
  readonly title: string;
  readonly subtitle: string;
  readonly source: string;
  /** Said once more in words above all else, e.g. that data are synthetic. */
  readonly notice?: string;
  /** What every output states: region, period, data cut-off and so on. */
  readonly facts: string;
}

/** Margin in px around the column's width. */
const MARGIN = 24;
/** Pixels of the picture for one of the drawing. */
const SCALE = 2;

/**
 * A PNG of the chart with its title, subtitle, source and facts, in the bundled fonts on paper's colour. The same
 * picture gives the same bytes on any machine: no font of the machine is read.
 */
export function png(picture: Picture): Uint8Array {
  const { svg, width, height } = laidOut(picture);
  const drawing = new Resvg(svg, {
    background: light.paper,
    fitTo: { mode: "width", value: width * SCALE },
    font: { loadSystemFonts: false, fontFiles: Object.values(fontFiles), defaultFontFamily: "Inter" },
  });
  const image = drawing.render();
  if (image.height < height) throw new Error(`picture: ${image.height} px high, ${height} expected`);
  return image.asPng();
}

interface Step {
  readonly text: string;
  readonly size: number;
  readonly line: number;
  readonly weight: 400 | 600;
  readonly fill: string;
  /** Room in px above. */
  readonly above: number;
}

/** Title and subtitle, the chart, then source and facts, from top to bottom. */
function laidOut({ svg, title, subtitle, source, notice = "", facts }: Picture) {
  const note = { size: type.note.size, line: type.note.line, weight: 400, fill: light.ink3 } as const;
  const head: readonly Step[] = [
    { text: notice, ...note, weight: 600, fill: light.ink2, above: 0 },
    {
      text: title,
      size: type.figureTitle.size,
      line: type.figureTitle.line,
      weight: 600,
      fill: light.ink,
      above: notice === "" ? 0 : 8,
    },
    { text: subtitle, size: type.table.size, line: 22, weight: 400, fill: light.ink2, above: 4 },
  ];
  const above = stacked(head, MARGIN);
  const top = above.end + 16;
  const size = sizeOf(svg);
  const below = stacked(
    [
      { text: source, ...note, above: 12 },
      { text: facts, ...note, above: 4 },
    ],
    top + size.height,
  );
  const [width, height] = [grid.column + 2 * MARGIN, Math.ceil(below.end + MARGIN)];
  const inner = svg.replace("<svg ", `<svg x="${MARGIN}" y="${top}" `);
  return {
    ...{ width, height },
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${above.markup}${inner}${below.markup}</svg>`,
  };
}

function stacked(steps: readonly Step[], from: number): { readonly markup: string; readonly end: number } {
  let [markup, end] = ["", from];
  for (const { text, size, line, weight, fill, above } of steps) {
    if (text === "") continue;
    end += above;
    for (const words of wrap(text, grid.column, size, weight)) {
      end += line;
      const baseline = end - (line - size) / 2 - size * 0.2;
      markup += `<text x="${MARGIN}" y="${baseline}" font-family="Inter" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(words)}</text>`;
    }
  }
  return { markup, end };
}

const escaped = (text: string): string =>
  text.replaceAll(/[&<>]/g, (sign) => (sign === "&" ? "&amp;" : sign === "<" ? "&lt;" : "&gt;"));

function sizeOf(svg: string): { readonly height: number } {
  const height = Number(/^<svg [^>]*\bheight="([\d.]+)"/.exec(svg)?.[1]);
  if (!(height > 0)) throw new Error("picture: the drawing has no height");
  return { height };
}
