import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";
import iconv from "iconv-lite";

/** What a zip file's directory says of one packed file. */
export interface ZipEntry {
  readonly name: string;
  /** The same name with a sign for each byte, unless the archive marks it as UTF-8: as a stream of its entries has it. */
  readonly streamName: string;
  /** CRC-32 of its unpacked bytes, and how many they are. */
  readonly crc: number;
  readonly bytes: number;
  /** Bytes it takes in the zip file. */
  readonly packed: number;
  readonly encrypted: boolean;
}

const DIRECTORY_END = 0x06054b50;
const DIRECTORY_END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
/** The end record and the longest comment behind it. */
const LONGEST_END = 22 + 0xffff;
/** A directory is refused beyond this: no zip of tables has a million entries. */
const LARGEST_DIRECTORY = 1 << 26;
/** Bit 11 of an entry's flags: its name is in UTF-8 (APPNOTE.TXT 4.4.4). */
const NAME_IS_UTF8 = 1 << 11;

/** The entries of a zip file by its directory (APPNOTE.TXT 4.3.12 - 4.3.16), undefined when it has none that can be read. */
export async function zipEntries(path: string): Promise<readonly ZipEntry[] | undefined> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const read = async (from: number, length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    };
    const tailFrom = Math.max(0, size - LONGEST_END);
    const tail = await read(tailFrom, size - tailFrom);
    let at = tail.length - 22;
    while (at >= 0 && tail.readUInt32LE(at) !== DIRECTORY_END) at--;
    if (at < 0) return undefined;
    let length = tail.readUInt32LE(at + 12);
    let from = tail.readUInt32LE(at + 16);
    if (at >= 20 && tail.readUInt32LE(at - 20) === LOCATOR_64) {
      const end = await read(Number(tail.readBigUInt64LE(at - 12)), 56);
      if (end.length < 56 || end.readUInt32LE(0) !== DIRECTORY_END_64) return undefined;
      length = Number(end.readBigUInt64LE(40));
      from = Number(end.readBigUInt64LE(48));
    }
    if (length > LARGEST_DIRECTORY || from + length > size) return undefined;
    return entriesIn(await read(from, length));
  } finally {
    await file.close();
  }
}

function entriesIn(directory: Buffer): readonly ZipEntry[] | undefined {
  const entries: ZipEntry[] = [];
  for (let at = 0; at < directory.length; ) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY) return undefined;
    const name = directory.readUInt16LE(at + 28);
    const extra = directory.readUInt16LE(at + 30);
    const behind = at + 46 + name;
    const flags = directory.readUInt16LE(at + 8);
    const nameBytes = directory.subarray(at + 46, behind);
    entries.push({
      name: nameIn(nameBytes, flags),
      streamName: nameBytes.toString((flags & NAME_IS_UTF8) === 0 ? "latin1" : "utf8"),
      crc: directory.readUInt32LE(at + 16),
      bytes: sizeOf(directory, at, behind, extra),
      packed: directory.readUInt32LE(at + 20),
      encrypted: (flags & 1) === 1,
    });
    at = behind + extra + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** What isn't UTF-8, marked or not, is in the code page of DOS, as Windows writes it. */
const nameIn = (bytes: Buffer, flags: number): string =>
  (flags & NAME_IS_UTF8) !== 0 || isUtf8(bytes) ? bytes.toString("utf8") : iconv.decode(bytes, "cp437");

/** Unpacked size; in the extra field's first number where 32 bits don't hold it. */
function sizeOf(directory: Buffer, at: number, from: number, length: number): number {
  const size = directory.readUInt32LE(at + 24);
  if (size !== 0xffffffff) return size;
  for (let place = from; place + 4 <= from + length; place += 4 + directory.readUInt16LE(place + 2))
    if (directory.readUInt16LE(place) === 1 && place + 12 <= directory.length)
      return Number(directory.readBigUInt64LE(place + 4));
  return size;
}
