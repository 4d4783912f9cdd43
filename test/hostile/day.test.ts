// Hostile values for every command of the day: each is refused by a code that has a text, and no fen, no drawer and no core moves.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandName, commandSchemas } from '../../contract/commands.ts';
import { errorTexts } from '../../contract/error-texts.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { ReportFound } from '../../contract/snapshot.ts';
import type { PrintedJob } from '../../fixtures/devices/printer/client.ts';
import { RpcRefused } from '../../tools/rpc/client.ts';
import { FLOAT_fen, openTill, type Till } from './till.ts';

let till: Till;
let before = '';
const approval = () => ({ operatorId: 'chen', pin: till.shop.pins['chen'] });

/** Everything of the till that is money or a drawer, and that no refusal may change. */
async function money(): Promise<string> {
  const { sale, shift, parked, giveBacks, exceptionCount, drawer, resolving } = till.rpc.snapshot();
  const pulses = await till.shop.paper.drawerPulses();
  const ledger = (await till.shop.acquirer.ledger()).length;
  return JSON.stringify({
    sale,
    shift,
    parked,
    giveBacks,
    exceptionCount,
    drawer,
    resolving,
    pulses,
    ledger,
  });
}

beforeAll(async () => {
  till = await openTill();
  // The shift's own pulse is over.
  await till.rpc.until('the drawer', ({ drawer }) => drawer === 'opened');
  before = await money();
});
afterAll(() => till.stop());

async function refusalOf(command: CommandName, params: unknown): Promise<string> {
  try {
    await till.rpc.call(command, params);
    return 'done';
  } catch (error) {
    if (!(error instanceof RpcRefused)) throw error;
    for (const language of ['zh', 'en'] as const)
      expect(errorTexts[language][error.code as ErrorCode].what.length).toBeGreaterThan(0);
    expect(error.message.length).toBeLessThan(1000);
    return error.code;
  }
}

const amounts = [1.5, -1, -0.01, 1e12, 1e308, 2 ** 53 + 2, '100', '1e3', '', true, null, [], [100], {}];
const reasons = ['', ' ', '　', 'x'.repeat(61), '长'.repeat(10_000), 7, null, ['why'], { toString: 'why' }];
const approvals = [
  'chen',
  [],
  {},
  { operatorId: 'chen' },
  { pin: '2468' },
  { operatorId: 'chen', pin: 2468 },
  { operatorId: 'chen', pin: '24x8' },
  { operatorId: '', pin: '2468' },
  { operatorId: 'chen', pin: '2468', role: 'manager' },
  { operatorId: ['chen'], pin: '2468' },
];

type Attack = { command: CommandName; field: string; params: Record<string, unknown> };

/** One good request for each command that takes an amount, a reason or an approval; each attack spoils one field of it. */
const good: Partial<Record<CommandName, Record<string, unknown>>> = {
  'shift.open': { float_fen: 100 },
  'tender.cash': { received_fen: 10_000 },
  'tender.walletPart': { amount_fen: 100 },
  'cash.paidIn': { amount_fen: 100, reason: 'why', after: 0 },
  'cash.paidOut': { amount_fen: 100, reason: 'why', after: 0 },
  'drawer.open': { reason: 'why', after: 1 },
  'return.open': { saleId: 'S001000001', lines: [{ lineId: 'L001000001', quantity: 1 }], reason: 'why' },
  'giveBack.payCash': { giveBackId: 'B001000001', reason: 'why' },
  'giveBack.retry': { giveBackId: 'B001000001', reason: 'why' },
  'giveBack.seeLoss': { giveBackId: 'B001000001', reason: 'why' },
  'giveBack.confirmBack': { giveBackId: 'B001000001', reason: 'why' },
  'office.confirm': { orderNumber: '2026000202001000001', reason: 'why' },
  'exception.writeOff': { attemptId: 'P001000001', missing_fen: 500, reason: 'why' },
  'report.x': {},
  'day.close': { zNumber: 1 },
  'receipt.reprint': {},
};

function attacksOn(field: string, values: readonly unknown[]): Attack[] {
  return Object.entries(good).flatMap(([command, params]) => {
    const schema = commandSchemas[command as CommandName];
    const takes = 'shape' in schema && Object.hasOwn(schema.shape, field);
    if (!takes) return [];
    // For the wallet's part null is a value: all that is due.
    const bad = command === 'tender.walletPart' ? values.filter((value) => value !== null) : values;
    return bad.map((value) => ({
      command: command as CommandName,
      field,
      params: { ...params, [field]: value },
    }));
  });
}

