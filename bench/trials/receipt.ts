// One receipt encoded by the product, by hand and by four npm encoders, in turns; and whether the product's columns are exact.
import iconv from 'iconv-lite';
import { encodeReceipt } from '../../drivers/printer/encode.ts';
import { printerProfiles } from '../../drivers/printer/profile.ts';
import { benchReceipt, COLUMNS, endPairs, pairs } from '../support/bench-receipt.ts';
import { handReceipt, widthOf } from '../support/hand-receipt.ts';
import { peerReceipts } from '../support/peer-receipts.ts';
import { trialInput, trialResult } from '../support/trial-input.ts';

export type ReceiptInput = { rounds: number };
/** Microseconds a receipt, by round. */
export type Encoded = { name: string; bytes: number; us: number[]; misplaced: number };

const SLICE_ms = 60;

/** Commands of two and three bytes that stand before text on its line. */
const COMMANDS = /\u001b[aEG!].|\u001d[!BLW].|\u001c[&.]|\u001b[@2]/gs;

/** Lines of two columns whose right one does not end at the edge, by what the printer gets: two columns for a Hanzi. */
function misplaced(bytes: Uint8Array): number {
  const lines = iconv.decode(Buffer.from(bytes), 'gb18030').replace(COMMANDS, '').split(/\r?\n/);
  const wanted = [...pairs, ...endPairs].filter(([, right]) => right !== '');
  return wanted.filter(
    ([left, right]) =>
      !lines.some((line) => line.startsWith(left) && line.endsWith(right) && widthOf(line) === COLUMNS),
  ).length;
}

type Maker = { name: string; make: () => Promise<Uint8Array> | Uint8Array };

async function each_us(make: Maker['make']): Promise<number> {
  const started_ms = performance.now();
  let count = 0;
  do {
    const made = make();
    if (made instanceof Promise) await made;
    count += 1;
  } while (performance.now() - started_ms < SLICE_ms);
  return ((performance.now() - started_ms) * 1000) / count;
}

async function measure({ rounds }: ReceiptInput): Promise<Encoded[]> {
  const makers: Maker[] = [
    { name: 'ours', make: () => encodeReceipt(benchReceipt, printerProfiles.generic80, 0) },
    { name: 'hand', make: handReceipt },
    ...peerReceipts(),
  ];
  const encoded: Encoded[] = [];
  for (const { name, make } of makers) {
    const bytes = await make();
    encoded.push({ name, bytes: bytes.length, us: [], misplaced: misplaced(bytes) });
    await each_us(make);
  }
  for (let round = 0; round < rounds; round += 1)
    for (const [index, { make }] of makers.entries()) encoded[index]?.us.push(await each_us(make));
  return encoded;
}

trialResult({ encoded: await measure(trialInput<ReceiptInput>()) });
