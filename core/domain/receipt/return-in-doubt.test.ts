// Goods come back whose payment is not proven, or was proven late: what their slip and their receipt say, in every state of that payment. Only
// of what provably took no money it says that it was not received and that nothing goes back.
import { describe, expect, test } from 'vitest';
import { header } from '../../../test/core/paper-header.ts';
import { bandsOf as bandsOnReceipt } from '../../../test/core/receipt-bands.ts';
import { proof, type Variant, variants } from '../../../test/sim/machine-variants.ts';
import { answers, codeScan, goods, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import type { Return } from '../till/records.ts';
import type { ReceiptDocument } from './document.ts';
import { buildReturnSlip } from './slips.ts';

const decided = { operatorId: '1', approverId: '9', reason: 'asked' };
const approved = (actual_fen: number) => ({ kind: 'approved', proof: { ...proof, actual_fen } }) as const;

function linesOf({ blocks }: ReceiptDocument): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'pair') return [`${block.left}: ${block.right}`];
    return block.kind === 'text' ? [block.text] : [];
  });
}

function slipOf(till: TestTill, index = 0): ReceiptDocument {
  const returns = till.records.flatMap((one) => (one.type === 'return.opened' ? [one.body.return] : []));
  const of = {
    sale: till.sale(),
    attempts: till.attempts(),
    giveBacks: Object.values(till.state.giveBacks),
  };
  return buildReturnSlip(header, returns[index] as Return, of, String, () => null);
}

/** Its sums, each payment that it names, and what it says in words. */
function told(slip: ReceiptDocument): string[] {
  const kept =
    /^(退货货款|结果未定|未收到|不在此退|补退|应退|微信|支付宝|现金|状态|没有钱|本单|有付款|如已|查明|收款码)/;
  return linesOf(slip).filter((line) => kept.test(line));
}

/** In one line each. */
const bandsOf = (till: TestTill): string[] => bandsOnReceipt(till).map((text) => text.replace('\n', ' '));

const forward = (till: TestTill) => till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });

/** Goods of 5.00 and 10.00 in the tender step. */
function tendering(): TestTill {
  const till = TestTill.ready();
  till.tell({ kind: 'goodsEntered', goods: goods(500, '1') });
  till.tell({ kind: 'goodsEntered', goods: goods(1000, '2') });
  till.tell({ kind: 'tenderStarted' });
  return till;
}

/** All of it on trust, and the line is up again. */
function onTrust(): TestTill {
  const till = tendering();
  till.line(false);
  till.tell(codeScan());
  till.line(true);
  return till;
}

function inDoubt(): TestTill {
  const till = onTrust();
  forward(till);
  till.pay(answers.noAnswer);
  expect(till.newest().machine.state.kind).toBe('unknown');
  return till;
}

function askedAbout(): TestTill {
  const till = inDoubt();
  till.later(60_000).pay({ kind: 'timer' });
  expect(till.newest().machine.state.kind).toBe('inquiring');
  return till;
}

function declined(): TestTill {
  const till = onTrust();
  forward(till);
  till.pay(answers.declined);
  return till;
}

function giveBackGoods(till: TestTill, ...which: number[]): TestTill {
  const { saleId, lines } = till.sale();
  const asked = which.flatMap((index) => {
    const line = lines[index];
    return line === undefined ? [] : [{ lineId: line.lineId, quantity: line.quantity }];
  });
  expect(till.tell({ kind: 'returnOpened', saleId, lines: asked, ...decided }).refusal).toBeNull();
  return till;
}

const back = (till: TestTill) => giveBackGoods(till, 0, 1);

/** Back while in doubt; the acquirer takes no reversal any more, and does not say what became of it. */
function disputed(): TestTill {
  const till = back(inDoubt());
  till.pay({ kind: 'reversalRefused', cause: 'WINDOW_CLOSED' });
  till.pay({ kind: 'inquiryFailed', cause: 'noProof' });
  expect(till.newest().machine.state.kind).toBe('disputed');
  return till;
}

function foundFree(): TestTill {
  const till = disputed();
  till.pay(answers.declined);
  expect(till.newest().machine.state.kind).toBe('reversed');
  return till;
}

function foundCharged(): TestTill {
  const till = disputed();
  till.later(600_000).pay({ kind: 'timer' });
  till.pay(approved(1500));
  return till;
}

const worth = '退货货款 Goods returned: 15.00';
const none = '应退 TO RETURN: ￥0.00';
const nothing = [worth, '未收到,不退 Not received: -15.00', none, '没有钱要退给顾客。'];
const perhaps = [worth, '结果未定 No result yet: -15.00', none];
const undone = [worth, '不在此退 Not given here: -15.00', none, '有付款已撤销,如曾扣款已退回。'];
const reversing = ['微信支付 撤销中: 15.00', '如已扣款,将原路退回 Will be returned if charged'];
const dispute = ['微信支付 有争议: 15.00', '查明已扣款的,全额退回'];
const late = (state: string) => [
  worth,
  '不在此退 Not given here: -15.00',
  none,
  '本单另有退款 Also going back',
  '微信支付: 15.00',
  `状态 State: ${state}`,
];
const lostBand = '未收到 NOT RECEIVED ￥15.00';
const doubtBand = '结果未定 NOT DECIDED ￥15.00';

