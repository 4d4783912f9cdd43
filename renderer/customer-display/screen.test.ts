// What the customer's screen makes of the core's views: nothing stays that is over, nothing is shown that nobody vouches for.
import { describe, expect, it } from 'vitest';
import type { DisplayShow, DisplayView } from '../../contract/display.ts';
import { customerView } from '../preview/customer-samples.ts';
import { NOW_ms } from '../preview/goods.ts';
import { createLink } from './link.ts';
import { ENDED_for_ms, noView, shownAt, withView } from './screen.ts';
import { scanWords } from './words.ts';

const kindAt = (show: DisplayShow, later_ms: number) =>
  shownAt({ view: customerView(show), receivedAt_ms: 500 }, 500 + later_ms).kind;

describe('the customer’s screen', () => {
  it('shows how a sale ended for a while, then only the shop', () => {
    for (const show of [
      { kind: 'paid', amount_fen: 1, change_fen: null, at_ms: NOW_ms },
      { kind: 'pending', amount_fen: 1, at_ms: NOW_ms },
    ] as const) {
      expect([kindAt(show, ENDED_for_ms), kindAt(show, ENDED_for_ms + 1)]).toEqual([show.kind, 'idle']);
    }
  });

  it('shows the change of cash for goods that had gone long ago: their sale ended then, the paying just now', () => {
    const due = { itemCount: 1, total_fen: 8_741, due_fen: 8_741, isToPay: true, isWorking: false };
    const paid = { kind: 'paid', amount_fen: 8_741, change_fen: 1_259, at_ms: NOW_ms - 3_600_000 } as const;
    const paying = withView(noView, customerView({ kind: 'sale', ...due }), 500);
    let state = withView(paying, customerView(paid), 900);
    expect(shownAt(state, 900)).toEqual(paid);
    // The next view of the same end prolongs nothing.
    state = withView(state, { ...customerView(paid), now_ms: NOW_ms + 20_000 }, 20_900);
    const kinds = [ENDED_for_ms, ENDED_for_ms + 1].map((later_ms) => shownAt(state, 900 + later_ms).kind);
    expect(kinds).toEqual(['paid', 'idle']);
    // A screen that starts after it shows nobody what another one has paid.
    expect(shownAt(withView(noView, customerView(paid), 900), 900)).toEqual({ kind: 'idle' });
  });

  it('takes a code away at its end, unless somebody pays it just then', () => {
    const code = { kind: 'code', scheme: 'WECHAT', amount_fen: 1, content: 'x' } as const;
    const left = { ...code, endsAt_ms: NOW_ms + 1000, isScanned: false };
    expect([kindAt(left, 999), kindAt(left, 1000)]).toEqual(['code', 'wait']);
    expect(kindAt({ ...left, isScanned: true }, 5000)).toBe('code');
  });

  it.each([
    ['WECHAT', '微信', 'WeChat'],
    ['ALIPAY', '支付宝', 'Alipay'],
    ['UNIONPAY', '云闪付', 'UnionPay'],
  ])('says that a code of %s is for %s, in both languages', (scheme, zh, en) => {
    expect(scanWords(scheme)).toEqual({
      zh: expect.stringContaining(`请用${zh}扫码`),
      en: expect.stringContaining(`with ${en}`),
    });
  });

  it('names no wallet for a code whose wallets the till is not told', () => {
    expect(scanWords('AGGREGATE')).toEqual({ zh: '请扫码付款', en: 'Scan to pay' });
  });

  it('shows nothing of a sale while there is no core', () => {
    expect(shownAt({ view: null, receivedAt_ms: 0 }, 1)).toEqual({ kind: 'wait' });
  });
});

class FakePort {
  sent: string[] = [];
  readonly #listeners: Record<string, ((event: { data?: unknown }) => void)[]> = {};
  addEventListener(type: 'message' | 'close', listener: (event: { data?: unknown }) => void): void {
    (this.#listeners[type] ??= []).push(listener);
  }
  emit(type: 'message' | 'close', data?: unknown): void {
    for (const listener of this.#listeners[type] ?? []) listener({ data });
  }
  postMessage(message: string): void {
    this.sent.push(message);
  }
  start(): void {}
  close(): void {
    this.emit('close');
  }
}

describe('its link', () => {
  const view = customerView({ kind: 'idle' });
  const answer = JSON.stringify({ id: 1, ok: true, result: view });

  it('asks once, hears every view, and none when the core is gone', () => {
    const seen: (DisplayView | null)[] = [];
    const attach = createLink((one) => seen.push(one));
    const port = new FakePort();
    attach(port);
    port.emit('message', answer);
    port.emit('message', JSON.stringify({ push: 'display', view }));
    port.emit('message', JSON.stringify({ id: 1, ok: false, error: { code: 'E-RPC-02', detail: '' } }));
    port.emit('close');
    expect(port.sent.map((frame) => JSON.parse(frame) as unknown)).toEqual([
      { id: 1, command: 'display.subscribe' },
    ]);
    expect(seen).toEqual([view, view, null]);
  });

  it('hears only the newest port', () => {
    const seen: (DisplayView | null)[] = [];
    const attach = createLink((one) => seen.push(one));
    const [old, young] = [new FakePort(), new FakePort()];
    attach(old);
    attach(young);
    old.emit('message', answer);
    old.emit('close');
    young.emit('message', answer);
    expect(seen).toEqual([view]);
  });
});
