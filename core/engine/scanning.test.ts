// A code that no rule knows, at the counter: to whom it goes, what is kept of it, and what the cashier is told when it goes nowhere.
import { describe, expect, it } from 'vitest';
import { engineStage } from '../../test/core/engine-stage.ts';
import { proof } from '../../test/sim/machine-variants.ts';
import { createScanning } from './scanning.ts';
import type { Goods } from '../domain/sale/sale.ts';

const CODE = '7134567890123456';
const MASK = '713456******3456';

function staged(options: { detects?: boolean; withheld?: string; goods?: Goods } = {}) {
  const { detects = true, withheld, goods } = options;
  const stage = engineStage();
  const { engine, store, vault, acquirer } = stage;
  const rules = withheld === undefined ? [] : [{ scheme: 'HEBAO', pattern: withheld, deferrable: false }];
  const scanning = createScanning({
    engine,
    store,
    vault,
    catalogue: { find: (barcode: string) => (barcode === goods?.barcode ? goods : null) },
    acquirers: [{ ...acquirer, rules: acquirer.rules.filter(({ scheme }) => scheme === 'WECHAT') }],
    detectors: detects ? [{ routeId: 'gateway', withheld: rules }] : [],
    findReceipt: () => null,
    findPayment: () => null,
    takenByTest: () => false,
    touched: () => undefined,
  } as unknown as Parameters<typeof createScanning>[0]);
  const scan = (text: string): void => {
    const bytes = new TextEncoder().encode(text);
    scanning.onEvent({ kind: 'frame', scannerId: 'counter', bytes, tooLong: false });
    stage.dispatcher.pump();
  };
  const echo = (online: boolean, autoDetect = true): void => {
    const cause = online ? null : 'ECONNREFUSED';
    const said = { layer: null, storeAndForward: true, autoDetect };
    engine.post({ kind: 'routeObserved', routeId: 'gateway', online, cause, ...said });
  };
  const attempt = () => Object.values(engine.state.attempts).at(-1);
  const told = () => engine.ui.notice?.code ?? null;
  return { ...stage, scan, echo, attempt, told };
}

describe('digits that no rule knows', () => {
  it('go to the acquirer that recognises codes, as UNKNOWN, and pay', () => {
    const till = staged();
    till.echo(true);
    till.tender();
    till.scan(CODE);
    expect(till.attempt()).toMatchObject({ scheme: 'UNKNOWN', codeMask: MASK, wasDeferred: false });
    expect(JSON.stringify(till.attempt())).not.toContain(CODE);
    const [asked] = till.acquirer.asked;
    expect(asked).toMatchObject({ kind: 'authorize', order: { code: CODE, deferred: null } });
    asked?.post({ kind: 'approved', proof: { ...proof, payerApp: 'HEBAO' } });
    expect(till.attempt()?.machine.state).toMatchObject({ kind: 'approved', proof: { payerApp: 'HEBAO' } });
    expect([Object.values(till.engine.state.sales).at(-1)?.state, till.told()]).toEqual(['completed', null]);
  });

  it.each<[string, Parameters<typeof staged>[0], boolean, string]>([
    ['no route detects', { detects: false }, true, CODE],
    ['the last echo does not say that it does', {}, false, CODE],
    ['the code is of a wallet that the route does not take', { withheld: '^71\\d{14}$' }, true, CODE],
    ['two codes ran into each other', {}, true, `${CODE}${CODE}`],
    ['a torn EMV payload', {}, true, 'hQVDUFYwMWEGC6222021234567890123!'],
  ])(
    'go nowhere where %s: the cashier is told that nobody knows them',
    (_name, options, autoDetect, code) => {
      const till = staged(options);
      till.echo(true, autoDetect);
      till.tender();
      till.scan(code);
      expect([till.told(), till.attempt(), till.acquirer.asked]).toEqual(['E-SCAN-05', undefined, []]);
    },
  );

  it('are unknown goods before the tender step', () => {
    const till = staged();
    till.echo(true);
    till.scan(CODE);
    expect([till.told(), till.attempt()]).toEqual(['E-SCAN-02', undefined]);
  });

  it('are not taken on trust with the line down, though the route takes others', () => {
    const till = staged();
    till.echo(true);
    till.echo(false);
    till.tender();
    till.scan(CODE);
    expect([till.told(), till.attempt()]).toEqual(['E-OFF-06', undefined]);
    till.scan('130123456789012345');
    expect(till.attempt()).toMatchObject({ scheme: 'WECHAT', wasDeferred: true });
  });

  it('end as not sent, and in no queue, when the line fails at the sending', () => {
    const till = staged();
    till.echo(true);
    till.tender();
    till.scan(CODE);
    till.acquirer.asked[0]?.post({ kind: 'notSent', cause: 'ECONNREFUSED', then: 'queue' });
    expect(till.attempt()?.machine.state).toMatchObject({ kind: 'notSent' });
    expect(till.attempt()?.wasDeferred).toBe(false);
  });
});

it('one of our papers and a payment’s number are what they are, whoever detects', () => {
  const till = staged();
  till.echo(true);
  till.tender();
  for (const text of ['yima:R001000012:00000012:hash', '201234567890123456789']) till.scan(text);
  expect([till.attempt(), till.acquirer.asked]).toEqual([undefined, []]);
});

it('goods that are numbered like one of our papers are sold', () => {
  const goods = {
    barcode: 'R12345678901',
    name_zh: '茶',
    name_en: 'Tea',
    unit: '袋',
    price_fen: 100,
    tax_bp: 0,
  };
  const till = staged({ goods });
  till.scan(goods.barcode);
  const { sales, currentSaleId } = till.engine.state;
  expect(sales[currentSaleId ?? '']?.lines).toMatchObject([{ barcode: goods.barcode }]);
});