describe('all goods of a sale on trust are back', () => {
  test.each([
    ['queued, and dropped unsent', () => back(onTrust()), nothing, [lostBand]],
    ['declined before', () => back(declined()), nothing, [lostBand]],
    [
      'on its way to the acquirer',
      () => {
        const till = onTrust();
        forward(till);
        return back(till);
      },
      [...perhaps, ...reversing],
      [doubtBand],
    ],
    ['in doubt', () => back(inDoubt()), [...perhaps, ...reversing], [doubtBand]],
    ['being asked about', () => back(askedAbout()), [...perhaps, ...reversing], [doubtBand]],
    [
      'in doubt, and reversed',
      () => {
        const till = back(inDoubt());
        till.pay(answers.acknowledged);
        return till;
      },
      undone,
      [lostBand],
    ],
    ['in doubt, and in dispute', disputed, [...perhaps, ...dispute], [doubtBand]],
    ['in dispute, and proven not charged', foundFree, undone, [lostBand]],
    ['in dispute, and found charged', foundCharged, late('退款处理中 PENDING'), []],
    [
      'in dispute, found charged, and back',
      () => {
        const till = foundCharged();
        const [giveBackId = ''] = Object.keys(till.state.giveBacks);
        till.tell({ kind: 'giveBack', giveBackId, event: { kind: 'done', result: 'OK', reference: 'R7' } });
        return till;
      },
      late('已撤销 VOIDED'),
      [],
    ],
    [
      'declined, and charged after all',
      () => {
        const till = back(declined());
        till.pay(approved(1500));
        return till;
      },
      late('退款处理中 PENDING'),
      [],
    ],
  ] as const)('%s', (_, play, lines, bands) => {
    const till = play();
    expect(told(slipOf(till))).toEqual(lines);
    expect(bandsOf(till)).toEqual([...bands, '已全部退货 RETURNED']);
  });

  const unpaidWords = /Not received|No money goes back|未收到|没有钱要退/;
  /** What provably took no money, whatever went before. */
  const untaken: ReadonlySet<string> = new Set(['declined', 'notSent', 'expiredUnsent']);

  const wentBack: Variant['machine'] = {
    deferred: false,
    state: { kind: 'closed', result: 'CLOSED', wentBack: true },
    due: null,
  };
  const others = variants.filter(({ machine: { state } }) => state.kind !== 'approved');

  test.each([...others, { name: 'closed, and what was paid went back', machine: wentBack }])(
    '$name: not received only where it took nothing',
    ({ machine }) => {
      const till = back(declined());
      const moved = { ...till.newest(), machine: { ...machine, deferred: false } };
      till.state = { ...till.state, attempts: { [moved.attemptId]: moved } };
      const { kind } = machine.state;
      const isUntaken = untaken.has(kind) || (machine.state.kind === 'closed' && !machine.state.wentBack);
      expect(unpaidWords.test(JSON.stringify(slipOf(till)))).toBe(isUntaken);
      const isOver = isUntaken || kind === 'reversed' || kind === 'closed';
      expect(bandsOf(till)[0]).toBe(isOver ? lostBand : doubtBand);
    },
  );

  test('the slip names the payment in doubt by its number, in both languages', () => {
    const till = back(inDoubt());
    expect(linesOf(slipOf(till))).toContain(`订单号 Order: ${till.newest().orderNumber}`);
    expect(JSON.stringify(slipOf(till))).not.toMatch(/Not received|No money goes back/);
  });

  test('the band of a slip says that a refund is open while the late money is on its way', () => {
    const bands = ({ blocks }: ReceiptDocument) => blocks.filter(({ kind }) => kind === 'banner');
    expect(bands(slipOf(foundCharged()))).toEqual([{ kind: 'banner', text: '退款处理中' }]);
    expect(bands(slipOf(disputed()))).toEqual([]);
  });
});

/** The first 10.00 paid online by a wallet, or in cash; the rest is on trust, and in doubt. */
function besides(first: 'wallet' | 'cash'): TestTill {
  const till = tendering();
  if (first === 'wallet') {
    till.tell({ kind: 'walletPartSet', amount_fen: 1000 });
    till.tell(codeScan({ codeHmac: 'hmac-0', scheme: 'ALIPAY' }));
    till.pay(approved(1000));
  }
  till.line(false);
  if (first === 'cash') till.tell({ kind: 'walletPartSet', amount_fen: 500 });
  till.tell(codeScan());
  if (first === 'cash') till.tell({ kind: 'cashTaken', received_fen: 1000, roundDown: false });
  till.line(true);
  forward(till);
  till.pay(answers.noAnswer);
  return till;
}