const shapes = [
  ...attacksOn('float_fen', amounts),
  ...attacksOn('received_fen', amounts),
  ...attacksOn('missing_fen', amounts),
  ...attacksOn('amount_fen', [...amounts, 0]),
  ...attacksOn('reason', reasons),
  ...attacksOn('approval', approvals),
];

describe('a value of the wrong kind', () => {
  it('stands in an attack on every command of money', () => {
    expect(shapes.length).toBeGreaterThan(150);
    expect(new Set(shapes.map(({ command }) => command))).toEqual(new Set(Object.keys(good)));
  });

  it('is E-RPC-03, whoever sends it and wherever it stands', async () => {
    for (const { command, field, params } of shapes)
      expect([command, field, params[field], await refusalOf(command, params)]).toEqual([
        command,
        field,
        params[field],
        'E-RPC-03',
      ]);
    expect(await money()).toBe(before);
  });

  const piece = { value_fen: 100, count: 1 };
  it.each<[string, unknown]>([
    ['no list', { value_fen: 100, count: 1 }],
    ['a list of nothing', [null]],
    ['half a piece', [{ ...piece, count: 0.5 }]],
    ['less than no pieces', [{ ...piece, count: -1 }]],
    ['more pieces than there are', [{ ...piece, count: 100_001 }]],
    ['a note of nothing', [{ ...piece, value_fen: 0 }]],
    ['a note below nothing', [{ ...piece, value_fen: -100 }]],
    ['a note that is text', [{ ...piece, value_fen: '100' }]],
    ['something more', [{ ...piece, currency: 'USD' }]],
    ['31 rows', Array.from({ length: 31 }, () => piece)],
  ])('in a count: %s', async (_what, counted) => {
    expect(await refusalOf('shift.close', { counted })).toBe('E-RPC-03');
    expect(await money()).toBe(before);
  });

  it.each<[string, unknown]>([
    ['none', []],
    ['201 of them', Array.from({ length: 201 }, () => ({ lineId: 'L001000001', quantity: 1 }))],
    ['half a piece', [{ lineId: 'L001000001', quantity: 0.5 }]],
    ['nothing of it', [{ lineId: 'L001000001', quantity: 0 }]],
    ['less than nothing', [{ lineId: 'L001000001', quantity: -1 }]],
    ['a thousand', [{ lineId: 'L001000001', quantity: 1000 }]],
    ['no name', [{ lineId: '', quantity: 1 }]],
  ])('in the lines of a return: %s', async (_what, lines) => {
    const params = { ...good['return.open'], lines, approval: approval() };
    expect(await refusalOf('return.open', params)).toBe('E-RPC-03');
    expect(await money()).toBe(before);
  });
});

