// The customer's screen: what it shows at each step of a sale, and that nothing of the till but that ever gets there.
import { describe, expect, it } from 'vitest';
import { DISPLAY_command, type DisplayView } from '../../contract/display.ts';
import { answers, codeScan, ROUTE, TestTill } from '../../test/sim/till-kit.ts';
import { gatewayPolicy } from '../domain/payment/policy.ts';
import { createDisplayServer } from './display.ts';
import { displayView } from './view-display.ts';

const settings = {
  store: { name_zh: '江岸路店', name_en: 'Jiangan Road' },
  routes: {
    [ROUTE]: {
      policy: gatewayPolicy,
      offline: { mode: 'queue' as const, perPayment_fen: 1, openTotal_fen: 1, count: 1 },
      schemes: ['WECHAT'],
      presents: 'AGGREGATE',
    },
  },
};
const viewOf = (till: TestTill) => displayView(till.state, settings, till.now_ms);
const showOf = (till: TestTill) => viewOf(till).show;
const CONTENT = 'https://qr.example/1';

function shown(scheme = 'AGGREGATE'): TestTill {
  const till = TestTill.tendering(8741);
  till.tell({ kind: 'presentAsked', routeId: ROUTE, scheme, expiresAt_ms: 1_300_000 });
  till.pay({ kind: 'presented', content: CONTENT });
  return till;
}

describe('the customer sees', () => {
  it('nothing but the shop between sales', () => {
    expect(viewOf(TestTill.ready())).toEqual({
      now_ms: 1_000_000,
      store: settings.store,
      show: { kind: 'idle' },
    });
  });

  it('the sum, and that it is to be paid; while a payment is under way, that too', () => {
    const till = TestTill.tendering(8741);
    const sums = { kind: 'sale', itemCount: 1, total_fen: 8741, due_fen: 8741, isToPay: true };
    expect(showOf(till)).toEqual({ ...sums, isWorking: false });
    till.tell(codeScan());
    expect(showOf(till)).toEqual({ ...sums, isWorking: true });
  });

  it('our code while it may be scanned, and no longer', () => {
    const till = shown();
    const [scheme, endsAt_ms] = ['AGGREGATE', 1_300_000];
    const code = { kind: 'code', scheme, amount_fen: 8741, content: CONTENT, endsAt_ms };
    expect(showOf(till)).toEqual({ ...code, isScanned: false });
    till.later(3_000).tell({ kind: 'payment', attemptId: till.newest().attemptId, event: { kind: 'timer' } });
    till.pay({ kind: 'awaiting' });
    expect(showOf(till)).toEqual({ ...code, isScanned: true });
    till.tell({ kind: 'gaveUp', attemptId: till.newest().attemptId });
    expect(showOf(till)).toMatchObject({ kind: 'sale', isToPay: true, isWorking: true });
  });

  it('which wallet our code is for', () => {
    expect(showOf(shown('WECHAT'))).toMatchObject({ kind: 'code', scheme: 'WECHAT', content: CONTENT });
  });

  it('"paid" only once the sale is complete, with what he paid', () => {
    const till = shown();
    till.pay(answers.approved);
    expect(showOf(till)).toEqual({ kind: 'paid', amount_fen: 8741, change_fen: null, at_ms: till.now_ms });
    till.tell({ kind: 'saleLeft' });
    expect(showOf(till)).toEqual({ kind: 'idle' });
  });

  it('the change of a sale paid in cash, less what was rounded off', () => {
    const till = TestTill.tendering(8741);
    till.tell({ kind: 'cashTaken', received_fen: 10_000, roundDown: true });
    expect(showOf(till)).toMatchObject({ kind: 'paid', amount_fen: 8740, change_fen: 1260 });
  });

  it('that a payment taken offline is not authorized yet', () => {
    const till = TestTill.tendering(8741);
    till.line(false);
    till.tell(codeScan());
    expect(showOf(till)).toMatchObject({ kind: 'pending', amount_fen: 8741 });
  });

  it('what is to be paid, and no change of before, when the payment taken offline fails before his eyes', () => {
    const till = TestTill.tendering(8741);
    till.line(false);
    till.tell({ kind: 'walletPartSet', amount_fen: 6_000 });
    till.tell(codeScan());
    till.tell({ kind: 'cashTaken', received_fen: 5_000, roundDown: false });
    expect(showOf(till)).toMatchObject({ kind: 'pending' });
    till.line(true);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    till.pay(answers.declined);
    const due = { itemCount: 1, total_fen: 8741, due_fen: 6_000, isToPay: true, isWorking: false };
    expect(showOf(till)).toEqual({ kind: 'sale', ...due });
    till.tell({ kind: 'cashTaken', received_fen: 6_000, roundDown: false });
    expect(showOf(till)).toMatchObject({ kind: 'paid', change_fen: 0 });
  });

  describe('goods that had gone, paid for again much later:', () => {
    const lost = () => {
      const till = TestTill.tendering(8741);
      till.line(false);
      till.tell(codeScan());
      till.line(true);
      till.tell({ kind: 'saleLeft' });
      till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
      till.pay(answers.declined);
      till.later(3_600_000);
      till.tell({ kind: 'collectStarted', attemptId: Object.keys(till.state.exceptions)[0] ?? '' });
      return till;
    };

    it('that it is paid, now', () => {
      const till = lost();
      expect(showOf(till)).toMatchObject({ kind: 'sale', due_fen: 8741, isToPay: true });
      till.tell(codeScan({ codeHmac: 'hmac-2' }));
      till.later(2_000).pay(answers.approved);
      expect(showOf(till)).toEqual({ kind: 'paid', amount_fen: 8741, change_fen: null, at_ms: till.now_ms });
    });

    it('that it is taken on trust once more', () => {
      const till = lost();
      till.line(false);
      till.tell(codeScan({ codeHmac: 'hmac-2' }));
      expect(showOf(till)).toEqual({ kind: 'pending', amount_fen: 8741, at_ms: till.now_ms });
    });
  });

  it('nothing of a sale that was parked or dropped', () => {
    const till = TestTill.tendering(8741);
    till.tell({ kind: 'saleParked' });
    expect(showOf(till)).toEqual({ kind: 'idle' });
    till.tell({ kind: 'saleRecalled', saleId: Object.keys(till.state.sales)[0] ?? '' });
    till.tell({ kind: 'saleCancelled' });
    expect(showOf(till)).toEqual({ kind: 'idle' });
  });
});

