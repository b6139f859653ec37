import { crc32, deflateRawSync } from 'node:zlib';

// A zip as PKWARE's APPNOTE.TXT 6.3 says, as little of it as a folder of small files takes.

const [ENTRY, LISTED, END] = [0x04034b50, 0x02014b50, 0x06054b50];
/** Version 2.0 on both sides; made on Unix, so that the rights are read. */
const [NEEDS, MADE_BY] = [20, (3 << 8) | 20];
const UTF8 = 1 << 11;
const DEFLATED = 8;
/** 1980-01-01, 00:00, the first moment that a zip can name: when a file was built says nothing about the file. */
const [TIME, DATE] = [0, 0x21];
/** A plain file that its owner may write and everybody may read. */
const RIGHTS = 0o100644 * 2 ** 16;

const two = (...values: readonly number[]): Buffer =>
  Buffer.from(values.flatMap((value) => [value & 0xff, value >>> 8]));
const four = (...values: readonly number[]): Buffer =>
  Buffer.concat(values.map((value) => two(value & 0xffff, value >>> 16)));

/** A zip of files by their paths, in the order of these, without times and owners: the same files give the same bytes. */
export function zipOf(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const entries: Buffer[] = [];
  const listed: Buffer[] = [];
  let at = 0;
  for (const [path, content] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(content, { level: 9 });
    const about = Buffer.concat([
      two(NEEDS, UTF8, DEFLATED, TIME, DATE),
      four(crc32(content), packed.length, content.length),
      two(name.length, 0),
    ]);
    const entry = Buffer.concat([four(ENTRY), about, name, packed]);
    listed.push(Buffer.concat([four(LISTED), two(MADE_BY), about, two(0, 0, 0), four(RIGHTS, at), name]));
    entries.push(entry);
    at += entry.length;
  }
  const list = Buffer.concat(listed);
  const count = entries.length;
  return Buffer.concat([...entries, list, four(END), two(0, 0, count, count), four(list.length, at), two(0)]);
}
