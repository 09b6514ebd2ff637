import { expect, test } from "vitest";
import { type ReadSettings, readDelimited } from "../../src/ingest/delimited/read-delimited.ts";

const read = (file: string, settings: ReadSettings = {}) => {
  const { columns, rows, warnings } = readDelimited(file, settings);
  return { columns, rows, said: warnings.map(({ code, row }) => (row === null ? code : `${code} ${row}`)) };
};

test("lines that stand in quotes as a whole are read without them, unless the quote was said; both are told", () => {
  const wrapped = '"id,name,n"\r\n"1,""Ann, nn"",3"\r\n"2,Bob,4"\r\n';
  expect(read(wrapped)).toEqual({
    columns: ["id", "name", "n"],
    rows: [
      ["1", "Ann, nn", "3"],
      ["2", "Bob", "4"],
    ],
    said: ["whole_lines_quoted"],
  });
  expect(read(wrapped, { delimiter: ",", quote: '"' })).toMatchObject({ columns: ["id,name,n"] });
  expect(read(wrapped, { delimiter: ",", quote: '"' }).said).toContain("whole_lines_quoted");
  expect(read('"name"\n"Dupont, Jean"\n"Peeters, An"\n').rows).toEqual([["Dupont, Jean"], ["Peeters, An"]]);
});

test("a separator with a blank is known by what stands outside quotes, and at the end of lines without its blank", () => {
  const rows = [["F0", "2,126.46", "606,41"]];
  expect(read('service, budget, paid\n"F0", "2,126.46", "606,41"\n')).toMatchObject({
    columns: ["service", "budget", "paid"],
    rows,
  });
  expect(read('service, budget, paid,\n"F0", "2,126.46", "606,41",\n', { delimiter: ", " })).toMatchObject({
    columns: ["service", "budget", "paid"],
    rows: [["F0", "2,126.46", "606,41", ""]],
  });
});

test.each([
  ["a remark", "amount\n1.5\n2.5\n# checked\n7\n", "note_row 4"],
  ["a remark among texts", "town\nGent\nLuik\n# checked\nMons\n", "note_row 4"],
  ["a note", "amount\n1.5\n2.5\n7\n\nSource: us\n", "note_row 6"],
  ["a blank line", "amount\n1.5\n\n2.5\n", "blank_row 3"],
  ["names with a separator", "a,b,c\n675\n", "dialect_uncertain"],
  ["a blank behind each separator of the only row", "a,b,c\n1, 2, 3\n", "leading_blanks 2"],
])("%s is told where nothing else shows it", (_, file, code) => {
  expect(read(file).said).toContain(code);
});

test("blanks behind the separators of one row are told where the separator was said, too", () => {
  const file = "a,b\n1,x\n2, y\n3,z\n4,u\n";
  expect(read(file, { delimiter: ",", quote: '"' })).toMatchObject({ said: ["leading_blanks 3"] });
  expect(read("a, b, c\n1, 2, 3\n4,  ,  5\n", { delimiter: ", " }).said).toContain("leading_blanks 3");
  expect(read("a,b\n1, x\n2, y\n3, z\n", { delimiter: "," }).said).toEqual(["leading_blanks"]);
});

test("a separator said by the file's first line is known whatever ends that line", () => {
  expect(read("sep=;\ra;b,c\r1;2,5\r")).toMatchObject({ columns: ["a", "b,c"], rows: [["1", "2,5"]] });
});
