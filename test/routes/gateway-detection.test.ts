// A real core whose gateway recognises codes by itself: a format that no rule knows pays there or is refused there, provably, and nowhere on trust.
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../contract/snapshot.ts';
import { openTill, quick, type Till } from '../hostile/till.ts';

const DEADLINE_ms = 60_000;
/** As the simulator invents them; the last is nobody's. */
const HEBAO = '711234567890123456';
const UNNAMED = '9912345678901234';
const NOBODY = '0012345678901234';
let till: Till;

beforeAll(async () => {
  till = await openTill((lab) => {
    const { route, ...rest } = quick(lab);
    return { ...rest, route: { ...route, detects: true } };
  });
}, DEADLINE_ms);
afterAll(() => till.stop());

afterEach(async () => {
  const { rpc, shop } = till;
  await shop.acquirer.accept();
  await shop.acquirer.settings({ autoDetect: true });
  await rpc.until('up', lineIs('online'));
  await echoHeard();
  if (rpc.snapshot().sale?.state === 'tendering') await rpc.call('sale.cancel');
  await rpc.call('payment.forget');
});

const lineIs =
  (state: Snapshot['routes'][number]['state']) =>
  ({ routes }: Snapshot) =>
    routes[0]?.state === state;
/** The next is asked for only when the one before was heard. */
async function echoHeard(): Promise<void> {
  const echoes = () => till.shop.acquirer.events.filter(({ path }) => path === 'echo').length;
  const before = echoes();
  await vi.waitFor(() => expect(echoes()).toBeGreaterThan(before + 2), { timeout: 5000 });
}

const chargesOf = async (orderNumber: string | undefined) =>
  (await till.shop.acquirer.ledger()).filter(
    (one) => one.kind === 'charge' && one.merchantOrderId === orderNumber,
  );

it.each([
  ['whose wallet the answer names', HEBAO, 'HEBAO'],
  ['whose wallet it does not', UNNAMED, undefined],
])(
  'a code %s pays, once, and is UNKNOWN in the books',
  { timeout: DEADLINE_ms },
  async (_what, code, app) => {
    const { rpc, shop } = till;
    await till.tender();
    await shop.scanner.scan(code);
    const { sale } = await rpc.until('paid', (now) => now.sale?.state === 'completed');
    const payment = sale?.payments[0];
    expect(payment).toMatchObject({ scheme: 'UNKNOWN', state: 'approved' });
    expect(payment?.codeMask).not.toContain(code);
    expect(await chargesOf(payment?.orderNumber)).toHaveLength(1);
    await rpc.call('sale.next');
    await rpc.call('payment.find', { text: payment?.orderNumber ?? '' });
    const { asked } = await rpc.until('found', (now) => now.asked !== null);
    const [evidence] = asked?.payments ?? [];
    expect(evidence).toMatchObject({ scheme: 'UNKNOWN', verdict: 'paid', proof: { rail: 'NETSUNION' } });
    expect(evidence?.proof?.payerApp).toBe(app);
  },
);

it('a code that it does not recognise either is declined, provably', { timeout: DEADLINE_ms }, async () => {
  const { rpc, shop } = till;
  await till.tender();
  await shop.scanner.scan(NOBODY);
  const { sale } = await rpc.until('declined', (now) => now.sale?.payments[0]?.state === 'declined');
  const payment = sale?.payments[0];
  expect(payment).toMatchObject({ scheme: 'UNKNOWN', acquirerCode: 'AUTH_CODE_INVALID' });
  expect(sale?.state).toBe('tendering');
  expect(await chargesOf(payment?.orderNumber)).toEqual([]);
});

it('while its echo does not say so, the till asks it nothing', { timeout: DEADLINE_ms }, async () => {
  const { rpc, shop } = till;
  await till.tender();
  await shop.acquirer.settings({ autoDetect: false });
  const before = await shop.acquirer.orders();
  await echoHeard();
  await shop.scanner.scan(UNNAMED);
  const { notice, sale } = await rpc.until('refused', (now) => now.notice !== null);
  expect([notice?.code, notice?.detail, sale?.payments]).toEqual(['E-SCAN-05', '991234******1234', []]);
  expect(await shop.acquirer.orders()).toEqual(before);
});

it('with the line down it waits for the line, though other codes go on trust', {
  timeout: DEADLINE_ms,
}, async () => {
  const { rpc, shop } = till;
  await till.tender();
  await shop.acquirer.refuse();
  await rpc.until('down', lineIs('offline'));
  await shop.scanner.scan(UNNAMED);
  const { notice, sale } = await rpc.until('refused', (now) => now.notice !== null);
  expect([notice?.code, notice?.detail, sale?.payments]).toEqual(['E-OFF-06', '991234******1234', []]);
  await shop.scanner.scan(till.codes.wechat());
  await rpc.until('on trust', (now) => now.sale?.state === 'completedPending');
});
