import type { Document } from "./document.ts";
import { writeBook } from "./xlsx-adapter.ts";
import { bookOf } from "./xlsx-content.ts";

/**
 * A document's tables as a workbook: cover, contents, notes, then one marked-up table a sheet, after the UK Analysis
 * Function's guidance on spreadsheets. Numbers are numbers; the same document gives the same bytes anywhere.
 * @throws where a cell of a number column holds neither a number nor an explained marker
 */
export async function renderXlsx(document: Document): Promise<Uint8Array> {
  return writeBook(bookOf(document));
}
