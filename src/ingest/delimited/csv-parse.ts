/** Which signs end a line outside quotes: LF, CR LF and CR alike; LF and CR LF, a lone CR being text; CR LF only. */
export type LineEnds = "any" | "lf" | "crlf";

/** How a text is cut into records and cells. `quote` empty: none; `escape` equal to `quote`: doubled quotes. */
export interface CsvSyntax {
  /** One character or more. */
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly lineEnds: LineEnds;
}

/**
 * What is wrong inside a record, and how it was read all the same:
 * `stray_quote`: a quote inside a quoted cell that neither closes it nor is doubled; kept as text.
 * `space_after_quote`, `space_before_quote`: blanks between a quote that closes or opens a cell and the delimiter; dropped.
 * `unclosed_quote`: a quote that opens a cell and never closes; kept as text, and the line ends the record.
 * `lone_quote`: a quote at the end of a cell that none opens; kept as text.
 */
export type CsvFault = "stray_quote" | "space_after_quote" | "space_before_quote" | "unclosed_quote" | "lone_quote";

/** Whether a record's cells are what they seem in spite of a fault. */
export const isHarmless = (fault: CsvFault): fault is "space_after_quote" | "space_before_quote" | "lone_quote" =>
  fault === "lone_quote" || fault === "space_after_quote" || fault === "space_before_quote";

/** One record of RFC 4180, or as near to it as its faults let it come; cells stand without their quotes. */
export interface CsvRecord {
  /** 1-based physical line it begins on, and how many it takes. */
  readonly line: number;
  readonly lines: number;
  readonly cells: readonly string[];
  readonly faults: readonly CsvFault[];
  /** The record as it stands, without its line end; given when it has faults, several lines, another width than expected, or one quoted cell of nothing. */
  readonly raw?: string;
}

interface CsvParser {
  write(text: string): void;
  end(): void;
}

/** A quoted cell that runs on longer than this was never closed. */
const MAX_CELL = 1 << 20;

const LF = 10;
const CR = 13;
const BLANK = 32;

/**
 * Cuts text that arrives in pieces into records; a blank line is a record of one empty cell.
 * Never fails: what can't be read by the syntax is read in the way its fault says.
 * @param width records of another width carry their raw text; 0: none do for that reason
 */
