// Files that nobody signed, or that a digest proves: the four bill formats, archives, downloads; and packings that unpack to far too much.
import { createHash } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { unpackBill as unpackAlipay } from '../../acquirers/alipay/bill.ts';
import { readBillAnswer as readGatewayBill } from '../../acquirers/gateway/bill.ts';
import { BILL_LIMIT_bytes, type BillAnswer } from '../../acquirers/transport/bill.ts';
import { unzip } from '../../acquirers/transport/zip.ts';
import { readBillAnswer as readUnionpayBill } from '../../acquirers/unionpay/bill.ts';
import { unpackBill as unpackWechat } from '../../acquirers/wechatpay/bill.ts';
import { makeBillDay, plantNames } from '../../fixtures/bills/day.ts';
import { billFileName } from '../../fixtures/bills/write.ts';
import { zipOf } from '../../fixtures/bills/zip.ts';
import { BadBill, type Rail, rails } from '../../reconciliation/bills/bill.ts';
import { readBill } from '../../reconciliation/bills/read.ts';
import type { Chance } from '../month/random.ts';
import { harmed } from './mutate.ts';
import type { Tried } from './rail.ts';
import { DATE } from './talks/bills.ts';

const days = rails.map((rail) => ({
  rail,
  bytes: Buffer.from(makeBillDay(rail, 11, plantNames.slice(0, 4)).bill),
}));

const noise = (chance: Chance): Buffer => Buffer.from(chance.hex(chance.whole(0, 400)), 'hex');

/** A bill, or the named refusal. */
function billFile(rail: Rail, bytes: Buffer): string {
  try {
    readBill(rail, { file: billFileName(rail, '2026-11-24'), bytes, billDate: null });
    return 'a bill';
  } catch (error) {
    if (!(error instanceof BadBill)) throw error;
    return 'refused';
  }
}

export function readBillFile(chance: Chance): Tried {
  const { rail, bytes } = chance.pick(days);
  const mutant = chance.happens(0.1) ? noise(chance) : harmed(bytes, chance);
  return { where: `bill file ${rail}`, what: billFile(rail, mutant), fault: null };
}

const files = [
  { name: '20880011_20261128_业务明细.csv', bytes: Buffer.from('a,b\n'.repeat(99)) },
  { name: '20880011_20261128_业务明细(汇总).csv', bytes: Buffer.from('sum') },
];
const archive = zipOf(files);
const isOneOf = (bytes: Buffer) => files.some((file) => file.bytes.equals(bytes));
const LIMIT_bytes = 100_000;

/** Not much less than may come out of it: a size that lies must not make it more. */
const largest = zipOf([{ name: 'zeros', bytes: Buffer.alloc(LIMIT_bytes - 1) }, ...files.slice(1)]);

export function readArchive(chance: Chance): Tried {
  const isLarge = chance.happens(0.3);
  const found = unzip(
    chance.happens(0.1) ? noise(chance) : harmed(isLarge ? largest : archive, chance),
    LIMIT_bytes,
  );
  const where = 'archive';
  if ('fault' in found) return { where, what: 'refused', fault: null };
  const size_bytes = found.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const isWhole = isLarge ? size_bytes <= LIMIT_bytes : found.every(({ bytes }) => isOneOf(bytes));
  return { where, what: 'unpacked', fault: isWhole ? null : `${size_bytes} bytes that nobody packed` };
}

const bill = Buffer.from('交易时间,公众账号ID\n`2026-11-28 10:00:00,`wx1\n'.repeat(40));
const packed = gzipSync(bill);
const sha1 = createHash('sha1').update(bill).digest('hex');

/** WeChat Pay's by its digest, Alipay's by the sums of the archive alone. */
export function readDownload(chance: Chance): Tried {
  if (chance.happens(0.5)) {
    const found = unpackWechat(harmed(chance.happens(0.5) ? packed : bill, chance), sha1);
    const where = 'wechatpay download';
    if ('fault' in found) return { where, what: 'damaged', fault: null };
    return { where, what: 'fetched', fault: found.equals(bill) ? null : 'another bill under this digest' };
  }
  const found = unpackAlipay(harmed(archive, chance));
  const isFalse = found.kind === 'fetched' && !isOneOf(found.file.bytes);
  return { where: 'alipay download', what: found.kind, fault: isFalse ? 'bytes that nobody packed' : null };
}

