import { CLEAN, cellText, file, line, PLAIN, type PollutedFile, type Row, TABLE } from "./polluted-table.ts";

/** Each row and column in turn: a separator more in front of a cell, and one less. */
export function cuts(): readonly PollutedFile[] {
  const cells = TABLE.map((row) => row.map((cell) => cellText(cell, PLAIN)));
  const spoilt = (row: number, change: (cells: Row) => string): string =>
    cells.map((own, i) => `${i === row ? change(own) : own.join(",")}\r\n`).join("");
  return CLEAN.flatMap((row, i) =>
    row.flatMap((_, j) => {
      const merged = `${row[j - 1] ?? ""}${row[j] ?? ""}`;
      const isQuoted = [cells[i + 1]?.[j - 1], cells[i + 1]?.[j]].some((cell) => cell?.startsWith('"'));
      const more = file(
        "row with a separator more",
        `row ${i + 1}, column ${j + 1}`,
        spoilt(i + 1, (own) => own.toSpliced(j, 0, "").join(",")),
        CLEAN.with(i, row.toSpliced(j, 0, "")),
      );
      if (j === 0 || isQuoted) return [more];
      return [
        more,
        file(
          "row with a separator less",
          `row ${i + 1}, column ${j + 1}`,
          spoilt(i + 1, (own) => own.toSpliced(j - 1, 2, `${own[j - 1]}${own[j]}`).join(",")),
          CLEAN.with(i, [...row.toSpliced(j - 1, 2, merged), ""]),
        ),
      ];
    }),
  );
}

/** Each cell in turn: a quote that should not be there, in front, in the middle, at the end. */
export function quotes(): readonly PollutedFile[] {
  const spoilt = (row: number, column: number, change: (cell: string) => string): string =>
    TABLE.map(
      (cells, i) =>
        `${cells.map((cell, j) => (i === row && j === column ? change(cellText(cell, PLAIN)) : cellText(cell, PLAIN))).join(",")}\r\n`,
    ).join("");
  return CLEAN.flatMap((row, i) =>
    row.flatMap((cell, j) => {
      if (cell === "") return [];
      const quoted = cellText(cell, PLAIN) !== cell;
      const half = Math.ceil(cell.length / 2);
      const ways: ReadonlyArray<readonly [string, (written: string) => string, string]> = quoted
        ? [
            [
              "inside a quoted cell",
              (written) => `${written.slice(0, 2)}"${written.slice(2)}`,
              `${cell.slice(0, 1)}"${cell.slice(1)}`,
            ],
          ]
        : [
            ["in front", (written) => `"${written}`, `"${cell}`],
            [
              "in the middle",
              (written) => `${written.slice(0, half)}"${written.slice(half)}`,
              `${cell.slice(0, half)}"${cell.slice(half)}`,
            ],
            ["at the end", (written) => `${written}"`, `${cell}"`],
            ["around one cell only", (written) => `"${written}"`, cell],
          ];
      return ways.map(([where, change, truth]) =>
        file(
          `quote ${where}`,
          `row ${i + 1}, column ${j + 1}`,
          spoilt(i + 1, j, change),
          CLEAN.with(i, row.with(j, truth)),
        ),
      );
    }),
  );
}

/** Each row in turn, the header too: written with another separator or another quote than the file. */
export function rowsInOtherDialects(): readonly PollutedFile[] {
  return [";", " ", "\t", "|", ":"].flatMap((delimiter) =>
    TABLE.map((_, i) =>
      file(
        `row separated by ${JSON.stringify(delimiter)}`,
        `row ${i}`,
        TABLE.map((row, at) => `${line(row, at === i ? { ...PLAIN, delimiter } : PLAIN)}\r\n`).join(""),
      ),
    ),
  );
}

export function rowsInOtherQuotes(): readonly PollutedFile[] {
  return ["'", "`"].flatMap((quote) =>
    TABLE.map((_, i) =>
      file(
        `row quoted with ${quote}`,
        `row ${i}`,
        TABLE.map(
          (row, at) => `${line(row, at === i ? { ...PLAIN, quote, escape: quote, always: true } : PLAIN)}\r\n`,
        ).join(""),
      ),
    ),
  );
}
