import { createReadStream } from "node:fs";
import iconv from "iconv-lite";
import type { FileScan } from "./scan.ts";

/** Encodings that files come in, as a mapping names them; DuckDB is handed UTF-8 whichever it was. */
export type Encoding = "utf-8" | "windows-1252" | "latin-1" | "utf-16le" | "utf-16be";

/** How a file's bytes become text; `guessed` when nothing in the file proves it; `problem` when it can't be. */
interface DecidedEncoding {
  readonly encoding: Encoding;
  readonly guessed: boolean;
  readonly problem?: string;
}

/**
 * Holds what was declared against what the bytes allow; decides by BOM, valid UTF-8, NUL pattern, in this order, for
 * `auto`. The mark of UTF-8 before valid UTF-8 is proof, whatever was declared: a spreadsheet saved a file again.
 */
export function decideEncoding(scan: FileScan, declared: Encoding | "auto"): DecidedEncoding {
  if (scan.bom === "utf-32")
    return { encoding: "utf-8", guessed: false, problem: "is UTF-32, which is not read; export it as UTF-8" };
  if (declared === "auto") return detected({ ...scan, bom: scan.bom });
  if (scan.bom === "utf-8" && scan.isUtf8) return { encoding: "utf-8", guessed: false };
  if (scan.bom !== undefined && scan.bom !== declared)
    return {
      encoding: declared,
      guessed: false,
      problem: `begins with the mark of ${scan.bom}, but its mapping says ${declared}; set \`encoding: auto\``,
    };
  if (declared === "utf-8" && !scan.isUtf8)
    return {
      encoding: declared,
      guessed: false,
      problem: "is not UTF-8, as its mapping says; set `encoding: windows-1252` or `auto`",
    };
  if (declared.startsWith("utf-16") ? scan.bytes % 2 === 1 || !scan.hasNul : scan.hasNul)
    return {
      encoding: declared,
      guessed: false,
      problem: `can't be ${declared}, as its mapping says; set \`encoding: auto\``,
    };
  if (!declared.startsWith("utf") && scan.isUtf8 && !scan.isAscii)
    return {
      encoding: declared,
      guessed: false,
      problem: `is UTF-8, but its mapping says ${declared}: accents would turn into pairs of signs; set \`encoding: auto\``,
    };
  return { encoding: declared, guessed: false };
}

function detected(scan: FileScan & { readonly bom: Exclude<FileScan["bom"], "utf-32"> }): DecidedEncoding {
  if (scan.bom !== undefined) {
    const whole = scan.bom === "utf-8" ? scan.isUtf8 : scan.bytes % 2 === 0;
    if (whole) return { encoding: scan.bom, guessed: false };
    return {
      encoding: scan.bom,
      guessed: false,
      problem: `begins with the mark of ${scan.bom}, but its bytes are not; export it again`,
    };
  }
  if (scan.hasNul) {
    if (isHighByte(scan.nulsOdd, scan.nulsEven, scan)) return { encoding: "utf-16le", guessed: true };
    if (isHighByte(scan.nulsEven, scan.nulsOdd, scan)) return { encoding: "utf-16be", guessed: true };
    return {
      encoding: "utf-8",
      guessed: true,
      problem: "holds NUL bytes: it is not a text file, or it is damaged; export it again",
    };
  }
  return scan.isUtf8 ? { encoding: "utf-8", guessed: false } : { encoding: "windows-1252", guessed: true };
}

/** Whether so many NULs stand at one side of each pair of bytes, and hardly any at the other, that they are high bytes of UTF-16; letters beyond Latin have fewer. */
function isHighByte(own: number, other: number, { bytes, isUtf8 }: FileScan): boolean {
  const sampled = Math.min(bytes, 1 << 16) / 2;
  const isMany = own > sampled * 0.3 && other < sampled * 0.05;
  const isSole = own > sampled * 0.05 && other === 0 && !isUtf8;
  return bytes % 2 === 0 && (isMany || isSole);
}

/** What bytes that windows-1252 leaves undefined are decoded to. */
export const UNDECODED = "\ufffd";

/** A file's text in pieces, without its byte order mark. */
export function decodedText(path: string, encoding: Encoding): AsyncIterable<string> {
  return createReadStream(path, { highWaterMark: 1 << 18 }).pipe(
    iconv.decodeStream(encoding === "latin-1" ? "iso-8859-1" : encoding, { stripBOM: true }),
  ) as unknown as AsyncIterable<string>;
}