describe('a good request at a bad moment', () => {
  it.each<[CommandName, object, ErrorCode]>([
    ['shift.open', { float_fen: 0 }, 'E-SHIFT-01'],
    ['tender.cash', { received_fen: 100 }, 'E-SALE-02'],
    ['tender.walletPart', { amount_fen: 100 }, 'E-SALE-02'],
    ['tender.walletPart', { amount_fen: null }, 'E-SALE-02'],
    ['sale.park', {}, 'E-SALE-02'],
    ['sale.recall', { saleId: '__proto__' }, 'E-SALE-02'],
    ['sale.recall', { saleId: 'constructor' }, 'E-SALE-02'],
    ['sale.find', { text: '__proto__' }, 'E-RET-01'],
    ['sale.find', { text: '99999999' }, 'E-RET-01'],
    ['sale.find', { text: "' OR 1=1 --" }, 'E-RET-01'],
    [
      'return.open',
      { saleId: '__proto__', lines: [{ lineId: 'x', quantity: 1 }], reason: 'why' },
      'E-RET-01',
    ],
    ['giveBack.payCash', { giveBackId: '__proto__', reason: 'why' }, 'E-REF-04'],
    ['giveBack.payCash', { giveBackId: 'B001000009', reason: 'why' }, 'E-REF-04'],
    ['giveBack.retry', { giveBackId: '__proto__', reason: 'why' }, 'E-REF-04'],
    ['giveBack.seeLoss', { giveBackId: '__proto__', reason: 'why' }, 'E-REF-09'],
    ['giveBack.confirmBack', { giveBackId: '__proto__', reason: 'why' }, 'E-REF-04'],
    ['office.confirm', { orderNumber: '__proto__', reason: 'why' }, 'E-BILL-11'],
    ['office.confirm', { orderNumber: 'x', refundNumber: '__proto__', reason: 'why' }, 'E-BILL-11'],
    ['exception.collect', { attemptId: '__proto__' }, 'E-OFF-12'],
    ['exception.collect', { attemptId: 'constructor' }, 'E-OFF-12'],
    ['exception.writeOff', { attemptId: 'toString', missing_fen: 500, reason: 'why' }, 'E-OFF-12'],
    ['cash.paidOut', { amount_fen: FLOAT_fen + 1, reason: 'why', after: 0 }, 'E-CASH-04'],
    ['report.get', { reportId: '__proto__' }, 'E-AUTH-03'],
    ['receipt.reprint', { receiptId: '__proto__' }, 'E-SALE-02'],
    ['receipt.reprint', { receiptId: 'constructor' }, 'E-SALE-02'],
    ['payment.giveUp', { attemptId: '__proto__' }, 'E-SALE-02'],
    ['line.remove', { lineId: '__proto__' }, 'E-SALE-02'],
  ])('%s %j is %s', async (command, params, code) => {
    const schema = commandSchemas[command];
    const needs = 'shape' in schema && Object.hasOwn(schema.shape, 'approval');
    const asked = needs ? { ...params, approval: approval() } : params;
    expect(await refusalOf(command, asked)).toBe(code);
    expect(await money()).toBe(before);
  });

  it.each<[string, object | undefined, ErrorCode]>([
    ['nobody', undefined, 'E-AUTH-05'],
    ['a cashier', { operatorId: 'lin', pin: '1357' }, 'E-AUTH-06'],
    ['a technician', { operatorId: 'wu', pin: '9753' }, 'E-AUTH-06'],
    ['a wrong PIN', { operatorId: 'chen', pin: '0000' }, 'E-AUTH-01'],
    ['somebody who does not exist', { operatorId: '__proto__', pin: '0000' }, 'E-AUTH-01'],
  ])('approved by %s', async (_who, by, code) => {
    for (const command of ['cash.paidOut', 'drawer.open', 'report.x', 'day.close'] as const)
      expect([command, await refusalOf(command, { ...good[command], ...(by && { approval: by }) })]).toEqual([
        command,
        code,
      ]);
    expect(await refusalOf('report.x', { approval: approval() })).toBe('done');
    expect(await money()).toBe(before);
  });
});

/** The first whole paper with these words on it. */
async function paperOf(words: RegExp): Promise<PrintedJob> {
  const { paper } = till.shop;
  for (;;) {
    const since = paper.mark();
    const found = (await paper.jobs()).find((job) => job.cut && words.test(job.text));
    if (found) return found;
    await paper.waitFor('paper.cut', {}, { since });
  }
}

describe('what is allowed, and strange', () => {
  it('a reason full of commands is kept as it is, and the paper and the drawer obey none of it', async () => {
    const pulses = await till.shop.paper.drawerPulses();
    const reason = '\u001b@\u001bp\u00002\u00fa\u001dV\u0000 换零钱 \u0007\u202e"=1+1';
    await till.rpc.call('cash.paidIn', { amount_fen: 100, reason, after: 0 });
    await till.rpc.until('the drawer', ({ drawer }) => drawer === 'opened');
    const paper = await paperOf(/PAID IN/);
    expect((await till.shop.paper.drawerPulses()) - pulses).toBe(1);
    expect(paper.faults).toEqual([]);
    expect(paper.text).toMatch(/@p2úV 换零钱 ./);
    await till.rpc.call('cash.paidOut', { amount_fen: 100, reason: 'back', after: 1, approval: approval() });
    await till.rpc.until('the drawer', ({ drawer }) => drawer === 'opened');
  });

  it('the largest count there is closes the shift, and says how wrong it is', async () => {
    const row = { value_fen: 1_000_000_000, count: 100_000 };
    const counted = Array.from({ length: 30 }, () => row);
    const closed = await till.rpc.call('shift.close', { counted });
    expect(closed).toMatchObject({ counted_fen: 3_000_000_000_000_000, expected_fen: FLOAT_fen });
    const z = (await till.rpc.call('day.close', { zNumber: 1, approval: approval() })) as ReportFound;
    expect(z.report.cash.shifts[0]).toMatchObject({ counted_fen: 3_000_000_000_000_000 });
    await till.rpc.call('shift.open', { float_fen: 1_000_000_000 });
    await till.rpc.call('shift.close', { counted: [] });
  });
});

it('after all this the core is the same one, its journal verifies and both computations agree', async () => {
  expect(till.core.child.exitCode).toBeNull();
  expect(await refusalOf('report.x', { approval: approval() })).toBe('done');
  await till.rpc.call('operator.signIn', { operatorId: 'chen', pin: till.shop.pins['chen'] });
  expect(await till.rpc.call('journal.verify')).toMatchObject({ ok: true, differences: [] });
});
