import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { crc32, createGunzip } from "node:zlib";
import { Unzip, type UnzipFile, UnzipInflate } from "fflate";
import { UserError } from "../../user-error.ts";
import { type InflateLimits, inflateMeter, refuseBomb } from "./inflate-limits.ts";
import { type ZipEntry, zipEntries } from "./zip-entries.ts";

/** A file as it is read: itself, or what was packed in it, with the name that tells its format. */
interface UnpackedFile {
  readonly absolute: string;
  readonly name: string;
  readonly packing?: "gzip" | "zip";
}

/**
 * Unpacks NAME.gz and NAME.zip (its one file, or the one that `member` names) into a folder; other files are handed back as they are.
 * @throws UserError when it is damaged, holds no or several files, or passes a limit while it grows
 */
export async function unpacked(
  path: string,
  label: string,
  folder: string,
  member?: string,
  limits?: InflateLimits,
): Promise<UnpackedFile> {
  const ending = extname(path).toLowerCase();
  if (ending === ".gz") {
    const name = basename(path, extname(path));
    const absolute = join(folder, `unpacked-${name}`);
    await gunzip(path, label, absolute, limits);
    return { absolute, name, packing: "gzip" };
  }
  if (ending === ".zip") {
    const absolute = join(folder, `unpacked-${basename(path)}`);
    return { absolute, name: await unzipOne(path, label, absolute, member, limits), packing: "zip" };
  }
  return { absolute: path, name: path };
}

async function gunzip(path: string, label: string, target: string, limits?: InflateLimits): Promise<void> {
  const meter = inflateMeter(label, limits);
  const file = openSync(target, "w", 0o600);
  const input = createReadStream(path, { highWaterMark: 1 << 13 });
  input.on("data", (piece) => meter.takes(piece.length));
  const output = createGunzip();
  input.on("error", (error) => output.destroy(error));
  try {
    for await (const piece of input.pipe(output) as AsyncIterable<Buffer>) {
      meter.makes(piece.length);
      writeSync(file, piece);
    }
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${label} is not a whole gzip file; pack or send it again`, { cause });
  } finally {
    input.destroy();
    closeSync(file);
  }
}

/** Only the entry's bytes are taken; its name tells the format and is never used as a path. */
async function unzipOne(
  path: string,
  label: string,
  target: string,
  member: string | undefined,
  limits?: InflateLimits,
): Promise<string> {
  const meter = inflateMeter(label, limits);
  const wanted = chosen(label, await zipEntries(path), member);
  refuseBomb(label, wanted, limits);
  let crc = 0;
  let bytesMade = 0;
  let whole = false;
  const file = openSync(target, "w", 0o600);
  const onFile = (entry: UnzipFile): void => {
    if (entry.name !== wanted.streamName) return;
    entry.ondata = (error, bytes, final) => {
      if (error !== null) throw error;
      whole ||= final;
      meter.makes(bytes.length);
      bytesMade += bytes.length;
      if (bytesMade > wanted.bytes) throw new Error("it holds more than its directory says");
      crc = crc32(bytes, crc);
      writeSync(file, bytes);
    };
    entry.start();
  };
  try {
    const unzip = new Unzip(onFile);
    unzip.register(UnzipInflate);
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 13 }) as AsyncIterable<Buffer>) {
      meter.takes(piece.length);
      unzip.push(piece, false);
    }
    unzip.push(new Uint8Array(0), true);
    if (!whole) throw new Error("the file ends inside an entry");
    if (crc !== wanted.crc || bytesMade !== wanted.bytes) throw new Error("the checksum differs");
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${label} is not a whole zip file; pack or send it again`, { cause });
  } finally {
    closeSync(file);
  }
  return wanted.name;
}

/** The one file of a zip that is meant, hidden ones and macOS's own left out: the only one, or the only one of the name or pattern given. */
function chosen(label: string, entries: readonly ZipEntry[] | undefined, member: string | undefined): ZipEntry {
  if (entries === undefined) throw new UserError(`${label} is not a whole zip file; pack or send it again`);
  const files = entries.filter(({ name }) => !name.endsWith("/") && !/(^|\/)(\.(?!\.?\/)|__MACOSX\/)/.test(name));
  const fitting = member === undefined ? files : files.filter(({ name }) => fits(name, member));
  const [only, ...more] = fitting;
  const names = files
    .slice(0, 5)
    .map(({ name }) => name)
    .join(", ");
  if (member !== undefined && only === undefined)
    throw new UserError(`${label} holds no file '${member}'; it holds ${names || "nothing"}`);
  if (only === undefined || more.length > 0)
    throw new UserError(
      `${label} holds ${fitting.length} files${more.length > 0 ? ` (${names})` : ""}${member === undefined ? "" : ` like '${member}'`}; ` +
        "pack one file in each zip, or name the one to read (zip.member in the mapping, --member)",
    );
  if (only.encrypted) throw new UserError(`${label} is protected by a password; send it without`);
  return only;
}

/** Whether a packed file's path, or its last part, is of a pattern (`*`, `?`). */
function fits(name: string, pattern: string): boolean {
  const signs = pattern
    .replaceAll(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^(.*/)?${signs}$`, "u").test(name);
}