export function csvParser(syntax: CsvSyntax, onRecord: (record: CsvRecord) => void, width = 0): CsvParser {
  let text = "";
  let line = 1;
  const cut = recordCutter(syntax);

  const readAll = (last: boolean): void => {
    let start = 0;
    while (start < text.length) {
      const found = cut(text, start, last);
      if (found === undefined) break;
      const { cells, faults, end, next, multiline } = found;
      const lines = multiline || syntax.lineEnds !== "any" ? 1 + breaksIn(text, start, end) : 1;
      const isQuotedNothing = end > start && cells.length === 1 && cells[0] === "";
      const raw =
        faults.length > 0 || lines > 1 || (width > 0 && cells.length !== width) || isQuotedNothing
          ? { raw: text.slice(start, end) }
          : {};
      onRecord({ line, lines, cells, faults, ...raw });
      line += lines;
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

/** All records of a text that is there as a whole. */
export function parseCsv(text: string, syntax: CsvSyntax, width = 0): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  const parser = csvParser(syntax, (record) => records.push(record), width);
  parser.write(text);
  parser.end();
  return records;
}

/** The records of a text's beginning that are whole, whatever follows it. */
export function wholeRecords(text: string, syntax: CsvSyntax): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  csvParser(syntax, (record) => records.push(record)).write(text);
  return records;
}

interface Cut {
  readonly cells: readonly string[];
  readonly faults: readonly CsvFault[];
  /** Where the record's text ends, and where the next begins behind its line end. */
  readonly end: number;
  readonly next: number;
  readonly multiline: boolean;
}

const NO_FAULTS: readonly CsvFault[] = [];

/** Reads one record at a place of a text; undefined when more text is needed. `literalAt`: a quote there is text. */
export function recordCutter(
  syntax: CsvSyntax,
): (text: string, start: number, last: boolean, literalAt?: number) => Cut | undefined {
  const first = syntax.delimiter.charCodeAt(0);
  const long = syntax.delimiter.length > 1 ? syntax.delimiter : undefined;
  const delimiterLength = syntax.delimiter.length;
  const quote = syntax.quote === "" ? -1 : syntax.quote.charCodeAt(0);
  const escapeCode = syntax.escape === "" ? quote : syntax.escape.charCodeAt(0);
  const { lineEnds } = syntax;

  /** Length of the line end at a place: 0 none, -1 unknown before more text. */
  const lineEndAt = (text: string, at: number, last: boolean): number => {
    const code = text.charCodeAt(at);
    if (code === LF) return lineEnds === "crlf" ? 0 : 1;
    if (code !== CR) return 0;
    if (at + 1 >= text.length && !last) return -1;
    if (text.charCodeAt(at + 1) === LF) return 2;
    return lineEnds === "any" || (at + 1 >= text.length && last) ? 1 : 0;
  };

  const isDelimiterAt = (text: string, at: number): boolean =>
    text.charCodeAt(at) === first && (long === undefined || text.startsWith(long, at));

  /** End of an unquoted cell, -1 when more text is needed. */
  const plainEnd = (text: string, start: number, last: boolean): number => {
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === first) {
        if (long === undefined) return at;
        if (at + delimiterLength > text.length && !last) return -1;
        if (text.startsWith(long, at)) return at;
      }
      if (code === LF || code === CR) {
        const length = lineEndAt(text, at, last);
        if (length === -1) return -1;
        if (length > 0) return at;
      }
    }
    return last ? text.length : -1;
  };

  return (text, start, last, literalAt = -1) => {
    const cells: string[] = [];
    let faults: CsvFault[] | undefined;
    let multiline = false;
    let at = start;
    for (;;) {
      let end = -2;
      const open = quote === -1 || first === BLANK ? at : behindBlanks(text, at);
      if (quote !== -1 && text.charCodeAt(open) === quote && open !== literalAt) {
        const cell = quotedCell(text, open, last);
        if (cell === undefined) return undefined;
        const isSure = open === at || (cell.end >= 0 && cell.fault !== "stray_quote");
        if (isSure && cell.fault !== undefined) {
          faults ??= [];
          faults.push(cell.fault);
        }
        if (isSure && open > at) {
          faults ??= [];
          faults.push("space_before_quote");
        }
        if (isSure && cell.end >= 0) {
          cells.push(cell.value);
          end = cell.end;
          multiline ||= cell.multiline;
        }
      }
      if (end === -2) {
        end = plainEnd(text, at, last);
        if (end === -1) return undefined;
        const endsQuoted = quote !== -1 && end > at + 1 && text.charCodeAt(end - 1) === quote;
        const wrapped = endsQuoted && faults?.at(-1) === "unclosed_quote";
        if (wrapped) faults?.splice(-1, 1, "stray_quote");
        else if (endsQuoted) {
          faults ??= [];
          faults.push("lone_quote");
        }
        cells.push(wrapped ? text.slice(at + 1, end - 1) : text.slice(at, end));
      }
      if (end >= text.length)
        return last ? { cells, faults: faults ?? NO_FAULTS, end, next: end, multiline } : undefined;
      const length = isDelimiterAt(text, end) ? 0 : lineEndAt(text, end, last);
      if (length === -1) return undefined;
      if (length > 0) return { cells, faults: faults ?? NO_FAULTS, end, next: end + length, multiline };
      at = end + delimiterLength;
    }
  };

  /** `end` -1: the cell is to be read as plain text. */
  function quotedCell(
    text: string,
    start: number,
    last: boolean,
  ): { value: string; end: number; multiline: boolean; fault?: CsvFault } | undefined {
    const unclosed = { value: "", end: -1, multiline: false, fault: "unclosed_quote" } as const;
    let value = "";
    let from = start + 1;
    let stray = false;
    let multiline = false;
    const closed = (at: number, end: number, fault?: CsvFault) => ({
      value: value + text.slice(from, at),
      end,
      multiline,
      ...(fault !== undefined ? { fault } : stray ? { fault: "stray_quote" as const } : {}),
    });
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === LF || code === CR) {
        if (stray) return unclosed;
        multiline = true;
      }
      if (code !== quote && code !== escapeCode) continue;
      if (at + delimiterLength >= text.length && !last) return text.length - start < MAX_CELL ? undefined : unclosed;
      const next = at + 1 < text.length ? text.charCodeAt(at + 1) : -1;
      if (code === escapeCode && (next === quote || (escapeCode !== quote && next === escapeCode))) {
        value += text.slice(from, at) + text.charAt(at + 1);
        from = at + 2;
        at++;
        continue;
      }
      if (code !== quote) continue;
      if (next === -1 || isDelimiterAt(text, at + 1)) return closed(at, at + 1);
      const ends = lineEndAt(text, at + 1, last);
      if (ends === -1) return undefined;
      if (ends > 0) return closed(at, at + 1);
      const behind = behindBlanks(text, at + 1);
      if (
        behind > at + 1 &&
        (behind >= text.length || isDelimiterAt(text, behind) || lineEndAt(text, behind, true) > 0)
      ) {
        if (behind >= text.length && !last) return undefined;
        return closed(at, behind, "space_after_quote");
      }
      if (multiline) return unclosed;
      stray = true;
    }
    return last || text.length - start >= MAX_CELL ? unclosed : undefined;
  }
}

function behindBlanks(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === BLANK) at++;
  return at;
}

/** Line ends of any kind between two places. */
function breaksIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) count++;
  }
  return count;
}
