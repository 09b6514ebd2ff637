import { open } from "node:fs/promises";
import { UserError } from "../../user-error.ts";
import { type FileScan, STRETCH } from "./scan.ts";

interface WantedLine {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

const LF = 10;

/** The wanted lines of a UTF-8 file in their order, by their numbers; only the stretches that hold any are read. */
export async function* wantedLines(
  path: string,
  { bytes, stretches }: Pick<FileScan, "bytes" | "stretches">,
  wanted: ReadonlySet<number>,
): AsyncGenerator<WantedLine> {
  const numbers = [...wanted].sort((a, b) => a - b);
  const file = await open(path);
  try {
    for (let i = 0; i < numbers.length; ) {
      const stretch = Math.floor(((numbers[i] ?? 1) - 1) / STRETCH);
      const own = numbers.slice(i, i + STRETCH).filter((line) => line <= (stretch + 1) * STRETCH);
      const start = stretches[stretch];
      if (start === undefined) return;
      const text = Buffer.alloc((stretches[stretch + 1] ?? bytes) - start);
      const { bytesRead } = await file.read(text, 0, text.length, start);
      if (bytesRead < text.length)
        throw new UserError([`${path} changed while it was read; run again once it is whole`]);
      yield* cutLines(text, stretch * STRETCH + 1, own);
      i += own.length;
    }
  } finally {
    await file.close();
  }
}

/** Lines of a stretch whose first line has the number `line`. */
function* cutLines(stretch: Buffer, line: number, wanted: readonly number[]): Generator<WantedLine> {
  let from = 0;
  for (const number of wanted) {
    for (; line < number; line++) {
      const feed = stretch.indexOf(LF, from);
      if (feed < 0) return;
      from = feed + 1;
    }
    if (from >= stretch.length) return;
    const feed = stretch.indexOf(LF, from);
    const end = feed < 0 ? stretch.length : feed;
    yield { line, text: stretch.toString("utf8", from, end).replace(/\r$/, "") };
  }
}
