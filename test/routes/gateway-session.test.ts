// A real core whose gateway wants a daily sign-in: the till sells in a session, and goes on when the acquirer has lost it.
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import type { Snapshot } from '../../contract/snapshot.ts';
import { openTill, quick, type Till } from '../hostile/till.ts';

const DEADLINE_ms = 60_000;
let till: Till;

beforeAll(async () => {
  till = await openTill((lab) => {
    const { route, ...rest } = quick(lab);
    return { ...rest, route: { ...route, session: 'daily' } };
  });
}, DEADLINE_ms);
afterAll(() => till.stop());

const paid = ({ sale }: Snapshot) => sale?.state === 'completed';

async function sell(): Promise<string> {
  const { rpc } = till;
  if (rpc.snapshot().sale?.state === 'completed') await rpc.call('sale.next');
  await till.pay();
  const { sale } = await rpc.until('paid', paid);
  return sale?.payments[0]?.orderNumber ?? '';
}

it('two sales are paid once each, with the session lost between them', { timeout: DEADLINE_ms }, async () => {
  const { acquirer } = till.shop;
  const first = await sell();
  const before = await acquirer.sessions.count();
  await acquirer.sessions.forget();
  const second = await sell();
  const charges = (await acquirer.ledger()).filter(({ kind }) => kind === 'charge');
  expect(charges.map(({ merchantOrderId }) => merchantOrderId)).toEqual([first, second]);
  expect(await acquirer.sessions.count()).toBe(before + 1);
  const calls = acquirer.events.filter(({ event, path }) => event === 'request' && path !== 'sign-in');
  expect(calls.every(({ session }) => session !== undefined)).toBe(true);
});

it('a refused sign-in takes the line down, with its cause; the next that is granted brings it back', {
  timeout: DEADLINE_ms,
}, async () => {
  const { rpc, shop } = till;
  await shop.acquirer.faults.set({ fault: 'decline', path: 'sign-in', code: 'TERMINAL_INVALID' });
  await shop.acquirer.sessions.forget();
  const { routes } = await rpc.until('down', (now) => now.routes[0]?.state === 'offline');
  expect(routes[0]?.cause).toMatch(/^(SESSION_EXPIRED )?SIGN_IN_REFUSED TERMINAL_INVALID$/);
  // Refused by name, it takes nothing on trust either.
  await rpc.until('nothing on trust', (now) => now.routes[0]?.queueOpen === false);
  await rpc.call('sale.next');
  await till.pay();
  const { notice } = await rpc.until('told', (now) => now.notice !== null);
  expect([notice?.code, rpc.snapshot().sale?.state]).toEqual(['E-OFF-06', 'tendering']);
  await shop.acquirer.faults.clear();
  await rpc.until('up', (now) => now.routes[0]?.state === 'online');
  await shop.scanner.scan(till.codes.wechat());
  const { sale } = await rpc.until('paid', paid);
  const charges = (await shop.acquirer.ledger()).filter(
    ({ merchantOrderId }) => merchantOrderId === sale?.payments.at(-1)?.orderNumber,
  );
  expect(charges.map(({ kind }) => kind)).toEqual(['charge']);
});

it('what was taken on trust waits while the sign-in is refused, and is paid once when it is granted', {
  timeout: DEADLINE_ms,
}, async () => {
  const { rpc, shop } = till;
  await shop.acquirer.settings({ storeAndForward: true });
  await rpc.until('trusted', (now) => now.routes[0]?.queueOpen === true);
  await rpc.call('sale.next');
  await till.tender();
  await shop.acquirer.refuse();
  await rpc.until('down', (now) => now.routes[0]?.state === 'offline');
  await shop.scanner.scan(till.codes.wechat());
  const { sale } = await rpc.until('on trust', (now) => now.sale?.state === 'completedPending');
  await shop.acquirer.faults.set({ fault: 'decline', path: 'sign-in', code: 'TERMINAL_INVALID' });
  await shop.acquirer.sessions.forget();
  await shop.acquirer.faults.clear('refuse');
  await rpc.until('refused', (now) => /TERMINAL_INVALID/.test(now.routes[0]?.cause ?? ''));
  expect(rpc.snapshot().sale?.payments[0]?.state).toBe('queued');
  await shop.acquirer.faults.clear();
  const after = await rpc.until('paid', paid);
  expect(after.sale?.payments.map(({ state }) => state)).toEqual(['approved']);
  const charges = (await shop.acquirer.ledger()).filter(
    ({ merchantOrderId }) => merchantOrderId === sale?.payments[0]?.orderNumber,
  );
  expect(charges.map(({ kind }) => kind)).toEqual(['charge']);
});

it('goods do not leave on trust when the sign-in for the payment itself is refused by name; paid again, all is good', {
  timeout: DEADLINE_ms,
}, async () => {
  const rare = await openTill((lab) => {
    const { route, ...rest } = quick(lab);
    return { ...rest, route: { ...route, session: 'daily', probeEvery_ms: 3_600_000 } };
  });
  onTestFinished(() => rare.stop());
  const { rpc, shop, codes } = rare;
  await shop.acquirer.settings({ session_s: 2 });
  await shop.acquirer.sessions.forget();
  await rare.pay();
  await rpc.until('paid', paid);
  const ends_ms = Date.now() + 2000;
  await shop.acquirer.faults.set({ fault: 'decline', path: 'sign-in', code: 'TERMINAL_INVALID' });
  await rpc.call('sale.next');
  await rare.tender();
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(ends_ms), { timeout: 5000 });
  expect(rpc.snapshot().routes[0]).toMatchObject({ state: 'online', queueOpen: true });
  await shop.scanner.scan(codes.wechat());
  const broken = await rpc.until('broken', (now) => now.routes[0]?.state === 'broken');
  expect(broken.routes[0]?.cause).toBe('SIGN_IN_REFUSED TERMINAL_INVALID');
  expect(broken.sale?.state).toBe('tendering');
  expect(broken.sale?.payments.map(({ state, reason }) => [state, reason])).toEqual([
    ['declined', 'E-PAY-08'],
  ]);
  await shop.acquirer.faults.clear();
  await shop.scanner.scan(codes.wechat());
  const { sale, routes } = await rpc.until('paid', paid);
  expect(routes[0]).toMatchObject({ state: 'online', cause: null });
  const charges = (await shop.acquirer.ledger()).filter(({ kind }) => kind === 'charge');
  expect(charges.at(-1)?.merchantOrderId).toBe(sale?.payments.at(-1)?.orderNumber);
  expect(charges).toHaveLength(2);
});
