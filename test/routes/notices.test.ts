// Notices through a merchant's relay, on a real core with three direct contracts that would not be asked for minutes: a true one makes the till
// ask once and find the money; whatever is wrong with one, the acquirer's own word alone decides, and nobody asks for a forger.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PaymentView, Snapshot } from '../../contract/snapshot.ts';
import type { Misbehaviour } from '../../fixtures/acquirers/notifier.ts';
import { type RelayProcess, startRelay } from '../../fixtures/relay/spawn.ts';
import { type Rail, railsOf, withDirectContracts } from '../../tools/lab/rails.ts';
import type { FileInput } from '../../tools/lab/shop.ts';
import { openWallets, type RouteInput, type Wallets } from '../../tools/lab/wallets.ts';
import { connectTo, openTill, quick, type Till } from '../hostile/till.ts';
import { makeDirectory } from '../month/directory.ts';

const DEADLINE_ms = 60_000;
const directory = makeDirectory();
let wallets: Wallets;
let relay: RelayProcess;
let till: Till;
let rails: Rail[] = [];

const pathOf = (id: string): string => `/notify/${id}`;

/** Asked about when its time is over, and not before. */
function withRelay(file: FileInput): FileInput {
  const { url, tokenFile, caFile } = relay;
  const routes = (file.routes ?? []).map((route): RouteInput => {
    const presenting = { ...route.timings?.presenting, inquireEvery_ms: 600_000 };
    const { adapter } = route;
    if (adapter === 'gateway') return route;
    const address = `${url}${pathOf(route.id)}`;
    const told = adapter === 'unionpay' ? { backUrl: address } : { notifyUrl: address };
    const awaiting = { awaitingEvery_ms: 600_000, awaitingLimit_ms: 600_000 };
    const doubt = { inquiryAt_ms: [600_000], giveUpAt_ms: 600_000 };
    return {
      ...route,
      ...told,
      timings: { ...route.timings, presenting, ...awaiting, ...doubt },
      relay: { url, tokenFile, caFile },
    };
  });
  return { ...file, routes };
}

beforeAll(async () => {
  wallets = await openWallets(directory);
  relay = await startRelay(join(directory, 'relay'));
  till = await openTill((lab) => withRelay(withDirectContracts(quick(lab), wallets)));
  rails = railsOf(wallets, till.shop.acquirer);
  await till.rpc.until('all up', ({ routes }) => routes.every(({ state }) => state === 'online'));
}, DEADLINE_ms);

afterAll(async () => {
  await till.stop();
  await relay.stop();
  await wallets.stop();
  rmSync(directory, { recursive: true });
});

const names = ['wechat', 'alipay', 'unionpay'] as const;
afterEach(async () => {
  for (const name of names) await wallets[name].notices(null);
});

const last = ({ sale }: Snapshot): PaymentView | undefined => sale?.payments.at(-1);
const isSold = ({ sale }: Snapshot): boolean => sale?.state === 'completed';

async function show(routeId: string): Promise<{ payment: PaymentView; content: string }> {
  const { rpc } = till;
  if (rpc.snapshot().sale?.state === 'completed') await rpc.call('sale.next');
  await till.tender();
  await rpc.call('payment.present', { routeId });
  const payment = last(await rpc.until('shown', (now) => (last(now)?.code ?? null) !== null)) as PaymentView;
  return { payment, content: payment.code?.content ?? '' };
}

describe.each(names)('%s', (name) => {
  const railOf = (): Rail => rails.find((one) => one.name === name) as Rail;
  const tellBy = (how?: Misbehaviour): Promise<void> =>
    wallets[name].notices({
      caFile: relay.caFile,
      resendAfter_ms: 200,
      ...(how === undefined ? {} : { how }),
    });
  const queriesOf = (orderNumber: string): number =>
    wallets[name].events.filter(
      ({ event, call, merchantOrderId }) =>
        event === 'request' && call === 'query' && merchantOrderId === orderNumber,
    ).length;

  /** The till has taken what was handed to it: it asks for more. */
  async function takenIn(since: number): Promise<void> {
    const isOurs = { path: pathOf(name) };
    const { seq } = await relay.waitFor(
      'handed',
      (event) => event['path'] === pathOf(name) && Number(event['count']) > 0,
      { since },
    );
    await relay.waitFor('asked', isOurs, { since: seq });
  }

  it('a notice: asked once, found, sold', { timeout: DEADLINE_ms }, async () => {
    await tellBy();
    const { payment, content } = await show(name);
    const { orderNumber } = payment;
    expect(queriesOf(orderNumber)).toBe(0);
    await railOf().mainScan.scan(content, true);
    const { sale } = await till.rpc.until('sold', isSold);
    expect(queriesOf(orderNumber)).toBe(1);
    expect(await railOf().kept_fen(orderNumber)).toBe(sale?.total_fen);
  });

  it('the same one twice: sold once', { timeout: DEADLINE_ms }, async () => {
    await tellBy('twice');
    const { payment, content } = await show(name);
    await railOf().mainScan.scan(content, true);
    await till.rpc.until('sold', isSold);
    expect(await railOf().kept_fen(payment.orderNumber)).toBe(payment.amount_fen);
  });

  it.each<Misbehaviour>(['forged', 'otherKey', 'otherAmount', 'otherMerchant'])(
    '%s: nobody asks for it, and it pays nothing',
    { timeout: DEADLINE_ms },
    async (how) => {
      await tellBy(how);
      const { payment, content } = await show(name);
      const { attemptId, orderNumber } = payment;
      const before = relay.mark();
      await railOf().mainScan.scan(content, true);
      await takenIn(before);
      expect(queriesOf(orderNumber)).toBe(0);
      expect(last(till.rpc.snapshot())).toMatchObject({ state: 'presenting', attemptId });
      // The money is there all the same: the till finds it when it asks by itself, and has asked nothing before.
      await till.rpc.call('payment.giveUp', { attemptId });
      await till.rpc.until('sold', isSold);
      expect(queriesOf(orderNumber)).toBe(1);
    },
  );

  it('paid by the notice, unpaid by the acquirer: not paid', { timeout: DEADLINE_ms }, async () => {
    await tellBy('early');
    const { payment, content } = await show(name);
    const { attemptId, orderNumber } = payment;
    const asked = { call: 'query', merchantOrderId: orderNumber };
    await railOf().mainScan.scan(content, false);
    const { seq } = await wallets[name].waitFor('answer', asked);
    expect(await railOf().kept_fen(orderNumber)).toBe(0);
    expect(till.rpc.snapshot().sale).toMatchObject({ state: 'tendering' });
    expect(last(till.rpc.snapshot())).toMatchObject({ state: 'presenting', attemptId });
    await railOf().mainScan.scan(content, true);
    await wallets[name].waitFor('request', asked, { since: seq });
    await till.rpc.until('sold', isSold);
    expect(queriesOf(orderNumber)).toBe(2);
  });

  it('the relay is away and comes back: the acquirer sends again', { timeout: DEADLINE_ms }, async () => {
    await tellBy();
    const { payment, content } = await show(name);
    await relay.refuse();
    const before = wallets[name].mark();
    await railOf().mainScan.scan(content, true);
    await wallets[name].waitFor('notice', { taken: false }, { since: before });
    expect(last(till.rpc.snapshot())).toMatchObject({ state: 'presenting' });
    await relay.accept();
    await till.rpc.until('sold', isSold);
    expect(queriesOf(payment.orderNumber)).toBe(1);
  });
});

