import { quoteIdentifier } from "../../engine/engine.ts";
import type { ReadRequest } from "../files/formats.ts";
import type { RawTable } from "../files/raw-table.ts";

/** A large plain file, typed while the engine reads it; rows it can't vouch for are handed back as a raw table. */
export interface PlainFile {
  /** SELECT of the typed rows, with file_id and source_row. */
  readonly select: string;
  /** The same with codes as enumerations, as they are kept. */
  readonly coded: string;
  /** SQL of a kept row's number in the file. */
  readonly sourceRow: string;
  readonly rows: number;
  readonly doubtful: RawTable;
}

/** A staged column as a plain file gives it. */
export interface PlainColumn {
  readonly name: string;
  /** SQL over the file's own columns. */
  readonly value: string;
  /** The value is the same in every row, and kept in none. */
  readonly isConstant?: true;
  /** The value is an enumeration, which stands for a text. */
  readonly isCode?: true;
  /** SQL over the file's own columns and the value (see `valueName`), never null where it is true: the row has to be read again by the general way. */
  readonly odd?: string;
}

/** How a column's value is called while it's judged, beside the file's own columns. */
export const valueName = (name: string): string => quoteIdentifier(`value of ${name}`);

/** SELECT of what is kept of each row of a file: the values that differ, each worked out once, and whether the row is odd. */
export function storedRows(columns: readonly PlainColumn[], file: string): string {
  const own = columns.filter(({ isConstant }) => isConstant !== true);
  const odd = own.flatMap((column) => (column.odd === undefined ? [] : [column.odd]));
  const kept = own.map(({ name }) => `${valueName(name)} as ${name}`);
  const worked = own.map(({ name, value }) => `, ${value} as ${valueName(name)}`);
  return `select ${[...kept, `${odd.length === 0 ? "false" : `coalesce(${odd.join(" or ")}, false)`} as odd`].join(", ")}
    from (select *${worked.join("")} from ${file})`;
}

/** Takes the odd rows out once and for all, so that no later pass asks; the numbers (rowid) of the others stay, since nothing is compacted in memory. */
export const dropOdd = ({ engine, sqlName }: Pick<ReadRequest, "engine" | "sqlName">): Promise<void> =>
  engine.execute({ name: sqlName, text: `delete from ${sqlName} where odd` });

/** How the kept rows of a file are read: all columns of the staged table, with file_id and source_row. */
export function plainRows(
  fileId: number,
  sqlName: string,
  sourceRow: string,
  columns: readonly PlainColumn[],
): Pick<PlainFile, "select" | "coded" | "sourceRow"> {
  const selecting = (code: (name: string) => string): string => {
    const own = columns.map(({ name, value, isConstant, isCode }) =>
      isConstant ? `${value} as ${name}` : isCode ? `${code(name)} as ${name}` : name,
    );
    return `select ${[`${fileId} as file_id`, `${sourceRow} as source_row`, ...own].join(", ")} from ${sqlName}`;
  };
  return { select: selecting((name) => `cast(${name} as varchar)`), coded: selecting((name) => name), sourceRow };
}

/** Files of fewer bytes are read by the general way, which costs them little; Parquet packs some ten times as much in a byte. */
export const PLAIN_FROM = { csv: 1 << 21, parquet: 1 << 18 } as const;
