import { strToU8, zipSync } from "fflate";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { withProject } from "./ingest-project.ts";

/** What `read` makes of bytes under this name. */
export const read = (name: string, bytes: Uint8Array) =>
  withProject({ [name]: bytes }, (folder) => readTable(`${folder}/${name}`));

/** A workbook of one sheet, by hand: parts may be anything. */
export const workbook = (sheet: string, more: Readonly<Record<string, string>> = {}): Uint8Array =>
  zipSync({
    "xl/workbook.xml": strToU8(
      '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    "xl/worksheets/sheet1.xml": strToU8(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
    ...Object.fromEntries(Object.entries(more).map(([name, text]) => [name, strToU8(text)])),
  });
