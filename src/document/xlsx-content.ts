import type { Block, Document, MarginNote, Table } from "./document.ts";
import type { Book, MarkedTable, Sheet, SheetCell, SheetLine } from "./xlsx-adapter.ts";
import { markedTable, markersIn, widthOf } from "./xlsx-table.ts";
import { headerTexts, tableNames, tabNames } from "./xlsx-text.ts";

/** A table of the document with what stands around it. */
interface Placed {
  readonly table: Table;
  readonly subtitle?: string;
  readonly source?: string;
  readonly notes: readonly number[];
}

/** A document as plain sheets: cover, contents, notes, then one sheet a table (checklist S). */
export function bookOf(document: Document): Book {
  const { furniture } = document;
  const notes = notesOf(document.blocks);
  const placed = document.blocks.flatMap((block) => placedTables(block, notes));
  const used = markersIn(
    placed.map(({ table }) => table),
    furniture.markers,
  );
  const hasNotes = notes.length + used.length > 0;
  const front = [furniture.cover, furniture.contents, ...(hasNotes ? [furniture.notes] : [])];
  const ids = [...front.slice(1), ...placed.map(({ table }) => table.id)];
  const tabs = tabNames([furniture.cover, ...front.slice(1), ...placed.map(({ table }) => table.tab ?? table.id)]);
  const names = tableNames(ids);
  const sheets = [
    ...(hasNotes ? [notesSheet(document, notes, used)] : []),
    ...placed.map((one) => tableSheet(one, document)),
  ];
  const named = sheets.map((sheet, index) => withNames(sheet, tabs[index + 2] ?? "", names[index + 1] ?? ""));
  const cover = coverSheet(document, tabs[0] ?? "");
  if (named.length === 0) return { ...propertiesOf(document), sheets: [cover] };
  const contents = withNames(contentsSheet(document, named), tabs[1] ?? "", names[0] ?? "");
  return { ...propertiesOf(document), sheets: [cover, contents, ...named] };
}

function propertiesOf({ title, organisation, locale, keywords, date }: Document): Omit<Book, "sheets"> {
  return { title, organisation, language: locale, keywords, date };
}

const withNames = (sheet: Sheet, tab: string, name: string): Sheet =>
  sheet.table === undefined ? { ...sheet, tab } : { ...sheet, tab, table: { ...sheet.table, name } };

/** Every margin note of a table or figure, once, in the order of the document. */
function notesOf(blocks: readonly Block[]): readonly MarginNote[] {
  const all = blocks.flatMap((block) => marginOf(block));
  return all.filter((note, index) => all.findIndex((other) => sameNote(note, other)) === index);
}

const marginOf = (block: Block): readonly MarginNote[] =>
  block.kind === "figure" || block.kind === "table" ? (block.margin ?? []) : [];

const sameNote = (a: MarginNote, b: MarginNote): boolean => a.lead === b.lead && a.text === b.text;

function placedTables(block: Block, notes: readonly MarginNote[]): readonly Placed[] {
  if (block.kind === "unpublished") return block.tables.map((one) => ({ ...one, notes: [] }));
  if (block.kind !== "figure" && block.kind !== "table" && block.kind !== "flow") return [];
  if (block.table.rows.length === 0) return [];
  const numbers = marginOf(block).map((note) => notes.findIndex((other) => sameNote(note, other)) + 1);
  const around = block.kind === "flow" ? {} : block.subtitle === undefined ? {} : { subtitle: block.subtitle };
  const source = block.source === undefined ? {} : { source: block.source };
  return [{ table: block.table, notes: numbers, ...around, ...source }];
}

function coverSheet(document: Document, tab: string): Sheet {
  const { title, eyebrow, headline, lead, notice, facts, margin = [], blocks, organisation } = document;
  const colon = `${document.furniture.colon ?? ":"} `;
  const labelled = ({ label, text }: { label: string; text: string }): SheetLine => plain(`${label}${colon}${text}`);
  const chapters = blocks.filter((block) => block.kind === "facts");
  const lines: readonly SheetLine[] = [
    { text: title, style: "title" },
    plain(organisation),
    plain(eyebrow),
    heading(headline),
    plain(lead),
    ...(notice === undefined ? [] : [heading(`${notice.lead} ${notice.text}`)]),
    ...facts.map(labelled),
    ...margin.map((note) => plain(`${note.lead} ${note.text}`)),
    ...chapters.flatMap((chapter) => [heading(chapter.title), ...chapter.facts.map(labelled)]),
  ];
  return { tab, lines: lines.filter((line) => line.text.trim() !== ""), widths: [60] };
}

const plain = (text: string): SheetLine => ({ text, style: "plain" });
const heading = (text: string): SheetLine => ({ text, style: "heading" });
const text = (words: string): SheetCell => ({ kind: "text", text: words });

function contentsSheet({ furniture }: Document, sheets: readonly Sheet[]): Sheet {
  const rows = sheets.map((sheet): readonly SheetCell[] => [
    { kind: "link", text: sheet.tab, tab: sheet.tab },
    text(sheet.lines[0]?.text ?? ""),
  ]);
  return listSheet(furniture.contents, furniture.oneTable, [furniture.sheet, furniture.tableTitle], rows);
}

/** Notes and markers, each that is used and no other. */
function notesSheet({ furniture }: Document, notes: readonly MarginNote[], used: readonly string[]): Sheet {
  const rows = [
    ...notes.map((note, index) => [
      text(noteMarker(furniture.note, index + 1)),
      text(`${note.lead} ${note.text}`.trim()),
    ]),
    ...used.map((marker) => [text(marker), text(furniture.markers[marker] ?? "")]),
  ];
  return listSheet(furniture.notes, furniture.oneTable, [furniture.marker, furniture.meaning], rows);
}

const noteMarker = (word: string, number: number): string => `[${word.toLowerCase()} ${number}]`;

function listSheet(title: string, oneTable: string, headers: readonly string[], rows: MarkedTable["rows"]): Sheet {
  const table = { name: "", headers: headerTexts(headers, headers), numeric: [false, false], rows };
  return { tab: "", lines: [{ text: title, style: "title" }, plain(oneTable)], table, widths: [32, 60] };
}

function tableSheet(placed: Placed, { furniture }: Document): Sheet {
  const table = markedTable(placed.table, furniture.markers);
  const markers = markersIn([placed.table], furniture.markers);
  const lines = [
    furniture.oneTable,
    placed.subtitle ?? "",
    placed.notes.map((number) => noteMarker(furniture.note, number)).join(" "),
    markers.map((marker) => `${marker} ${furniture.markers[marker] ?? ""}`).join("\n"),
    placed.source ?? "",
  ];
  return {
    tab: "",
    lines: [{ text: placed.table.title, style: "title" }, ...lines.filter((line) => line.trim() !== "").map(plain)],
    table,
    widths: table.headers.map((_, column) => widthOf(table, column)),
  };
}
