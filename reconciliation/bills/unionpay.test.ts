// UnionPay's ZM file: fields by their place in bytes, a day that only the name tells, and each line's own sum.
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { makeBillDay, plantNames } from '../../fixtures/bills/day.ts';
import { BadBill } from './bill.ts';
import { readBill } from './read.ts';

const NAME = 'INN26112488ZM_777290058110048';

function read(bytes: Uint8Array, file = NAME, billDate: string | null = null) {
  return readBill('unionpay', { file, bytes, billDate });
}

function refusal(bytes: Uint8Array, file = NAME, billDate: string | null = null): string {
  try {
    read(bytes, file, billDate);
  } catch (error) {
    if (error instanceof BadBill) return error.message;
    throw error;
  }
  return 'taken';
}

/** Places as an integrator's published parser has them (public code 16062785065), and 交易类型 among them. */
const at = {
  transferred: 35,
  amount: 66,
  queryId: 87,
  orderId: 112,
  fee: 166,
  settled: 180,
  type: 215,
  origQueryId: 271,
  merId: 293,
  shares: 360,
  net: 374,
  termId: 388,
  reserved: 397,
  origOrderId: 476,
  cleared: 509,
};

/** A line as published ones are: 607 bytes, zeros without a letter where nothing is. */
function lineOf(cells: Partial<Record<keyof typeof at, string>>): Buffer {
  const line = Buffer.alloc(607, ' ');
  const plain = {
    transferred: '1124101530',
    amount: '000000001250',
    queryId: '512611241015300000018',
    orderId: '00000018003000001AB12CD34',
    fee: 'D000000000005',
    settled: 'C000000001245',
    type: '01',
    merId: '777290058110048',
    shares: ' 000000000000',
    net: 'C000000001245',
    termId: '00000018',
    reserved: '订单',
  };
  for (const [name, text] of Object.entries({ ...plain, ...cells }))
    iconv.encode(text, 'gbk').copy(line, at[name as keyof typeof at]);
  return line;
}

const file = (...lines: Buffer[]): Buffer =>
  Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));

const refund = {
  queryId: '522611241200000000027',
  orderId: 'R00000018003000002AB12CD34',
  amount: '000000000250',
  fee: 'C000000000001',
  settled: 'D000000000249',
  net: 'D000000000249',
  type: '04',
  origQueryId: '512611241015300000018',
  origOrderId: '00000018003000001AB12CD34',
};

it('reads a purchase from its places', () => {
  const bill = read(file(lineOf({})));
  expect(bill.billDate).toBe('2026-11-24');
  expect(bill.entries).toEqual([
    {
      line: 1,
      kind: 'payment',
      orderNumber: '00000018003000001AB12CD34',
      refundNumber: null,
      acquirerNumber: '512611241015300000018',
      amount_fen: 1250,
      fee_fen: 5,
      discount_fen: 0,
      rate_ppm: null,
      time: '2026-11-24 10:15:30',
      status: '01 消费',
      terminal: '00000018',
    },
  ]);
  expect(bill.totals.payout_fen).toBe(1245);
});

it('reads refunds by their own number, voids by the order’s, and both give back', () => {
  const voided = { ...refund, type: '31', orderId: 'V1', amount: '000000001250', fee: 'C000000000005' };
  const lines = [
    lineOf({}),
    lineOf(refund),
    lineOf({ ...voided, settled: 'D000000001245', net: 'D000000001245' }),
  ];
  const { entries, totals } = read(file(...lines));
  expect(entries.map(({ kind, refundNumber, fee_fen }) => [kind, refundNumber, fee_fen])).toEqual([
    ['payment', null, 5],
    ['refund', refund.orderId, -1],
    ['reversal', null, -5],
  ]);
  expect(new Set(entries.map(({ orderNumber }) => orderNumber))).toEqual(new Set([refund.origOrderId]));
  expect(new Set(entries.map(({ acquirerNumber }) => acquirerNumber))).toEqual(new Set([refund.origQueryId]));
  expect(totals).toMatchObject({ paid_fen: 1250, givenBack_fen: 1500, payout_fen: -249 });
});

it('takes the direction of a fee from what is settled, whatever its letter', () => {
  const kept = { fee: 'D000000000001', settled: 'D000000000251', net: 'D000000000251' };
  expect(read(file(lineOf({ ...refund, ...kept }))).entries[0]?.fee_fen).toBe(1);
  expect(read(file(lineOf({ fee: 'C000000000005' }))).entries[0]?.fee_fen).toBe(5);
});

it('shows what the shop bears of a discount, where the line says what is cleared', () => {
  const less = {
    cleared: 'C000000001200',
    fee: 'D000000000004',
    settled: 'C000000001196',
    net: 'C000000001196',
  };
  expect(read(file(lineOf(less))).entries[0]).toMatchObject({
    amount_fen: 1250,
    discount_fen: 50,
    fee_fen: 4,
  });
});

