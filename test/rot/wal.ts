// How far a WAL file is alive: frames of an earlier round stand behind the end, and nothing reads them.
const HEADER_bytes = 32;
const FRAME_HEADER_bytes = 24;
const SALTS_bytes = 8;

/** Where each live frame begins. Their salts are the header's. */
export function liveFrames(wal: Buffer): number[] {
  if (wal.length < HEADER_bytes) return [];
  const width = FRAME_HEADER_bytes + wal.readUInt32BE(8);
  const salts = wal.subarray(16, 16 + SALTS_bytes);
  const starts: number[] = [];
  for (let at = HEADER_bytes; at + width <= wal.length; at += width) {
    if (!wal.subarray(at + 8, at + 8 + SALTS_bytes).equals(salts)) break;
    starts.push(at);
  }
  return starts;
}
