/** How a text is cut into records and cells. `quote` empty: none; `escape` equal to `quote`: doubled quotes. */
export interface CsvSyntax {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
}

export type CsvFault = "unclosed_quote" | "text_after_quote";

/** One record: `line` is the 1-based physical line it begins on; a faulty record holds its first line's text as one cell. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
  readonly fault?: CsvFault;
}

export interface CsvParser {
  write(text: string): void;
  end(): void;
}

/** A quoted cell that runs on longer than this was never closed. */
const MAX_RECORD = 1 << 20;

const LF = 10;
const CR = 13;

/**
 * Cuts text that arrives in pieces into records, blank lines left out. Lines end with LF, CR LF or CR.
 * After a fault (a quote never closed, text behind a closing quote) the rest of that line is one faulty record and
 * reading goes on with the next line, so that one stray quote costs one row.
 */
export function csvParser(syntax: CsvSyntax, onRecord: (record: CsvRecord) => void): CsvParser {
  const delimiter = syntax.delimiter.charCodeAt(0);
  const quote = syntax.quote === "" ? -1 : syntax.quote.charCodeAt(0);
  const escapeCode = syntax.escape === "" ? quote : syntax.escape.charCodeAt(0);
  let text = "";
  let line = 1;
  let cells: string[] = [];
  let fault: CsvFault | undefined;
  let quoted = false;

  /** Reads the record at `start`; returns where the next begins, or -1 when more text is needed. */
  const readRecord = (start: number, last: boolean): number => {
    cells = [];
    fault = undefined;
    quoted = false;
    let at = start;
    for (;;) {
      const after = text.charCodeAt(at) === quote && at < text.length ? quotedCell(at, last) : plainCell(at, last);
      if (after < 0 || fault !== undefined) return after;
      if (after >= text.length) return last ? after : -1;
      const code = text.charCodeAt(after);
      at = after + 1;
      if (code === delimiter) continue;
      if (code === CR) {
        if (at >= text.length && !last) return -1;
        if (text.charCodeAt(at) === LF) at++;
      }
      return at;
    }
  };

  const plainCell = (start: number, last: boolean): number => {
    let at = start;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === delimiter || code === LF || code === CR) break;
      at++;
    }
    if (at >= text.length && !last) return -1;
    cells.push(text.slice(start, at));
    return at;
  };

  const quotedCell = (start: number, last: boolean): number => {
    quoted = true;
    let value = "";
    let from = start + 1;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code !== quote && code !== escapeCode) continue;
      const next = at + 1 < text.length ? text.charCodeAt(at + 1) : -1;
      if (next === -1 && !last) return -1;
      if (
        (code === escapeCode && next === quote) ||
        (code === escapeCode && escapeCode !== quote && next === escapeCode)
      ) {
        value += text.slice(from, at) + text[at + 1];
        from = at + 2;
        at++;
      } else if (code === quote) {
        if (next !== -1 && next !== delimiter && next !== LF && next !== CR) return faulty("text_after_quote");
        cells.push(value + text.slice(from, at));
        return at + 1;
      }
    }
    if (!last && text.length - start < MAX_RECORD) return -1;
    return faulty("unclosed_quote");
  };

  const faulty = (kind: CsvFault): number => {
    fault = kind;
    return 0;
  };

  const lineEnd = (start: number): number => {
    let at = start;
    while (at < text.length && text.charCodeAt(at) !== LF && text.charCodeAt(at) !== CR) at++;
    return at;
  };

  const breaks = (start: number, end: number): number => {
    let count = 0;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) count++;
    }
    return count;
  };

  const readAll = (last: boolean): void => {
    let start = 0;
    while (start < text.length) {
      let next = readRecord(start, last);
      if (fault !== undefined) {
        const end = lineEnd(start);
        if (end >= text.length - 1 && !last) break;
        next =
          text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? end + 2 : Math.min(end + 1, text.length);
        onRecord({ line, cells: [text.slice(start, end)], fault });
      } else {
        if (next < 0) break;
        if (cells.length > 1 || cells[0] !== "" || text.charCodeAt(start) === quote) onRecord({ line, cells });
      }
      line += quoted ? Math.max(1, breaks(start, next)) : 1;
      start = next;
    }
    text = text.slice(start);
  };

  return {
    write(piece) {
      text += piece;
      readAll(false);
    },
    end() {
      readAll(true);
    },
  };
}
