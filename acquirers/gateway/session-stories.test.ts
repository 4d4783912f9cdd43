// Random stories in a session: payments, inquiries and reversals at once, while the session is lost, refused, spoiled and late. Whatever
// the till is told of a payment must be so in the acquirer's books.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { AuthorizeOrder } from '../../core/ports/acquirer.ts';
import {
  connectGatewayControl,
  type FaultRequest,
  type GatewayControl,
} from '../../fixtures/acquirers/gateway/client.ts';
import { readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import { type GatewayProcess, startGateway } from '../../fixtures/acquirers/gateway/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { seedOfCommit } from '../../test/commit-seed.ts';
import { type Chance, chanceFor } from '../../test/month/random.ts';
import { createGateway } from './adapter.ts';
import { accessTo, wireTerminal } from '../../test/acquirers/gateway.ts';

const STORIES = 60;
const DEADLINE_ms = 120_000;
const directory = mkdtempSync(join(tmpdir(), 'yima-session-stories-'));
const codes = codeMaker(31);
let process_: GatewayProcess;
let control: GatewayControl;
let gateway: ReturnType<typeof createGateway>;

const openAdapter = () =>
  createGateway({
    id: 'gateway',
    terminal: wireTerminal,
    rules: [],
    probeTimeout_ms: 20_000,
    session: 'daily',
    call: accessTo(process_),
  });

beforeAll(async () => {
  process_ = await startGateway({ directory });
  control = await connectGatewayControl(process_.control);
  gateway = openAdapter();
});
afterAll(async () => {
  await gateway.close();
  control.close();
  await process_.stop();
  rmSync(directory, { recursive: true });
});

/** Of the sign-in, and of the calls. */
const mishaps: readonly FaultRequest[] = [
  { fault: 'decline', path: 'sign-in', code: 'SYSTEM_ERROR' },
  { fault: 'decline', path: 'sign-in', code: 'TERMINAL_INVALID' },
  { fault: 'dropAnswer', path: 'sign-in' },
  { fault: 'dropRequest', path: 'sign-in' },
  { fault: 'wrongWrapping', path: 'sign-in' },
  { fault: 'badSignature', path: 'sign-in' },
  { fault: 'expiredSession', path: 'sign-in' },
  { fault: 'delay', path: 'sign-in', ms: 60 },
  { fault: 'forgetSession', path: 'pay' },
  { fault: 'forgetSession', path: 'pay', process: true },
  { fault: 'forgetSession', path: 'all' },
  { fault: 'badSignature', path: 'pay' },
  { fault: 'dropAnswer', path: 'pay' },
  { fault: 'dropRequest', path: 'pay' },
  { fault: 'decline', path: 'pay' },
  { fault: 'decline', path: 'pay', code: 'SESSION_EXPIRED' },
];

/** Of one order: charged and said to be expired, and the second sending is refused before anybody looks at it. */
const lies: readonly FaultRequest[] = [
  { fault: 'forgetSession', path: 'pay', process: true, count: 1 },
  { fault: 'decline', path: 'pay', code: 'TERMINAL_INVALID', skip: 1, count: 1 },
];

async function arrange(chance: Chance, merchantOrderId: string): Promise<void> {
  await control.faults.clear();
  if (chance.happens(0.5)) await control.sessions.forget();
  const count = chance.whole(0, 3);
  for (let number = 0; number < count; number += 1)
    await control.faults.set({ ...chance.pick(mishaps), count: chance.whole(1, 3) });
  if (chance.happens(0.3)) for (const fault of lies) await control.faults.set({ ...fault, merchantOrderId });
}

/** A till that starts has no session. */
async function restart(): Promise<void> {
  await gateway.close();
  gateway = openAdapter();
}

const newOrder = (orderNumber: string, timeout_ms: number): AuthorizeOrder => ({
  orderNumber,
  openedAt_ms: Date.now(),
  amount_fen: 1290,
  code: codes.wechat(),
  deferred: null,
  timeout_ms,
});
const pay = (order: AuthorizeOrder) => new Promise<PaymentEvent>((post) => gateway.authorize(order, post));
const inquire = (order: AuthorizeOrder) =>
  new Promise<PaymentEvent>((post) => gateway.inquire({ ...order, timeout_ms: 5000 }, post));
const reverse = (order: AuthorizeOrder) =>
  new Promise<PaymentEvent>((post) => gateway.reverse({ ...order, timeout_ms: 5000 }, post));

const chargesOf = ({ orderNumber }: AuthorizeOrder) =>
  readLedger(process_.ledgerFile).find(({ merchantOrderId }) => merchantOrderId === orderNumber)?.charges ??
  0;

const told = { approved: 1, declined: 0, notSent: 0 } as Readonly<Record<string, number>>;

it('nothing is told that is not so', { timeout: DEADLINE_ms }, async () => {
  const seed = seedOfCommit();
  process.stdout.write(`session stories: seed ${seed}\n`);
  const seen = new Set<string>();
  for (let story = 1; story <= STORIES; story += 1) {
    const chance = chanceFor(seed, `session ${story}`);
    await arrange(chance, `STORY${story}X0`);
    if (chance.happens(0.4)) await restart();
    const orders = Array.from({ length: chance.whole(1, 4) }, (_, index) =>
      newOrder(`STORY${story}X${index}`, chance.happens(0.2) ? 30 : 5000),
    );
    const events = await Promise.all(orders.map(pay));
    await control.faults.clear();
    for (const [index, order] of orders.entries()) {
      const kind = events[index]?.kind ?? '';
      seen.add(kind);
      const found = await inquire(order);
      const undone = await reverse(order);
      // Read last: a payment whose answer nobody waited for may have arrived meanwhile, and none can after the reversal.
      const charges = chargesOf(order);
      const where = `seed ${seed}, story ${story}: ${kind}, then ${found.kind}, with ${charges} charges`;
      expect(charges, where).toBeLessThanOrEqual(1);
      if (kind in told) expect(charges, where).toBe(told[kind]);
      if (found.kind === 'approved') expect(charges, where).toBe(1);
      const result = charges === 1 ? 'REVERSED' : 'NOT_CHARGED';
      expect(undone, where).toEqual({ kind: 'reversalAcknowledged', result });
    }
  }
  for (const kind of ['approved', 'notSent', 'undecided', 'noAnswer']) expect([...seen]).toContain(kind);
});
