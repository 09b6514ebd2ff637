import type { Table, TableCell, TableColumn, TableRow } from "./document.ts";
import { html, type Markup } from "./markup.ts";
import { pageRows } from "./page-rows.ts";
import { ranksOf } from "./table-ranks.ts";

interface ShownColumn {
  readonly column: TableColumn;
  /** Place of its cell in a row. */
  readonly index: number;
}

/**
 * A table of the columns that belong on a page. Roles are written out, as folding on a telephone may drop them;
 * there each cell carries its column's header. Cells carry their rank in the column, by which the page's script sorts.
 * @param locale BCP 47, by which names are ranked
 */
export function tableMarkup(table: Table, locale: string): Markup {
  const columns = shownColumns(table);
  const rows = pageRows(table.rows);
  const ranks = ranksOf({ ...table, rows }, locale);
  return html`<table class="fold${ranks.size > 0 && " sorts"}" role="table" aria-label="${table.title}">
<thead role="rowgroup"><tr role="row">${columns.map(headerCell)}</tr></thead>
${grouped(rows).map((part) => bodyOf(part, columns, ranks))}
</table>`;
}

function shownColumns(table: Table): readonly ShownColumn[] {
  return table.columns.map((column, index) => ({ column, index })).filter(({ column }) => column.where !== "sheet");
}

const headerCell = ({ column }: ShownColumn): Markup =>
  html`<th role="columnheader" scope="col"${column.kind === "number" && html` class="num"`}>${column.header}</th>`;

/** Rows split where a new group opens. */
function grouped(rows: readonly TableRow[]): ReadonlyArray<readonly TableRow[]> {
  const starts = rows.flatMap((row, i) => (i > 0 && row.group !== undefined ? [i] : []));
  return [0, ...starts].map((start, i) => rows.slice(start, starts[i])).filter((part) => part.length > 0);
}

function bodyOf(rows: readonly TableRow[], columns: readonly ShownColumn[], ranks: Ranks): Markup {
  const group = rows[0]?.group;
  return html`<tbody role="rowgroup">${group !== undefined && groupRow(group, columns.length)}${rows.map((row) =>
    bodyRow(row, columns, ranks),
  )}</tbody>
`;
}

const groupRow = (name: string, span: number): Markup =>
  html`<tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan="${span}">${name}</th></tr>`;

function bodyRow(row: TableRow, columns: readonly ShownColumn[], ranks: Ranks): Markup {
  const header = Math.max(
    0,
    columns.findIndex(({ column }) => column.kind === "name"),
  );
  const cells =
    row.words === undefined
      ? columns.map((shown, i) => bodyCell(shown, row.cells[shown.index], i === header, ranks))
      : [
          ...columns.slice(header, header + 1).map((shown) => bodyCell(shown, row.cells[shown.index], true, ranks)),
          html`<td role="cell" class="words" colspan="${columns.length - 1}">${row.words}</td>`,
        ];
  return html`<tr role="row"${row.sum === true && html` class="sum"`}>${cells}</tr>`;
}

/** Words in a number's place that would widen the column by more than a number does. */
const isSentence = (cell: TableCell | undefined): boolean =>
  cell !== undefined && cell.value === undefined && cell.text.length > 24;

type Ranks = ReturnType<typeof ranksOf>;

function bodyCell({ column }: ShownColumn, cell: TableCell | undefined, header: boolean, ranks: Ranks): Markup {
  const own = cell === undefined ? undefined : ranks.get(cell);
  const rank = own !== undefined && html` data-rank="${own}"`;
  const content = html`${cell?.text}${cell?.detail !== undefined && html`<small>${cell.detail}</small>`}`;
  if (header) return html`<th role="rowheader" scope="row"${rank}>${content}</th>`;
  const place = column.kind === "number" ? `num${isSentence(cell) ? " said" : ""}` : "txt";
  return html`<td role="cell" class="${place}" data-l="${column.header}"${rank}>${content.markup !== "" && html`<span>${content}</span>`}</td>`;
}
