import { unzipSync } from "fflate";

/** A number in a workbook's cell. */
export interface SheetNumber {
  /** `sheet3 B12`. */
  readonly place: string;
  readonly value: number;
}

/** Every number of every sheet, at full precision. */
export function sheetNumbers(workbook: Uint8Array): readonly SheetNumber[] {
  const parts = unzipSync(workbook, { filter: ({ name }) => /^xl\/worksheets\/[^/]*\.xml$/.test(name) });
  return Object.entries(parts).flatMap(([name, bytes]) => {
    const sheet = name.replace(/^.*\/|\.xml$/g, "");
    const cells = new TextDecoder().decode(bytes).matchAll(/<c r="([A-Z]+\d+)"(?![^>]*t="s")[^>]*>\s*<v>([^<]*)<\/v>/g);
    return [...cells].map(([, cell, value]) => ({ place: `${sheet} ${cell}`, value: Number(value) }));
  });
}
