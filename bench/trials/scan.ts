// Scans at a real core: goods until their line is in the snapshot of the control socket, in turns with a bare read of a like device;
// then whole payments: code to request, answer to the first printed byte.
import { readFileSync } from 'node:fs';
import { codeMaker } from '../../fixtures/codes.ts';
import { type BenchShop, openBenchShop } from '../support/bench-shop.ts';
import { monotonic_ms } from '../support/monotonic.ts';
import { compileProgram } from '../support/native.ts';
import { startBareReader, startPtyDevice } from '../support/pty-device.ts';
import type { Passing } from '../support/tap.ts';
import { trialInput, trialResult } from '../support/trial-input.ts';

export type ScanInput = {
  directory: string;
  rounds: number;
  scans: number;
  payments: number;
  seed: number;
};
export type ScanResult = {
  rounds: { line: number[]; bare: number[] }[];
  codeToRequest: number[];
  answerToPaper: number[];
  /** From the code's first byte to the snapshot that says paid, less what lies between request and answer on the wire. */
  overhead: number[];
};

/** The last moments at which these passed. */
const seen = { request_ms: 0, answer_ms: 0, paper_ms: 0 };
const PAY = Buffer.from('/pay HTTP/1.1');
const INITIALISE = Buffer.from([0x1b, 0x40]);

let isPaying = false;
function noteAcquirer({ direction, at_ms, bytes }: Passing): void {
  if (direction === 'up' && bytes.includes(PAY)) {
    seen.request_ms = at_ms;
    isPaying = true;
  } else if (direction === 'down' && isPaying) {
    seen.answer_ms = at_ms;
    isPaying = false;
  }
}

function notePrinter({ direction, at_ms, bytes }: Passing): void {
  if (direction === 'up' && bytes.includes(INITIALISE)) seen.paper_ms = at_ms;
}

const quantityOf = ({ sale }: ReturnType<BenchShop['rpc']['snapshot']>): number =>
  sale?.lines.reduce((sum, line) => sum + line.quantity, 0) ?? 0;

/** Milliseconds from the first byte until a snapshot with one piece more has come. */
async function scanGoods({ device, rpc }: BenchShop, barcode: string): Promise<number> {
  const before = quantityOf(rpc.snapshot());
  let shown_ms = 0;
  const shown = rpc.until('line', (snapshot) => {
    if (quantityOf(snapshot) === before) return false;
    shown_ms = monotonic_ms();
    return true;
  });
  const sent_ms = await device.send(barcode);
  await shown;
  return shown_ms - sent_ms;
}

async function payOnce(shop: BenchShop, barcode: string, code: string) {
  const { device, rpc } = shop;
  await scanGoods(shop, barcode);
  await rpc.call('sale.tender');
  const sent_ms = await device.send(code);
  let paid_ms = 0;
  await rpc.until('paid', ({ sale }) => {
    if (sale?.state !== 'completed') return false;
    paid_ms = monotonic_ms();
    return true;
  });
  const acquirer_ms = seen.answer_ms - seen.request_ms;
  await rpc.until('printed', ({ print }) => print !== null && print.state === 'printed');
  await rpc.call('sale.next');
  await rpc.until('left', ({ sale }) => sale === null);
  return {
    codeToRequest: seen.request_ms - sent_ms,
    answerToPaper: seen.paper_ms - seen.answer_ms,
    overhead: paid_ms - sent_ms - acquirer_ms,
  };
}

async function measure(input: ScanInput): Promise<ScanResult> {
  const shop = await openBenchShop(input.directory, { acquirer: noteAcquirer, printer: notePrinter });
  const bareDevice = await startPtyDevice(compileProgram('pty-device'));
  const bareReader = await startBareReader(compileProgram('pty-reader'), bareDevice.path);
  const barcode = readFileSync('fixtures/catalogue/goods.csv', 'utf8').split('\n')[1]?.split(',')[0] ?? '';
  const bareScan = async (): Promise<number> => {
    const whole = bareReader.next();
    const sent_ms = await bareDevice.send(barcode);
    return (await whole) - sent_ms;
  };
  const codes = codeMaker(input.seed);
  const payments = [];
  for (let index = 0; index < input.payments; index += 1)
    payments.push(await payOnce(shop, barcode, codes.wechat()));
  const rounds: ScanResult['rounds'] = [];
  while (rounds.length < input.rounds) {
    const round = { line: [] as number[], bare: [] as number[] };
    for (let index = 0; index < input.scans; index += 1) {
      round.line.push(await scanGoods(shop, barcode));
      round.bare.push(await bareScan());
    }
    rounds.push(round);
  }
  await bareReader.stop();
  await bareDevice.stop();
  await shop.stop();
  return {
    rounds,
    codeToRequest: payments.map((one) => one.codeToRequest),
    overhead: payments.map((one) => one.overhead),
    answerToPaper: payments.map((one) => one.answerToPaper),
  };
}

trialResult(await measure(trialInput<ScanInput>()));
