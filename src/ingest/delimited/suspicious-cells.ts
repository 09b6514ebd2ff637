import { excerpt, type ReadWarning, warning } from "../files/read-warning.ts";
import { cellKind, isFigure } from "./cell-kind.ts";
import type { CsvSyntax } from "./csv-parse.ts";

interface Suspicion {
  readonly code: string;
  readonly words: string;
  readonly fits: (cell: string, syntax: CsvSyntax) => boolean;
}

/** Signs, in cells that were cut without a fault, that the quotes or escapes may be others than was thought. */
const SUSPICIONS: readonly Suspicion[] = [
  {
    code: "other_quotes",
    words: "is wrapped in quotes that were taken for text",
    fits: (cell, { quote }) =>
      cell.length > 1 &&
      ([`'`, `"`, "`"].some((sign) => sign !== quote && cell.startsWith(sign) && cell.endsWith(sign)) ||
        /^[“”„«»‘’].*[“”«»‘’]$/s.test(cell)),
  },
  {
    code: "kept_quote",
    words: "begins with a quote that was kept as text",
    fits: (cell, { quote }) =>
      (quote === "" && /^\s*"/.test(cell)) ||
      (quote !== "'" && /^'.*\d/.test(cell) && isFigure(cellKind(cell.slice(1)))) ||
      (quote !== "" && /^\s|\s$/.test(cell) && cell.trim().length > 2 && isWrapped(cell.trim(), quote)),
  },
  {
    code: "kept_quote",
    words: "holds a quote twice, as cells in quotes write it; both were kept",
    fits: (cell, { quote, escape: escaping }) =>
      quote === '"' && escaping === quote && /[\p{L}\p{N}]""|""[\p{L}\p{N}]/u.test(cell),
  },
  {
    code: "escape_as_text",
    words: "holds what may be an escaped quote; it was kept as text",
    fits: (cell, { escape: escaping }) => escaping !== "\\" && /\\["']|\p{L}''\p{L}/u.test(cell),
  },
  {
    code: "backslash_dropped",
    words: "held backslashes that were taken for escapes",
    fits: (cell, { escape: escaping }) => escaping === "\\" && /""|''/.test(cell),
  },
  {
    code: "other_delimiter",
    words: "holds a tab, the separator of other files; it was kept as text",
    fits: (cell, { delimiter }) => !delimiter.includes("\t") && cell.trim().includes("\t"),
  },
  {
    code: "other_line_end",
    words: "holds a sign that some programs write for the end of a line; it was kept as text",
    fits: (cell) => /[\u0085\u2028\u2029]/.test(cell),
  },
  {
    code: "control_sign",
    words: "holds a sign that can't be seen; it was kept",
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    fits: (cell) => /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u2060\ufeff]/.test(cell),
  },
];

const isWrapped = (text: string, quote: string): boolean => text.startsWith(quote) && text.endsWith(quote);

/** What is doubtful about one row's cells. */
export function suspiciousCells(line: number, cells: readonly string[], syntax: CsvSyntax): readonly ReadWarning[] {
  const around = quoteAround(cells, syntax);
  const whole =
    around === undefined
      ? []
      : [warning("other_quotes", line, `line ${line} begins and ends with ${around}; both were kept`, 1)];
  const own = cells.flatMap((cell, i) => {
    const torn = isTorn(cell, cells[i + 1], syntax) ? [TORN] : [];
    return [...SUSPICIONS.filter(({ fits }) => fits(cell, syntax)), ...torn].map(({ code, words }) =>
      warning(code, line, `line ${line}, column ${i + 1} ${words}: ${excerpt(cell)}`, i + 1),
    );
  });
  return [...whole, ...own];
}

/** Another quote that opens the first cell and closes the last, neither of them in quotes by itself. */
function quoteAround(cells: readonly string[], { quote }: CsvSyntax): string | undefined {
  const [first = "", last = ""] = [cells[0], cells.at(-1)];
  if (cells.length < 3) return undefined;
  return ["'", '"', "`"].find(
    (sign) =>
      sign !== quote &&
      first.startsWith(sign) &&
      !first.slice(1).includes(sign) &&
      last.endsWith(sign) &&
      !last.slice(0, -1).includes(sign),
  );
}

const TORN = { code: "other_quotes", words: "and the next look like one cell in other quotes that was cut in two" };

/** Whether another quote opens one cell and closes the next. */
function isTorn(cell: string, next: string | undefined, { quote }: CsvSyntax): boolean {
  const sign = cell.charAt(0);
  if (/^[“„«][^”»]*$/.test(cell) && /^[^“„«]*[”“»]$/.test(next ?? "")) return true;
  if (next === undefined || (sign !== "'" && sign !== '"') || sign === quote) return false;
  return !cell.endsWith(sign) && next.length > 1 && next.endsWith(sign) && !next.startsWith(sign);
}
