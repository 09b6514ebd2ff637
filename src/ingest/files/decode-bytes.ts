import { isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import { UserError } from "../../user-error.ts";
import { decideEncoding, type Encoding } from "./encoding.ts";
import { addAll, excerpt, type ReadWarning, warning } from "./read-warning.ts";
import type { FileScan } from "./scan.ts";

interface DecodedText {
  readonly text: string;
  readonly encoding: string;
  readonly bom: boolean;
  readonly warnings: readonly ReadWarning[];
}

const OWN: readonly string[] = ["utf-8", "windows-1252", "latin-1", "utf-16le", "utf-16be"];
const LF = 10;
/** Marks of the encoding, one of UTF-8 also where it was read as windows-1252 and written so. */
const MARKS = /^(?:\ufeff|ï»¿)+/;
/** What accents and typographic signs of UTF-8 become where they are read as latin-1 or windows-1252. */
const ENCODED_TWICE = /[ÂÃÄÅ][\u0080-\u00bf]|\u00e2(?:\u20ac|\u0080)/;

/**
 * A file's bytes as text. Without a declared encoding: by BOM, UTF-8, the NULs of UTF-16, else windows-1252, which
 * nothing proves and a warning says; lines that aren't UTF-8 in a file whose others are, are taken for windows-1252.
 */
export function decodeBytes(name: string, bytes: Buffer, scan: FileScan, declared: string): DecodedText {
  if (hasLoneByte(bytes, scan)) {
    const pairs = { ...scan, bytes: scan.bytes - 1 };
    const { warnings, ...decoded } = decodeBytes(name, bytes.subarray(0, pairs.bytes), pairs, declared);
    const message = `the last byte belongs to no sign of ${scan.bom}; it was left out`;
    return { ...decoded, warnings: [...warnings, warning("undecodable", null, message)] };
  }
  if (declared !== "auto" && !OWN.includes(declared)) return decodeForeign(name, bytes, declared);
  const { encoding, guessed, problem } = decideEncoding(scan, declared as Encoding | "auto");
  const bom = scan.bom !== undefined;
  if (problem !== undefined && !(declared === "auto" && encoding === "utf-8" && scan.bom === undefined))
    throw new UserError(`${name} ${problem.replaceAll("its mapping says", "you say")}`);
  if (scan.bom === undefined && encoding === "windows-1252" && declared === "auto") return decodeByLine(bytes);
  const decoded = iconv.decode(bytes, encoding === "latin-1" ? "iso-8859-1" : encoding, { stripBOM: true });
  const text = decoded.replace(MARKS, "");
  const warnings: ReadWarning[] = [];
  if (text.length < decoded.length)
    warnings.push(
      warning("second_mark", 1, "the mark of the encoding stands twice at the beginning, or as text; it was dropped"),
    );
  if (guessed && problem === undefined)
    warnings.push(warning("encoding_guessed", null, `${encoding} was taken for the encoding: the file doesn't say`));
  if (scan.hasNul && encoding === "utf-8")
    warnings.push(warning("nul", lineOf(text, text.indexOf("\0")), "the text holds NUL signs; they were kept"));
  addAll(warnings, encodedTwice(text));
  const lost = text.indexOf("\ufffd");
  if (lost >= 0)
    warnings.push(
      warning(
        "undecodable",
        lineOf(text, lost),
        `line ${lineOf(text, lost)} holds bytes that ${encoding} has no sign for`,
      ),
    );
  return { text, encoding, bom, warnings };
}

/** Lines with signs of UTF-8 that became two each. */
function encodedTwice(text: string): readonly ReadWarning[] {
  if (!ENCODED_TWICE.test(text)) return [];
  return text.split(/\r\n|\n|\r/).flatMap((line, i) => {
    const at = line.search(ENCODED_TWICE);
    const signs = `'${excerpt(line.slice(at, at + 2))}', two signs that one of UTF-8 becomes where it is read as another encoding`;
    return at < 0 ? [] : [warning("encoded_twice", i + 1, `line ${i + 1} holds ${signs}; they were kept`)];
  });
}

/** Whether one byte stands behind the last line of UTF-16, as a program that knows no such text leaves its line end. */
const hasLoneByte = (bytes: Buffer, { bom }: FileScan): boolean =>
  (bom === "utf-16le" || bom === "utf-16be") &&
  bytes.length % 2 === 1 &&
  iconv.decode(bytes.subarray(0, -1), bom).endsWith("\n");

function decodeForeign(name: string, bytes: Buffer, declared: string): DecodedText {
  if (!iconv.encodingExists(declared))
    throw new UserError(`${name}: '${declared}' is not an encoding; say e.g. utf-8, windows-1252, utf-16le`);
  const text = iconv.decode(bytes, declared, { stripBOM: true });
  const lost = text.indexOf("\ufffd");
  if (lost >= 0)
    throw new UserError(
      `${name} line ${lineOf(text, lost)} can't be ${declared}, as you say; leave \`--encoding\` out to have it detected`,
    );
  return { text, encoding: declared, bom: false, warnings: [] };
}

function decodeByLine(bytes: Buffer): DecodedText {
  const pieces: string[] = [];
  const single: number[] = [];
  let first: string | undefined;
  let unicode = 0;
  let line = 0;
  for (let from = 0; from < bytes.length; ) {
    const feed = bytes.indexOf(LF, from);
    const to = feed < 0 ? bytes.length : feed + 1;
    const piece = bytes.subarray(from, to);
    line++;
    if (isUtf8(piece)) {
      const text = piece.toString("utf8");
      if (text.length !== piece.length) unicode++;
      pieces.push(text);
    } else {
      const text = windows1252(piece);
      single.push(line);
      pieces.push(text);
      first ??= text;
    }
    from = to;
  }
  const warnings = [
    warning(
      "encoding_guessed",
      single[0] ?? null,
      `windows-1252 was taken for the encoding${single[0] === undefined ? "" : ` from line ${single[0]} on`}${example(first)}: the file isn't UTF-8 and doesn't say`,
    ),
  ];
  if (unicode === 0) return { text: pieces.join(""), encoding: "windows-1252", bom: false, warnings };
  const mixed = single.map((row) =>
    warning("mixed_encoding", row, `line ${row} isn't UTF-8 as other lines are; it was read as windows-1252`),
  );
  return { text: pieces.join(""), encoding: "utf-8", bom: false, warnings: mixed };
}

/** A word with a sign of no word in it, as letters of DOS and the Macintosh come out. */
const ODD_WORD = /\p{L}*[^\p{ASCII}\p{L}\s’°€]\p{L}+|\p{L}+[^\p{ASCII}\p{L}\s’°€]\p{L}*/u;
const ACCENTED = /[\p{L}\p{N}]*[^\p{ASCII}][\p{L}\p{N}]*/u;

/** A word by which a reader sees whether the encoding is right. */
function example(line = ""): string {
  const odd = ODD_WORD.exec(line)?.[0];
  if (odd !== undefined)
    return ` ('${excerpt(odd)}'; if that is no word, say e.g. \`--encoding cp850\` or \`macroman\`)`;
  const word = ACCENTED.exec(line)?.[0];
  return word === undefined ? "" : ` ('${excerpt(word)}')`;
}

/** The five bytes that windows-1252 leaves undefined become the control signs of latin-1, so that none is lost. */
const windows1252 = (bytes: Buffer): string => {
  const text = iconv.decode(bytes, "windows-1252");
  return text.includes("\ufffd")
    ? [...text].map((sign, i) => (sign === "\ufffd" ? String.fromCharCode(bytes[i] ?? 0) : sign)).join("")
    : text;
};

const lineOf = (text: string, at: number): number => text.slice(0, Math.max(0, at)).split(/\r\n|\n|\r/).length;
