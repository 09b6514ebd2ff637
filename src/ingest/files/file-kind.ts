import { open } from "node:fs/promises";
import { UserError } from "../../user-error.ts";
import type { SourceFormat } from "./formats.ts";
import { zipEntries } from "./zip-entries.ts";

/** What a file is that is no text, and what to do about it. */
interface FileKind {
  readonly is: string;
  readonly remedy: string;
  /** The format by which it can be read. */
  readonly format?: SourceFormat;
}

const PICTURE = { is: "a picture", remedy: "send the table that it shows as CSV or .xlsx" };
const SAVE = "open it in a spreadsheet program and save it as .xlsx or CSV";

/** Kinds by the first bytes, in latin-1. */
const BEGINNINGS: ReadonlyArray<readonly [readonly string[], FileKind]> = [
  [["%PDF-"], { is: "a PDF document", remedy: "ask for the table itself, as CSV or .xlsx" }],
  [["\u0089PNG", "\u00ff\u00d8\u00ff", "GIF87a", "GIF89a", "II*\0", "MM\0*"], PICTURE],
  [
    ["\u00d0\u00cf\u0011\u00e0"],
    {
      is: "protected by a password, or a workbook of Excel before 2007",
      remedy: "save it as .xlsx without a password",
    },
  ],
  [
    ["\t\u0000\u0004\u0000", "\t\u0002\u0006\u0000", "\t\u0004\u0006\u0000"],
    { is: "a workbook of Excel before 1997", remedy: SAVE },
  ],
  [["PAR1"], { is: "Parquet", remedy: "name it .parquet, or say --format parquet", format: "parquet" }],
  [["ARROW1\0"], { is: "Arrow", remedy: "write it as Parquet or CSV" }],
  [["\u001f\u008b"], { is: "packed by gzip", remedy: "name it .gz, behind the name that it has unpacked" }],
  [
    ["BZh9", "\u00fd7zXZ", "\u0028\u00b5\u002f\u00fd", "7z\u00bc\u00af", "Rar!\u001a"],
    { is: "packed by a program whose files aren't read", remedy: "pack it as .zip or .gz" },
  ],
  [["$FL2@(#)", "$FL3@(#)"], { is: "an SPSS file", remedy: "save it as CSV in SPSS, with the codes' values" }],
  [
    ["<stata_dta>", "q\u0002\u0001\0", "r\u0002\u0001\0", "s\u0002\u0001\0"],
    { is: "a Stata file", remedy: "write it as CSV (`export delimited`)" },
  ],
  [["SQLite format 3\0"], { is: "an SQLite database", remedy: "export the table as CSV" }],
  [["{\\rtf"], { is: "a text document (RTF)", remedy: "save the table as CSV or .xlsx" }],
];

/** Kinds of text that is no table of lines, by how it begins, its mark and blanks aside. */
const TEXTS: ReadonlyArray<readonly [RegExp, FileKind]> = [
  [/^(<!--[^>]*-->\s*)*<(!doctype html|html|head|meta|body|table)\b/i, { is: "a web page", remedy: SAVE }],
  [/^<\?xml\b/, { is: "XML", remedy: SAVE }],
  [/^ID;P[A-Z0-9 .]*(;[A-Z0-9]+)*\r?\n(P;P|[FO];[A-Z]|[BC];[XY]\d)/, { is: "a SYLK file (.slk)", remedy: SAVE }],
  [
    /^version https:\/\/git-lfs\./,
    { is: "a pointer of Git LFS in the place of the file", remedy: "fetch the file itself (`git lfs pull`)" },
  ],
];

/** A tar archive says so behind the name of its first file. */
const TAR = { at: 257, sign: "ustar" };
const TAR_KIND = { is: "a tar archive", remedy: "unpack it, and pack the one file to read as .zip or .gz" };
/** Text in the place of a workbook. */
const TEXT = { is: "text", remedy: "name it .csv, or say --format csv" };

/** Kinds of zip files by a name in them. */
const PACKED: ReadonlyArray<readonly [RegExp, FileKind]> = [
  [/^xl\/workbook\.bin$/, { is: "a binary workbook (.xlsb)", remedy: "save it as .xlsx" }],
  [/^xl\/workbook\.xml$/, { is: "an Excel workbook", remedy: "name it .xlsx, or say --format xlsx", format: "xlsx" }],
  [/^word\//, { is: "a text document (Word)", remedy: "save the table in it as CSV or .xlsx" }],
  [/^Index\/.*\.iwa$|^Index\.zip$/, { is: "a Numbers sheet", remedy: "export it as .xlsx or CSV" }],
  [/^content\.xml$/, { is: "an OpenDocument file (.ods)", remedy: SAVE }],
];
const ZIP = { is: "a zip file", remedy: "name it .zip, or unpack it" };

/** Bytes that are looked at for signs that no text has. */
const HEAD = 1 << 16;
/** Share of them above which a file that isn't UTF-8 is no text. */
const MOST_CONTROL = 0.01;

/**
 * Refuses a file that is something else than its name, or what was said, makes it.
 * @throws UserError that says what it is, and what to do
 */
export async function refuseOtherKind(absolute: string, path: string, format: SourceFormat): Promise<void> {
  const kind = await kindOf(absolute, format);
  if (kind === undefined || kind.format === format) return;
  throw new UserError(`${path} is ${kind.is}, ${EXPECTED[format]}; ${kind.remedy}`);
}

const EXPECTED: Readonly<Record<SourceFormat, string>> = {
  csv: "not delimited text",
  xlsx: "not a workbook (.xlsx)",
  json: "not JSON",
  parquet: "not Parquet",
};

async function kindOf(absolute: string, format: SourceFormat): Promise<FileKind | undefined> {
  const file = await open(absolute);
  let head: string;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    head = buffer.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
  if (!head.startsWith("PK\u0003\u0004")) return kindByHead(head, format);
  const entries = await zipEntries(absolute);
  if (entries === undefined && format === "xlsx") return undefined;
  return PACKED.find(([name]) => entries?.some((entry) => name.test(entry.name)))?.[1] ?? ZIP;
}

function kindByHead(head: string, format: SourceFormat): FileKind | undefined {
  const found = BEGINNINGS.find(([begins]) => begins.some((sign) => head.startsWith(sign)))?.[1];
  if (found !== undefined) return found;
  if (head.startsWith(TAR.sign, TAR.at)) return TAR_KIND;
  const text = head.replace(/^\u00ef\u00bb\u00bf/, "").trimStart();
  const kind = TEXTS.find(([begins]) => begins.test(text))?.[1];
  return kind ?? (format === "xlsx" && isPrintable(head) ? TEXT : undefined);
}

/** Whether a beginning holds lines of signs that are no control signs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const isPrintable = (head: string): boolean => /[\r\n]/.test(head) && !/[\u0000-\u0008\u000e-\u001f]/.test(head);

/** Whether bytes that are no UTF-8 hold NULs and so many control signs that they are no text at all. */
export function isNoText(bytes: Buffer): boolean {
  const head = bytes.subarray(0, HEAD);
  if (!head.includes(0)) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is counted
  const control = head.toString("latin1").match(/[\u0004-\u0008\u000e-\u001b]/g)?.length ?? 0;
  return control > MOST_CONTROL * head.length;
}
