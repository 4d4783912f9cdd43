// A real core whose gateway wants a daily sign-in: the till sells in a session, and goes on when the acquirer has lost it.
import { afterAll, beforeAll, expect, it } from 'vitest';
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
  await shop.acquirer.faults.clear();
  await rpc.until('up', (now) => now.routes[0]?.state === 'online');
  const orderNumber = await sell();
  const charges = (await shop.acquirer.ledger()).filter(
    ({ merchantOrderId }) => merchantOrderId === orderNumber,
  );
  expect(charges.map(({ kind }) => kind)).toEqual(['charge']);
});