it("a customer's own code that waits for his password: Alipay tells of those, too", {
  timeout: DEADLINE_ms,
}, async () => {
  const { rpc, shop, codes } = till;
  const { alipay } = wallets;
  await alipay.notices({ caFile: relay.caFile });
  await alipay.faults.set({ fault: 'awaitCustomer', call: 'pay', count: 1 });
  await rpc.call('sale.next');
  await till.tender();
  await shop.scanner.scan(codes.alipay());
  const waiting = await rpc.until('waiting', (now) => last(now)?.state === 'awaitingCustomer');
  const since = alipay.mark();
  await alipay.approve(last(waiting)?.orderNumber);
  await rpc.until('sold', isSold);
  const asked = alipay.events.filter(
    ({ seq, event, call }) => seq > since && event === 'request' && call === 'query',
  );
  expect(asked.filter((one) => one['merchantOrderId'] === last(waiting)?.orderNumber)).toHaveLength(1);
});

it('a customer\'s own code of which nothing but "accepted" is known: asked about once, at UnionPay\'s notice', {
  timeout: DEADLINE_ms,
}, async () => {
  const { rpc, shop, codes } = till;
  const { unionpay } = wallets;
  await unionpay.notices({ caFile: relay.caFile });
  await unionpay.faults.set({ fault: 'wait', call: 'purchase', count: 1 });
  await rpc.call('sale.next');
  await till.tender();
  await shop.scanner.scan(codes.unionpay());
  const waiting = await rpc.until('in doubt', (now) => last(now)?.state === 'unknown');
  const orderNumber = last(waiting)?.orderNumber;
  const queries = () =>
    unionpay.events.filter(
      (one) => one.event === 'request' && one['call'] === 'query' && one['merchantOrderId'] === orderNumber,
    );
  expect(queries()).toHaveLength(0);
  await unionpay.decide(orderNumber);
  await rpc.until('sold', isSold);
  expect(queries()).toHaveLength(1);
});

it('the technician sees what was wrong, and that the relay is away; the cashier sees nothing', {
  timeout: DEADLINE_ms,
}, async () => {
  const technician = await connectTo(till.shop, 'wu');
  const line = async (): Promise<string> => {
    await technician.call('diagnostics.start');
    const { diagnosis } = await technician.until('examined', (now) => now.diagnosis?.state === 'done');
    const found = diagnosis?.lines.find(
      ({ check, subject }) => check === 'network.notices' && subject === 'wechat',
    );
    return `${found?.verdict} ${found?.finding} ${found?.detail}`;
  };
  await wallets.wechat.notices({ caFile: relay.caFile });
  const { content } = await show('wechat');
  await wallets.wechat.scan(content);
  await till.rpc.until('sold', isSold);
  expect(await line()).toMatch(/^pass noticesHeard \d+ \+ 0, \d+ \?$/);
  await wallets.wechat.notices({ caFile: relay.caFile, how: 'forged' });
  const { payment, content: next } = await show('wechat');
  await wallets.wechat.scan(next);
  await vi.waitFor(async () => expect(await line()).toMatch(/^fail noticesDoubtful badSignature, /), {
    timeout: DEADLINE_ms,
  });
  await relay.refuse();
  await vi.waitFor(async () => expect(await line()).toMatch(/^fail noticesAway E/), { timeout: DEADLINE_ms });
  expect(till.rpc.snapshot().notice).toBeNull();
  await relay.accept();
  await till.rpc.call('payment.giveUp', { attemptId: payment.attemptId });
  await till.rpc.until('sold', isSold);
  technician.close();
});
