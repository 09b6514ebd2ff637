import { STAGED_CODES } from "../../catalogue/staging.ts";
import type { SqlEngine } from "../../engine/engine.ts";
import { isComputed, isDirect, mappableColumns, type SourceMapping, type TableMapping } from "../mapping/mapping.ts";
import { sendersName } from "../rules/incoming.ts";

interface MappedFile {
  readonly fileId: number;
  readonly source: SourceMapping;
  readonly mapping: TableMapping;
  readonly path: string;
}

/**
 * Whether a text is a Belgian national number or BIS number: YYMMDD-SSS-CC, months raised by 20 or 40 in BIS numbers,
 * CC = 97 - (first nine digits mod 97), with a 2 in front of the nine for births from 2000.
 */
export function isNationalNumber(text: string): boolean {
  if (text.length < 11 || !/^\d{2}[. ]?\d{2}[. ]?\d{2}[- ]?\d{3}[. ]?\d{2}$/.test(text.trim())) return false;
  const digits = text.replaceAll(/\D/g, "");
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  if (month > 52 || month % 20 > 12 || day > 31) return false;
  const check = Number(digits.slice(9));
  return [digits.slice(0, 9), `2${digits.slice(0, 9)}`].some((nine) => 97 - (Number(nine) % 97) === check);
}

/**
 * One sentence for each column of identifiers or free text that holds national numbers without a stated authorisation.
 * The numbers themselves are never repeated.
 */
export async function nationalNumbers(engine: SqlEngine, files: readonly MappedFile[]): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { fileId, source, mapping, path } of files) {
    if (source.nationalNumbers !== undefined) continue;
    for (const [field, given] of Object.entries(mapping.columns)) {
      const isText = mappableColumns(mapping.table)[field] === "VARCHAR" && STAGED_CODES[field] === undefined;
      if (!isText || (!isDirect(given) && !isComputed(given))) continue;
      const suspects = await suspectRows(engine, mapping.table, field, fileId);
      const found = suspects.filter(({ value }) => isNationalNumber(value));
      const [first] = found;
      if (first === undefined) continue;
      problems.push(
        `${path}, \`${sendersName(mapping, field)}\` holds Belgian national numbers (first in row ${first.row}); ` +
          `have it pseudonymised by its sender, or state the authorisation in ${source.source}.yaml, nationalNumbers`,
      );
    }
  }
  return problems;
}

/** Texts of eleven digits whose check digits fit; a thousand are enough to be sure. */
async function suspectRows(
  engine: SqlEngine,
  table: string,
  field: string,
  fileId: number,
): Promise<ReadonlyArray<{ readonly row: number; readonly value: string }>> {
  const digits = `regexp_replace(${field}, '[^0-9]', '', 'g')`;
  const nine = `cast(substr(${digits}, 1, 9) as bigint)`;
  const check = `cast(substr(${digits}, 10, 2) as bigint)`;
  const rows = await engine.rows(
    {
      name: `incoming.${table}.${field}`,
      // Few texts are so long: told apart first, or the engine works out the check digits of every row.
      text: `with long as materialized (
          select source_row, ${field} from incoming.${table} where file_id = $id and strlen(${field}) >= 11
        )
        select source_row, ${field} as value from long
        where length(${field}) between 11 and 16
          and regexp_full_match(${field}, '[0-9]{2}[. ]?[0-9]{2}[. ]?[0-9]{2}[- ]?[0-9]{3}[. ]?[0-9]{2}')
          and (97 - ${nine} % 97 = ${check} or 97 - (2000000000 + ${nine}) % 97 = ${check})
        order by source_row limit 1000`,
    },
    { id: fileId },
  );
  return rows.map(({ source_row, value }) => ({ row: Number(source_row), value: String(value) }));
}
