import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { closest } from "../closest.ts";
import { csvText } from "../csv-field.ts";
import { rowStream } from "../ingest/files/row-stream.ts";
import { isNationalNumber } from "../ingest/identity/national-numbers.ts";
import { type KeyOrigin, pseudonym, pseudonymKey } from "../ingest/identity/pseudonym.ts";
import { makeFolder } from "../publish/make-folder.ts";
import { hasCode, isFolder } from "../publish/read-if-there.ts";
import { UserError } from "../user-error.ts";

/** Remarks on the file that are told. */
const MOST_REMARKS = 20;

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
  makeFolder(dirname(resolve(out)));
  if (isFolder(out)) throw new UserError(`--out: '${out}' is a folder; name a file`);
  const key = pseudonymKey(origin, dirname(resolve(file)), false);
  const { columns, pieces, remarks } = await rowStream(file);
  const at = columns.indexOf(column);
  if (at < 0) throw new UserError(`${file} has no column '${column}'; ${closest(column, columns)}`);
  const national = new Set<string>();
  let [filled, empty] = [0, 0];
  await writeStreamed(out, replaced());
  const told = remarks.slice(0, MOST_REMARKS).map((remark) => `  ${file}: ${remark}\n`);
  const more = remarks.length > told.length ? `  and ${remarks.length - told.length} more remarks\n` : "";
  return `${out}: ${filled} pseudonyms in \`${column}\` (domain ${domain}), ${empty} empty cells\n${told.join("")}${more}`;

  async function* replaced(): AsyncGenerator<string> {
    yield csvText([columns]);
    for await (const rows of pieces)
      yield csvText(rows.map((row) => columns.map((name, i) => leaving(row[i] ?? "", name, i))));
    if (national.size > 0)
      throw new UserError(
        [...national].map((name) => `${file}, \`${name}\` holds Belgian national numbers; take the column out`),
      );
  }

  function leaving(text: string, name: string, i: number): string {
    if (i === at) return cell(text);
    if (isNationalNumber(text)) national.add(name);
    return text;
  }

  function cell(text: string): string {
    const identifier = text.trim();
    if (identifier === "") {
      empty++;
      return "";
    }
    filled++;
    return pseudonym(key, domain, identifier);
  }
}

/** Writes texts one after the other; the file is there once all are, or not at all. */
async function writeStreamed(out: string, texts: AsyncIterable<string>): Promise<void> {
  const partial = `${out}.${process.pid}.partial`;
  try {
    await pipeline(Readable.from(texts), createWriteStream(partial, { flush: true }));
    await rename(partial, out);
  } catch (error) {
    await rm(partial, { force: true });
    if (hasCode(error, "ENOENT"))
      throw new UserError(`--out: '${out}' can't be written, since its folder takes no files; name one elsewhere`);
    throw error;
  }
}