describe('its connection', () => {
  const open = (view: () => DisplayView) => {
    const heard: { ok?: boolean; id?: number | null; error?: { code: string }; push?: string }[] = [];
    const server = createDisplayServer(view);
    const session = server.accept((frame) => heard.push(JSON.parse(frame) as (typeof heard)[number]));
    const ask = (command: string, params?: unknown) =>
      session.receive(JSON.stringify({ id: 1, command, params }));
    return { server, session, heard, ask };
  };
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

  it.each([
    'snapshot.get',
    'snapshot.subscribe',
    'operator.signIn',
    'till.setLanguage',
    'payment.giveUp',
    '__proto__',
  ])('takes no %s', (command) => {
    const { heard, ask } = open(() => viewOf(shown()));
    ask(command, {});
    expect(heard).toEqual([{ id: 1, ok: false, error: { code: 'E-RPC-02', detail: command } }]);
  });

  it.each(['', '{', 'null', '{"id":1}', `"${'x'.repeat(70_000)}"`])(
    'answers what is no request: %.20s',
    (frame) => {
      const { heard, session } = open(() => viewOf(shown()));
      session.receive(frame);
      expect(heard.map(({ error }) => error?.code)).toEqual(['E-RPC-01']);
    },
  );

  it('hears of what it shows, and of no other change', async () => {
    const till = TestTill.tendering(8741);
    const { heard, ask, server, session } = open(() => viewOf(till));
    server.changed();
    await nextTurn();
    expect(heard).toEqual([]);
    ask(DISPLAY_command);
    till.now_ms += 500;
    till.tell({ kind: 'languageSet', language: 'en' });
    server.changed();
    await nextTurn();
    expect(heard).toHaveLength(1);
    till.tell({ kind: 'backToGoods' });
    server.changed();
    server.changed();
    await nextTurn();
    expect(heard.map(({ push }) => push)).toEqual([undefined, 'display']);
    session.close();
    till.tell({ kind: 'tenderStarted' });
    server.changed();
    await nextTurn();
    expect(heard).toHaveLength(2);
  });

  it('carries no number, name or word of the till beside the view itself', () => {
    const till = shown();
    const { heard, ask } = open(() => viewOf(till));
    ask(DISPLAY_command);
    const frame = JSON.stringify(heard);
    const { orderNumber, attemptId, saleId } = till.newest();
    for (const secret of [orderNumber, attemptId, saleId, '农夫山泉', '6901234567892', 'operator', ROUTE]) {
      expect(frame).not.toContain(secret);
    }
  });
});
