import { describe, expect, it } from "vitest";
import { readDelimited } from "../../src/ingest/delimited/read-delimited.ts";

/* Rows of many quoted cells, of which one has a fault: each place for it that is tried takes a look through the row. */

const WIDTH = 400;
const names = Array.from({ length: WIDTH }, (_, i) => `c${i}`);
const quoted = (cells: readonly string[]): string => cells.map((cell) => `"${cell}"`).join(",");

function read(row: (at: number) => string) {
  const rows = Array.from({ length: 600 }, (_, at) => (at % 3 === 0 ? row(at) : quoted(names.map(() => `a${at}`))));
  return readDelimited(`${[quoted(names), ...rows].join("\n")}\n`);
}

describe("a wide row of quoted cells", () => {
  it("gets the quote that one of them lacks", () => {
    const table = read((at) => quoted(names.map((_, i) => (i === 200 ? "x,y" : `a${at}`))).replace('"x,y"', 'x,y"'));
    expect(table.rows).toHaveLength(600);
    expect(table.rows.every((cells) => cells.length === WIDTH)).toBe(true);
    expect(table.rows[3]?.slice(199, 202)).toEqual(["a3", "x,y", "a3"]);
    expect(table.warnings.filter(({ code }) => code === "repaired_row").map(({ row }) => row)).toEqual(
      Array.from({ length: 200 }, (_, i) => 2 + 3 * i),
    );
  });

  it("keeps as text a quote that opens a cell and never closes it", () => {
    const table = read((at) => quoted(names.map((_, i) => (i === 200 ? "x" : `a${at}`))).replace('"x"', '"x'));
    expect(table.rows).toHaveLength(600);
    expect(table.rows.every((cells) => cells.length === WIDTH)).toBe(true);
    expect(table.rows[3]?.slice(199, 202).map((cell) => cell.replaceAll('"', ""))).toEqual(["a3", "x", "a3"]);
    expect(new Set(table.warnings.map(({ row }) => row))).toEqual(
      new Set(Array.from({ length: 200 }, (_, i) => 2 + 3 * i)),
    );
  });
});

describe("a file that holds very much of what is looked through", () => {
  it("is read where a row of very many cells has one too many", () => {
    const cells = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? `${i}` : `a${i}`));
    const row = cells.join(",");
    const { rows } = readDelimited(`${cells.map((_, i) => `c${i}`).join(",")}\n${`${row}\n`.repeat(5)}x,y,${row}\n`);
    expect(rows.at(-1)?.slice(0, 3)).toEqual(["x", "y", "0"]);
  });

  it("is read where a long line is nearly drawn", () => {
    const { rows } = readDelimited(`a|b\n|${"-".repeat(50_000)}x|\n1|2\n`);
    expect(rows).toHaveLength(2);
  });
});
