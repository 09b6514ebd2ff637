import { type Drawn, draw } from "../src/chart/svg.ts";
import type { Document, Drawing, Drawings, Graphic } from "../src/document/document.ts";

/** The drawings of a document's figures, for a page and for a telephone. */
export async function drawingsOf(document: Pick<Document, "blocks">): Promise<Drawings> {
  const drawings = new Map<string, Drawing>();
  for (const block of document.blocks)
    if (block.kind === "figure") drawings.set(block.id, await drawingOf(block.graphic));
  return drawings;
}

async function drawingOf(graphic: Graphic): Promise<Drawing> {
  const [wide, narrow] = [await drawOnce(graphic.wide), await drawOnce(graphic.narrow)];
  return { wide: wide.svg, narrow: narrow.svg, hints: { wide: wide.tips, narrow: narrow.tips } };
}

const drawn = new Map<string, Promise<Drawn>>();
/** Drawings kept at a time: more than one edition asks for. */
const MOST = 500;

/** A specification is drawn once: where two languages or regions have the same, they have one drawing. */
function drawOnce(specification: object): Promise<Drawn> {
  const key = JSON.stringify(specification);
  const known = drawn.get(key) ?? draw({ ...specification });
  drawn.delete(key);
  drawn.set(key, known);
  const [oldest] = drawn.keys();
  if (drawn.size > MOST && oldest !== undefined) drawn.delete(oldest);
  return known;
}
