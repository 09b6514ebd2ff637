import type { Row } from "./polluted-table.ts";

/** A table that files are made of, and what distinguishes it. */
export interface SourceTable {
  readonly name: string;
  readonly columns: Row;
  readonly rows: readonly Row[];
}

const times = <T>(count: number, make: (i: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const pick = (from: Row, i: number): string => from[i % from.length] ?? "";
const two = (value: number): string => String(value).padStart(2, "0");
const day = (i: number): string => `${two(((i * 7) % 28) + 1)}/${two(((i * 5) % 12) + 1)}/${2012 + (i % 6)}`;

const NAMES = ["Élodie Dupont", "Noë Van den Bossche", "Søren Ångström", "Zoë L'Hoir", "Ömer Şahin", "Łukasz Nowak"];
const TOWNS = ["Liège", "Gent", "Sint-Truiden", "Braine-l'Alleud", "Bruxelles", "Köln"];
const REMARKS = [
  "Came late, left early",
  'She said "yes", twice',
  "First line\nsecond line, with more",
  "",
  "ok",
  "No; never: that is all",
  "Paid 3,50 euro",
  'Size 3/4"',
];

const services = (rows: number): SourceTable => ({
  name: `services, ${rows} rows`,
  columns: ["service", "year", "duos"],
  rows: times(rows, (i) => [pick(["Actiris", "VDAB", "Forem", "ADG"], i), String(2012 + i), String((i * 37) % 211)]),
});

const people = (rows: number): SourceTable => ({
  name: `people, ${rows} rows`,
  columns: ["N°", "Prénom et nom", "Née le", "Localité", "Âge", "E-mail"],
  rows: times(rows, (i) => [
    `B-${two(i)}`,
    pick(NAMES, i),
    day(i),
    pick(TOWNS, i * 5),
    String(20 + ((i * 11) % 40)),
    i % 5 === 2 ? "" : `p${i}@example.org`,
  ]),
});

const texts = (rows: number): SourceTable => ({
  name: `texts, ${rows} rows`,
  columns: ["Number", "Question", "Answer", "Remark"],
  rows: times(rows, (i) => [
    String(100 + i),
    pick(["How was it, in all?", "Would you do it again?", "What did you miss?"], i),
    pick(REMARKS, i),
    pick(REMARKS, i * 3 + 1),
  ]),
});

const measures = (rows: number): SourceTable => ({
  name: `measures, ${rows} rows`,
  columns: ["lon", "lat", "height", "count", "rate", "error"],
  rows: times(rows, (i) => [
    (4 + i / 7).toFixed(4),
    (50 + i / 11).toFixed(4),
    String(i * 3 - 40),
    String((i * 17) % 90),
    (i / 130).toFixed(3),
    i % 9 === 4 ? "" : (((i * 7) % 10) / 100).toFixed(2),
  ]),
});

const wide = (rows: number): SourceTable => ({
  name: `wide, ${rows} rows`,
  columns: ["id", "sex", "entry", "exit", ...times(20, (i) => `q${i + 1}`), "comment", "amount"],
  rows: times(rows, (i) => [
    String(1000 + i),
    pick(["F", "M", "X"], i),
    day(i),
    i % 4 === 0 ? "" : day(i + 3),
    ...times(20, (j) => ((i + j) % 6 === 0 ? "" : String(((i * j) % 5) + 1))),
    pick(REMARKS, i),
    `${(i * 371) % 2000}.${two((i * 7) % 100)}`,
  ]),
});

/** Tables of three to twenty-six columns and five to a hundred rows: of figures, texts, gaps, accents, commas, quotes and line ends. */
export const SOURCE_TABLES: readonly SourceTable[] = [
  services(5),
  services(40),
  people(20),
  texts(6),
  measures(100),
  wide(8),
];
