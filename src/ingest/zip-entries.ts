import { open } from "node:fs/promises";

/** What a zip file's directory says of one packed file. */
export interface ZipEntry {
  readonly name: string;
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
    entries.push({
      name: directory.toString("utf8", at + 46, behind),
      crc: directory.readUInt32LE(at + 16),
      bytes: sizeOf(directory, at, behind, extra),
      packed: directory.readUInt32LE(at + 20),
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
    });
    at = behind + extra + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** Unpacked size; in the extra field's first number where 32 bits don't hold it. */
function sizeOf(directory: Buffer, at: number, from: number, length: number): number {
  const size = directory.readUInt32LE(at + 24);
  if (size !== 0xffffffff) return size;
  for (let place = from; place + 4 <= from + length; place += 4 + directory.readUInt16LE(place + 2))
    if (directory.readUInt16LE(place) === 1 && place + 12 <= directory.length)
      return Number(directory.readBigUInt64LE(place + 4));
  return size;
}
