import { isAscii, isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** What one pass over a file's bytes tells. */
export interface FileScan {
  readonly bytes: number;
  readonly sha256: string;
  /** Line feeds, plus one when the last line has none. */
  readonly lines: number;
  /** Where every `STRETCH`-th line begins, from the first on. */
  readonly stretches: readonly number[];
  readonly bom: "utf-8" | "utf-16le" | "utf-16be" | "utf-32" | undefined;
  readonly isUtf8: boolean;
  readonly isAscii: boolean;
  readonly hasQuote: boolean;
  readonly hasNul: boolean;
  /** Whether `infinity` may stand somewhere, which the engine takes for a date. */
  readonly hasInfinity: boolean;
  /** Carriage returns that no line feed follows. */
  readonly hasLoneReturn: boolean;
  /** NUL bytes at even and odd places of the first 64 KiB: UTF-16 without a BOM has most of them on one side. */
  readonly nulsEven: number;
  readonly nulsOdd: number;
}

/** Lines from one noted beginning to the next. */
export const STRETCH = 1000;

const LF = 10;
const CR = 13;

/** Reads a file once: hash, size, line count and the facts that decide its encoding. */
export async function scanFile(path: string): Promise<FileScan> {
  const hash = createHash("sha256");
  const state = {
    bytes: 0,
    feeds: 0,
    stretches: [0],
    last: LF,
    utf8: true,
    ascii: true,
    quote: false,
    nul: false,
    infinity: false,
    loneReturn: false,
  };
  let head = Buffer.alloc(0);
  let rest = Buffer.alloc(0);
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    if (head.length < 1 << 16) head = Buffer.concat([head, piece.subarray(0, (1 << 16) - head.length)]);
    const whole = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const cut = characterEnd(whole);
    const ascii = isAscii(piece);
    state.ascii &&= ascii;
    state.utf8 &&= (ascii && rest.length === 0) || isUtf8(whole.subarray(0, cut));
    rest = state.utf8 ? Buffer.from(whole.subarray(cut)) : Buffer.alloc(0);
    countBytes(state, piece);
  }
  if (rest.length > 0) state.utf8 = false;
  return {
    bytes: state.bytes,
    sha256: hash.digest("hex"),
    lines: state.feeds + (state.last === LF ? 0 : 1),
    stretches: state.stretches,
    bom: bomOf(head),
    isUtf8: state.utf8,
    isAscii: state.ascii,
    hasQuote: state.quote,
    hasNul: state.nul,
    hasInfinity: state.infinity,
    hasLoneReturn: state.loneReturn || state.last === CR,
    ...nuls(head),
  };
}

/** Each file is scanned while the engine still reads the one before. */
export function scansAhead(
  files: ReadonlyArray<{ readonly path: string; readonly absolute: string }>,
): ReadonlyMap<string, Promise<FileScan>> {
  const scans = new Map<string, Promise<FileScan>>();
  let last: Promise<unknown> = Promise.resolve();
  for (const { path, absolute } of files) {
    if (scans.has(path)) continue;
    const scan = last.then(() => scanFile(absolute));
    scans.set(path, scan);
    last = scan.catch(() => undefined);
  }
  return scans;
}

interface Counts {
  bytes: number;
  feeds: number;
  readonly stretches: number[];
  last: number;
  ascii: boolean;
  quote: boolean;
  nul: boolean;
  infinity: boolean;
  loneReturn: boolean;
}

function countBytes(state: Counts, piece: Buffer): void {
  state.loneReturn ||= (state.last === CR && piece[0] !== LF) || hasLoneReturn(piece);
  countFeeds(state, piece);
  state.bytes += piece.length;
  state.last = piece[piece.length - 1] ?? state.last;
  state.quote ||= piece.includes('"');
  state.nul ||= piece.includes(0);
  state.infinity ||= piece.includes("finity") || piece.includes("FINITY");
}

function countFeeds(state: Counts, piece: Buffer): void {
  let feeds = state.feeds;
  for (let at = piece.indexOf(LF); at >= 0; at = piece.indexOf(LF, at + 1))
    if (++feeds % STRETCH === 0) state.stretches.push(state.bytes + at + 1);
  state.feeds = feeds;
}

/** Whether a carriage return stands before something else than a line feed; one at the end is settled by the next piece. */
function hasLoneReturn(piece: Buffer): boolean {
  for (let at = piece.indexOf(CR); at >= 0; at = piece.indexOf(CR, at + 1))
    if (at + 1 < piece.length && piece[at + 1] !== LF) return true;
  return false;
}

/** Where the last whole UTF-8 character of a piece ends. */
function characterEnd(piece: Buffer): number {
  for (let back = 1; back <= Math.min(3, piece.length); back++) {
    const byte = piece[piece.length - back] ?? 0;
    if (byte < 0x80) return piece.length;
    if (byte >= 0xc0)
      return byte >= (back === 1 ? 0xc0 : back === 2 ? 0xe0 : 0xf0) ? piece.length - back : piece.length;
  }
  return piece.length;
}

function bomOf(head: Buffer): FileScan["bom"] {
  const start = head.subarray(0, 4).toString("hex");
  if (start === "fffe0000" || start === "0000feff" || isUtf32(head)) return "utf-32";
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return undefined;
}

/** UTF-32 shows itself without a mark: the first (or last) byte of every four is NUL, and the next one tells of a plane. */
function isUtf32(head: Buffer): boolean {
  if (head.length < 8 || head.length % 4 !== 0) return false;
  const isEvery = (most: number, plane: number): boolean => {
    for (let i = 0; i < head.length; i += 4) if (head[i + most] !== 0 || (head[i + plane] ?? 0) > 0x10) return false;
    return true;
  };
  return (isEvery(3, 2) || isEvery(0, 1)) && head.some((byte) => byte !== 0);
}

function nuls(head: Buffer): { nulsEven: number; nulsOdd: number } {
  let nulsEven = 0;
  let nulsOdd = 0;
  for (let i = 0; i < head.length; i++) if (head[i] === 0) i % 2 === 0 ? nulsEven++ : nulsOdd++;
  return { nulsEven, nulsOdd };
}