describe('a payment in doubt beside other money', () => {
  test.each([
    ['of a wallet', 'wallet', ['支付宝: 10.00', '状态 State: 退款处理中 PENDING', '微信支付 撤销中: 5.00']],
    ['of the drawer', 'cash', ['现金 Cash 已退: 10.00', '微信支付 撤销中: 5.00']],
  ] as const)('%s: that goes back, and the rest is in doubt', (_, first, payments) => {
    const till = back(besides(first));
    expect(told(slipOf(till)).filter((line) => !line.startsWith('如已'))).toEqual([
      worth,
      '结果未定 No result yet: -5.00',
      '应退 TO RETURN: ￥10.00',
      ...payments,
    ]);
    expect(bandsOf(till)).toEqual(['结果未定 NOT DECIDED ￥5.00', '已全部退货 RETURNED']);
  });

  test('two on trust, one declined and one in doubt: each part is called what it is', () => {
    const till = tendering();
    till.line(false);
    till.tell({ kind: 'walletPartSet', amount_fen: 1000 });
    till.tell(codeScan());
    till.tell(codeScan({ codeHmac: 'hmac-2', scheme: 'ALIPAY' }));
    till.line(true);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 2 });
    const [first, second] = till.attempts();
    till.pay(answers.declined, first?.attemptId);
    till.pay(answers.noAnswer, second?.attemptId);
    back(till);
    expect(told(slipOf(till))).toEqual([
      worth,
      '结果未定 No result yet: -5.00',
      '未收到,不退 Not received: -10.00',
      none,
      '支付宝 撤销中: 5.00',
      '如已扣款,将原路退回 Will be returned if charged',
    ]);
    expect(bandsOf(till)).toEqual([
      '结果未定 NOT DECIDED ￥5.00',
      '未收到 NOT RECEIVED ￥10.00',
      '已全部退货 RETURNED',
    ]);
  });

  test('given up before cash: goods paid in cash are given back in cash, and nothing is called unpaid', () => {
    const till = TestTill.disputed('noProof');
    till.tell({ kind: 'cashTaken', received_fen: 800, roundDown: false });
    giveBackGoods(till, 0);
    expect(told(slipOf(till))).toEqual(['应退 TO RETURN: ￥8.00', '现金 Cash 已退: 8.00']);
    expect(bandsOf(till)).toEqual(['已全部退货 RETURNED']);
  });
});

/** Declined, asked for anew with another code that is given up in doubt, and written off. */
function writtenOffInDoubt(): TestTill {
  const till = declined();
  const { attemptId } = till.newest();
  till.tell({ kind: 'collectStarted', attemptId });
  till.tell(codeScan({ codeHmac: 'hmac-2', scheme: 'ALIPAY' }));
  till.later(6000).pay({ kind: 'gaveUp' });
  expect(till.newest().machine.state.kind).toBe('reversing');
  expect(till.tell({ kind: 'writtenOff', attemptId, ...decided }).refusal).toBeNull();
  return till;
}

describe('written off', () => {
  test('beside a payment that is being reversed: the receipt does not call that money not received', () => {
    const till = writtenOffInDoubt();
    expect(bandsOf(till)).toEqual([doubtBand]);
    till.pay(answers.acknowledged);
    expect(bandsOf(till)).toEqual([lostBand]);
  });

  test('a part comes back: in doubt as long as the payment is', () => {
    const till = giveBackGoods(writtenOffInDoubt(), 0);
    expect(told(slipOf(till))).toEqual([
      '退货货款 Goods returned: 5.00',
      '结果未定 No result yet: -5.00',
      none,
      '支付宝 撤销中: 15.00',
      '如已扣款,将原路退回 Will be returned if charged',
    ]);
  });

  test('a part comes back, and all is charged after that: a copy of its slip shows the refund for it', () => {
    const till = declined();
    till.tell({ kind: 'writtenOff', attemptId: till.newest().attemptId, ...decided });
    giveBackGoods(till, 0);
    expect(told(slipOf(till))).toEqual([
      '退货货款 Goods returned: 5.00',
      '未收到,不退 Not received: -5.00',
      none,
      '没有钱要退给顾客。',
    ]);
    till.pay(approved(1500));
    expect(told(slipOf(till))).toEqual([
      '退货货款 Goods returned: 5.00',
      '不在此退 Not given here: -5.00',
      none,
      '本单另有退款 Also going back',
      '微信支付: 5.00',
      '状态 State: 退款处理中 PENDING',
    ]);
    giveBackGoods(till, 1);
    expect(told(slipOf(till, 1)).slice(0, 1)).toEqual(['应退 TO RETURN: ￥10.00']);
  });
});