const zeros = Buffer.alloc(BILL_LIMIT_bytes + 1);
const date = DATE.replaceAll('-', '');
const bombZip = zipOf([{ name: `INN${date.slice(2)}88ZM_1_业务明细.csv`, bytes: zeros }]);
const DIRECTORY_signature = Buffer.from([0x50, 0x4b, 1, 2]);
/** The directory tells less than comes out. */
const lyingZip = Buffer.from(bombZip);
lyingZip.writeUInt32LE(5, lyingZip.lastIndexOf(DIRECTORY_signature) + 24);

/** One that any reader takes, with zeros between its file and its directory: the archive itself is more than a bill may be. */
function paddedZip(): Buffer {
  const zip = zipOf([{ name: `INN${date.slice(2)}88ZM_1`, bytes: Buffer.from('a line') }]);
  const directoryAt = zip.lastIndexOf(DIRECTORY_signature);
  const padded = Buffer.concat([zip.subarray(0, directoryAt), zeros, zip.subarray(directoryAt)]);
  // Where the directory is stands 16 bytes into the end record, which is the last 22.
  padded.writeUInt32LE(directoryAt + zeros.length, padded.length - 6);
  return padded;
}

const gateway = {
  errCode: '00',
  settlementDate: date,
  fileName: 'x',
  content: gzipSync(Buffer.concat([Buffer.from(`BILL,1,1,${date}\r\n`), zeros])).toString('base64'),
};
const asked = { merchantId: '1', date: DATE, txnTime: '20261129100000' };
const answered = { merId: '1', txnTime: asked.txnTime, respCode: '00' };
const unionpay = (zip: Buffer): BillAnswer =>
  readUnionpayBill({ ...answered, fileContent: deflateSync(zip).toString('base64') }, asked, 0);

type Bomb = { unpack: () => BillAnswer | Buffer | { fault: string }; cause: RegExp };

/** `cause`: the limit's own words. Without that limit each would be a bill, or be refused too late, when all of it is unpacked. */
const bombs: Readonly<Record<string, Bomb>> = {
  'wechatpay download': {
    unpack: () => unpackWechat(gzipSync(zeros), createHash('sha1').update(zeros).digest('hex')),
    cause: /^GZIP ERR_BUFFER_TOO_LARGE$/,
  },
  'alipay download': { unpack: () => unpackAlipay(bombZip), cause: /^ZIP unpacks to too much$/ },
  'alipay download that lies': {
    unpack: () => unpackAlipay(lyingZip),
    cause: /^ZIP \S+: ERR_BUFFER_TOO_LARGE$/,
  },
  'gateway bill': {
    unpack: () => readGatewayBill(gateway, { merchantCode: '1', terminalCode: '1' }, DATE),
    cause: /^GZIP ERR_BUFFER_TOO_LARGE$/,
  },
  'unionpay bill': { unpack: () => unionpay(bombZip), cause: /^ZIP unpacks to too much$/ },
  'unionpay bill that lies': {
    unpack: () => unionpay(lyingZip),
    cause: /^ZIP \S+: ERR_BUFFER_TOO_LARGE$/,
  },
  'unionpay bill padded': { unpack: () => unionpay(paddedZip()), cause: /^DEFLATE ERR_BUFFER_TOO_LARGE$/ },
};
export const bombNames = Object.keys(bombs);

/** Why it was refused; null when it was taken. */
function refusalOf(found: BillAnswer | Buffer | { fault: string }): string | null {
  if (Buffer.isBuffer(found)) return null;
  if ('fault' in found) return found.fault;
  return found.kind === 'damaged' ? found.cause : null;
}

/** Small packed, and at least one byte more than any bill unpacked: refused by the limit that is there for it, and by nothing else. */
export function readBomb(name: string): Tried {
  const bomb = bombs[name];
  const refusal = bomb === undefined ? 'no such bomb' : refusalOf(bomb.unpack());
  const isLimit = refusal !== null && bomb?.cause.test(refusal) === true;
  return {
    where: 'packed bomb',
    what: refusal === null ? 'taken' : 'refused',
    fault: isLimit ? null : `${name}: ${refusal ?? 'taken'}`,
  };
}