it('takes a zero without a letter there for a field that is not filled', () => {
  for (const cleared of ['000000000000', ' 000000000000'])
    expect(read(file(lineOf({ cleared }))).entries[0]).toMatchObject({ discount_fen: 0, fee_fen: 5 });
});

it('names what is wrong, and where', () => {
  const say = (cells: Parameters<typeof lineOf>[0]) => refusal(file(lineOf({}), lineOf(cells)));
  const place = `${NAME}, line 2`;
  expect(say({ type: '99' })).toBe(`${place}, column 交易类型: "99" is none of 01, 04, 31`);
  expect(say({ amount: '00000000125X' })).toBe(
    `${place}, column 交易金额: "00000000125X" is not 12 digits of fen`,
  );
  expect(say({ amount: '000000001251' })).toBe(
    `${place}, column 结算金额: 1245 fen is not 1251 less a fee of 5`,
  );
  expect(say({ settled: 'D000000001245' })).toMatch(/column 结算金额: -1245 fen is not 1250/);
  expect(say({ settled: 'X000000001245' })).toMatch(/column 结算金额: "X000000001245" is no amount/);
  expect(say({ settled: ' 000000001245' })).toMatch(/column 结算金额: "000000001245" is no amount/);
  expect(say({ net: 'C000000001244' })).toMatch(/column 清算净额: is not C000000001245/);
  expect(say({ shares: 'D000000000001' })).toMatch(/column 二级商户分账入账金额: is not zero/);
  expect(say({ cleared: 'D000000001250' })).toMatch(/column 清算金额: D000000001250 has the wrong letter/);
  expect(say({ transferred: '1131101530' })).toMatch(/column 交易传输时间: "1131101530" is no time/);
  expect(say({ transferred: '1124240000' })).toMatch(/column 交易传输时间: "1124240000" is no time/);
  expect(say({ transferred: '1124236000' })).toMatch(/"1124236000" is no time/);
  expect(say({ transferred: '1124235960' })).toMatch(/"1124235960" is no time/);
  expect(say({ merId: '777290058110049' })).toMatch(/column 商户代码: is not 777290058110048/);
  expect(say({ ...refund, origOrderId: ' '.repeat(32) })).toBe(`${place}, column 原始交易订单号: is empty`);
  expect(say({ orderId: 'A\u001b[2J' })).toMatch(/column 商户订单号: holds a control character/);
  expect(refusal(file(lineOf({}).subarray(0, 500)))).toMatch(/line 1: has 500 bytes, not 508 to 1000/);
  expect(refusal(Buffer.alloc(0))).toBe(`${NAME}: is empty`);
});

it('sees that fields are not in their places, and that a field is no GBK', () => {
  const moved = Buffer.concat([Buffer.from('0'), lineOf({})]);
  expect(refusal(file(moved))).toMatch(/line 1, column .*: is not followed by a space/);
  const utf8 = Buffer.from(iconv.decode(lineOf({ reserved: '订单号' }), 'gbk'));
  expect(refusal(file(utf8))).toMatch(/line 1, column .*: is not (followed by a space|GBK text)/);
  const cut = lineOf({});
  cut[at.reserved + 31] = 0xb6;
  expect(refusal(file(cut))).toMatch(/column 商户自定义域: is not GBK text/);
});

it('knows its day by its name or by the date that is given, and guesses none', () => {
  const bytes = file(lineOf({ transferred: '1231230500' }));
  expect(refusal(bytes, 'day.txt')).toMatch(/^day\.txt: is not named INNyyMMdd/);
  expect(read(bytes, 'day.txt', '2027-01-01')).toMatchObject({ billDate: '2027-01-01' });
  expect(read(bytes, 'INN27010188ZM_1').entries[0]?.time).toBe('2026-12-31 23:05:00');
  expect(read(bytes, 'INN26123188ZM_1').entries[0]?.time).toBe('2026-12-31 23:05:00');
  expect(refusal(bytes, NAME, '2026-11-25')).toBe(`${NAME}: its name says 2026-11-24, not 2026-11-25`);
  expect(refusal(bytes, 'INN26133188ZM_1')).toMatch(/its name says 2026-13-31, which is no date/);
  expect(refusal(bytes, 'INN26112488ZME_1')).toMatch(/is the file of errors/);
});

it('reads the file of a whole day to the fen, with and without carriage returns', () => {
  const { bill, file: name } = makeBillDay('unionpay', 5, plantNames);
  const whole = read(bill, name);
  const kinds = new Set(whole.entries.map(({ kind }) => kind));
  expect(kinds).toEqual(new Set(['payment', 'refund', 'reversal']));
  const returns = Buffer.from(Buffer.from(bill).toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
  expect(read(returns, name)).toEqual(whole);
});
