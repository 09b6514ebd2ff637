import { createReadStream } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { crc32 } from "node:zlib";
import { Unzip, UnzipInflate } from "fflate";
import { UserError } from "../../user-error.ts";
import { inflateMeter, refuseBomb } from "../files/inflate-limits.ts";
import { zipEntries } from "../files/zip-entries.ts";

/** Takes a part of a workbook as it is unpacked. */
export interface PartReader {
  write(piece: string): void;
}

/** Streams the parts that `readerOf` wants; compressed bytes go in small pieces, so that no piece can grow beyond 8 MiB. */
export async function readParts(
  path: string,
  label: string,
  readerOf: (part: string) => PartReader | undefined,
): Promise<void> {
  const entries = new Map((await zipEntries(path).catch(() => undefined))?.map((entry) => [entry.name, entry]));
  for (const [name, entry] of entries) if (readerOf(name) !== undefined) refuseBomb(label, entry);
  const meter = inflateMeter(label);
  const unfinished = new Set<string>();
  const checksums = new Map<string, number>();
  const unzip = new Unzip((entry) => {
    const reader = readerOf(entry.name);
    if (reader === undefined) return;
    const stated = entries.get(entry.name)?.bytes ?? 0;
    let made = 0;
    const decoder = new StringDecoder("utf8");
    unfinished.add(entry.name);
    entry.ondata = (error, bytes, final) => {
      if (error !== null) throw error;
      if (final) unfinished.delete(entry.name);
      meter.makes(bytes.length);
      made += bytes.length;
      if (made > stated) throw new Error("it holds more than its directory says");
      checksums.set(entry.name, crc32(bytes, checksums.get(entry.name) ?? 0));
      reader.write(decoder.write(bytes as Buffer));
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 13 }) as AsyncIterable<Buffer>) {
      meter.takes(piece.length);
      unzip.push(piece, false);
    }
    unzip.push(new Uint8Array(0), true);
    const damaged = [...entries.values()].find(({ name, crc }) => (checksums.get(name) ?? crc) !== crc);
    if (damaged !== undefined) throw new Error(`the checksum of ${damaged.name} differs`);
    if (unfinished.size > 0) throw new Error(`the file ends inside ${[...unfinished].join(", ")}`);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${label} is not a readable XLSX workbook; save it again from Excel`, { cause });
  }
}
