import { crc32, inflateRawSync } from 'node:zlib';

const END_BYTES = 22;
const LISTED_BYTES = 46;
const ENTRY_BYTES = 30;

/** The files of a zip by their paths, as its directory names them. Throws where the two do not agree. */
export function unzipped(zip: Buffer): ReadonlyMap<string, Buffer> {
  const end = zip.length - END_BYTES;
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const path = zip.toString('utf8', at + LISTED_BYTES, at + LISTED_BYTES + zip.readUInt16LE(at + 28));
    const entry = zip.readUInt32LE(at + 42);
    const from = entry + ENTRY_BYTES + zip.readUInt16LE(entry + 26) + zip.readUInt16LE(entry + 28);
    const content = inflateRawSync(zip.subarray(from, from + zip.readUInt32LE(at + 20)));
    if (crc32(content) !== zip.readUInt32LE(at + 16)) throw new Error(`${path} is not what the directory says`);
    files.set(path, content);
    at += LISTED_BYTES + Buffer.byteLength(path);
  }
  if (at !== end) throw new Error('the directory does not end where it says');
  return files;
}
