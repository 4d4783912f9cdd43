// Reads the small ZIP files that bills come in: stored or deflated entries, nothing else. What it does not know it refuses, and what it
// gives out is whole by size and CRC-32. Source: PKWARE APPNOTE 6.3, 4.3 (records) and 4.4 (fields).
import { crc32, inflateRawSync } from 'node:zlib';
import { causeOf } from './https.ts';

export type ZipEntry = { name: string; bytes: Buffer };

class ZipFault extends Error {}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_bytes = 22;
const ENTRY_bytes = 46;
const LOCAL_bytes = 30;
const ENTRIES = 64;
/** Deflate's options (bits 1, 2), sizes behind the data (3), names in UTF-8 (11): all that changes nothing else. */
const KNOWN_FLAGS = 0b1000_0000_1110;
const UTF8_flag = 0x800;

/** The end record is where its own length says that the file ends. */
function endOf(bytes: Buffer): number {
  for (let at = bytes.length - END_bytes; at >= 0 && at >= bytes.length - END_bytes - 0xffff; at -= 1) {
    if (bytes.readUInt32LE(at) !== END_SIGNATURE) continue;
    if (at + END_bytes + bytes.readUInt16LE(at + 20) === bytes.length) return at;
  }
  throw new ZipFault('no end record: no ZIP file, or cut short');
}

function nameOf(raw: Buffer, flags: number): string {
  try {
    // Chinese makers write names in GBK and do not say so.
    return new TextDecoder((flags & UTF8_flag) === 0 ? 'gbk' : 'utf-8', { fatal: true }).decode(raw);
  } catch {
    throw new ZipFault('a name is no text');
  }
}

type Place = {
  name: string;
  rawName: Buffer;
  flags: number;
  method: number;
  crc: number;
  packed_bytes: number;
  size_bytes: number;
  localAt: number;
  next: number;
};

function placeOf(bytes: Buffer, at: number, end: number): Place {
  if (at + ENTRY_bytes > end || bytes.readUInt32LE(at) !== ENTRY_SIGNATURE)
    throw new ZipFault('the directory is broken');
  const flags = bytes.readUInt16LE(at + 8);
  const method = bytes.readUInt16LE(at + 10);
  const nameLength = bytes.readUInt16LE(at + 28);
  const next = at + ENTRY_bytes + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  if (next > end) throw new ZipFault('the directory is broken');
  const rawName = bytes.subarray(at + ENTRY_bytes, at + ENTRY_bytes + nameLength);
  if ((flags & ~KNOWN_FLAGS) !== 0) throw new ZipFault(`flags ${flags}: encrypted, or of a kind not known`);
  if (method !== 0 && method !== 8) throw new ZipFault(`packing method ${method}`);
  return {
    name: nameOf(rawName, flags),
    rawName,
    flags,
    method,
    crc: bytes.readUInt32LE(at + 16),
    packed_bytes: bytes.readUInt32LE(at + 20),
    size_bytes: bytes.readUInt32LE(at + 24),
    localAt: bytes.readUInt32LE(at + 42),
    next,
  };
}

/** The packed bytes; the header before them must tell the same as the directory. */
function packedOf(bytes: Buffer, place: Place, directoryAt: number): Buffer {
  const { name, rawName, flags, method, localAt, packed_bytes } = place;
  if (localAt + LOCAL_bytes > directoryAt || bytes.readUInt32LE(localAt) !== LOCAL_SIGNATURE)
    throw new ZipFault(`${name}: is not where the directory says`);
  const nameLength = bytes.readUInt16LE(localAt + 26);
  const nameAt = localAt + LOCAL_bytes;
  const dataAt = nameAt + nameLength + bytes.readUInt16LE(localAt + 28);
  const isSame =
    bytes.readUInt16LE(localAt + 6) === flags &&
    bytes.readUInt16LE(localAt + 8) === method &&
    bytes.subarray(nameAt, nameAt + nameLength).equals(rawName);
  if (!isSame) throw new ZipFault(`${name}: header and directory differ`);
  if (dataAt + packed_bytes > directoryAt) throw new ZipFault(`${name}: is cut short`);
  return bytes.subarray(dataAt, dataAt + packed_bytes);
}

function inflated(name: string, packed: Buffer, size_bytes: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: size_bytes + 1 });
  } catch (error) {
    throw new ZipFault(`${name}: ${causeOf(error)}`);
  }
}

function contentOf(bytes: Buffer, place: Place, directoryAt: number): ZipEntry {
  const { name, method, size_bytes, crc } = place;
  const packed = packedOf(bytes, place, directoryAt);
  const content = method === 0 ? packed : inflated(name, packed, size_bytes);
  if (content.length !== size_bytes)
    throw new ZipFault(`${name}: has ${content.length} bytes, not ${size_bytes}`);
  if (crc32(content) !== crc) throw new ZipFault(`${name}: its CRC-32 differs`);
  return { name, bytes: content };
}

function entriesOf(bytes: Buffer, limit_bytes: number): ZipEntry[] {
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  const disks = [
    bytes.readUInt16LE(end + 4),
    bytes.readUInt16LE(end + 6),
    bytes.readUInt16LE(end + 8) - count,
  ];
  if (disks.some((disk) => disk !== 0)) throw new ZipFault('is one of several volumes');
  if (count > ENTRIES) throw new ZipFault(`${count} entries`);
  const directoryAt = bytes.readUInt32LE(end + 16);
  // Also what a 64-bit archive says here: its numbers stand elsewhere.
  if (directoryAt + bytes.readUInt32LE(end + 12) !== end)
    throw new ZipFault('the directory is not where it should be');
  const entries: ZipEntry[] = [];
  let at = directoryAt;
  let left_bytes = limit_bytes;
  for (let index = 0; index < count; index += 1) {
    const place = placeOf(bytes, at, end);
    at = place.next;
    left_bytes -= place.size_bytes;
    if (left_bytes < 0) throw new ZipFault('unpacks to too much');
    if (!place.name.endsWith('/')) entries.push(contentOf(bytes, place, directoryAt));
  }
  if (at !== end) throw new ZipFault('the directory is broken');
  return entries;
}

/** All files in it, in the order of its directory, folders left out; or why it is refused. `limit_bytes`: of all contents together. */
export function unzip(bytes: Buffer, limit_bytes: number): ZipEntry[] | { fault: string } {
  try {
    return entriesOf(bytes, limit_bytes);
  } catch (error) {
    if (error instanceof ZipFault) return { fault: error.message };
    throw error;
  }
}
