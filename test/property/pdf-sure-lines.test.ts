import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { expect, test } from "vitest";
import type { Block } from "../../src/document/document.ts";
import type { PdfBlock } from "../../src/document/pdf-blocks.ts";
import { pdfContent } from "../../src/document/pdf-content.ts";
import { fontFiles } from "../../src/document/pdf-font.ts";
import type { CellLines } from "../../src/document/pdf-lines.ts";
import { packageRoot } from "../../src/package-root.ts";
import { uniform } from "../support/random.ts";
import { sampleDocument } from "../support/sample-document.ts";

const CHARACTERS = [
  ..."aaeeinnrstoATVWYLPFfijlt.,;:-\u2013\u2014\u2212+\u00d7*/()[]<>=\u21920123456789117%\u20ac\u2019\u201c'\"\u00e9\u00ef\u00e7\u0153&@#~\u00a7\u00bd\u2026\u00b7",
  ..."\u00a0\u202f\u2003\u00ad\u200b\u2011\u2060\u0301\t\n\u0085\u2028\u042f\u03a9\u2713\u4e2d\u{1f600}",
];

/** Tables whose first two rows are of one line and of two, the others of anything, with names of groups and words across. */
function anyTables(count: number): readonly Block[] {
  const draw = uniform(20_240);
  const below = (n: number): number => Math.floor(draw() * n);
  const times = <T>(n: number, make: (i: number) => T): readonly T[] => Array.from({ length: n }, (_, i) => make(i));
  const word = (): string => times(1 + below(10), () => CHARACTERS[below(CHARACTERS.length)] ?? "").join("");
  const text = (most: number): string => times(1 + below(most), word).join(" ");
  const cell = (row: number) => {
    if (row < 2) return { text: "a", ...(row === 1 && { detail: "b" }) };
    return { text: text(6), ...(below(3) === 0 && { detail: text(4) }) };
  };
  return times(count, (t) => {
    const width = 2 + below(5);
    const columns = times(width, (i) => ({
      id: `c${i}`,
      header: text(3),
      kind: i > 0 && below(2) === 0 ? ("number" as const) : ("name" as const),
    }));
    const rows = times(14, (row) => ({
      cells: times(width, () => cell(row)),
      sum: below(5) === 0,
      ...(below(4) === 0 && { group: text(9) }),
      ...(row > 1 && below(4) === 0 && { words: text(9) }),
    }));
    return { kind: "table", table: { id: `t${t}`, title: `Table ${t}`, columns, rows } };
  });
}

/** The templates' own measure of each row that is held sure, beside what they take for it. */
const MEASURES = `
#import "style.typ": content
#import "compose.typ": height-of, measured
#import "tables.typ": data-table
#set text(font: "Inter", fallback: false, size: 10pt, lang: "en", top-edge: 0.8em, bottom-edge: -0.2em, hyphenate: false)
#context for it in content.blocks {
  for row in measured(it).table.rows {
    let height = height-of(data-table((..it.table, rows: (row,)), header: false))
    assert(calc.abs((height - row.height).pt()) < 1e-6, message: repr(row))
  }
}`;

interface Rows {
  readonly table: { readonly rows: ReadonlyArray<{ readonly lines: readonly CellLines[] }> };
}

const rowsOf = (block: PdfBlock) => (block as unknown as Rows).table.rows;

const compiler = NodeCompiler.create({
  workspace: join(packageRoot(), "src", "document", "typst"),
  fontArgs: [{ fontBlobs: fontFiles.map((file) => readFileSync(file)) }],
});

/** The first row that isn't as high as it was held to be. */
function wrongRow(content: object): string | undefined {
  const compiled = compiler.compile({ mainFileContent: MEASURES, inputs: { document: JSON.stringify(content) } });
  const problems = compiled.takeDiagnostics();
  return problems === null
    ? undefined
    : compiler
        .fetchDiagnostics(problems)
        .map((problem) => problem.message)
        .join();
}

test("a table's row that is held sure of its lines takes no more and no fewer when it is set", () => {
  const content = pdfContent(sampleDocument({ blocks: anyTables(30) }), new Map());
  const rows = content.blocks.flatMap(rowsOf);
  expect(rows.filter(({ lines }) => lines.length > 0).length).toBeGreaterThan(90);
  expect(rows.filter(({ lines }) => lines.length === 0).length).toBeGreaterThan(90);
  expect(wrongRow(content)).toBeUndefined();
  const held = content.blocks.map((block) => ({
    ...block,
    table: { ...(block as unknown as Rows).table, rows: rowsOf(block).map((row) => ({ ...row, lines: [[1, 0]] })) },
  }));
  expect(wrongRow({ ...content, blocks: held })).toContain("text:");
});
