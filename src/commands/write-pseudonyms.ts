import { dirname, resolve } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { csvField } from "../csv-field.ts";
import { closest } from "../ingest/closest.ts";
import { isNationalNumber } from "../ingest/national-numbers.ts";
import { type KeyOrigin, pseudonym, pseudonymKey } from "../ingest/pseudonym.ts";
import { readTable } from "../ingest/read-table.ts";
import { UserError } from "../user-error.ts";

/**
 * Writes a CSV in which one column's identifiers are pseudonyms (empty cells stay empty, blanks around them don't count),
 * and says what was done. Two parties that use one key and one domain get equal pseudonyms for equal identifiers.
 * @throws UserError without a key (the demo key is refused), or where the file lacks the column or holds none of it
 */
export async function writePseudonyms(
  file: string,
  { column, domain, out }: { readonly column: string; readonly domain: string; readonly out: string },
  origin: KeyOrigin,
): Promise<string> {
  if (!/^[a-z][a-z0-9-]*$/.test(domain))
    throw new UserError(`--domain: '${domain}' takes small letters, digits and hyphens, e.g. participant`);
  if (resolve(out) === resolve(file)) throw new UserError(`--out: '${out}' is the file itself; name another`);
  const key = pseudonymKey(origin, dirname(resolve(file)), false);
  const { columns, rows } = await readTable(file, {});
  const at = columns.indexOf(column);
  if (at < 0) throw new UserError(`${file} has no column '${column}'; ${closest(column, columns)}`);
  const others = columns.filter((_, i) => i !== at && rows.some((row) => isNationalNumber(row[i] ?? "")));
  if (others.length > 0)
    throw new UserError(
      others.map((name) => `${file}, \`${name}\` holds Belgian national numbers; take the column out`),
    );
  const replaced = rows.map((row) => columns.map((_, i) => (i === at ? cell(row[i]) : (row[i] ?? ""))));
  const lines = [columns, ...replaced].map((row) => row.map(csvField).join(","));
  await writeFileAtomic(out, `${lines.join("\r\n")}\r\n`);
  const filled = replaced.filter((row) => row[at] !== "").length;
  return `${out}: ${filled} pseudonyms in \`${column}\` (domain ${domain}), ${rows.length - filled} empty cells\n`;

  function cell(text: string | undefined): string {
    const identifier = (text ?? "").trim();
    return identifier === "" ? "" : pseudonym(key, domain, identifier);
  }
}
