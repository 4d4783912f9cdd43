// What happens in a trial: a sale in calm weather, the fault at its moment, business under it, and the end of the fault.
import { setTimeout } from 'node:timers/promises';
import type { Snapshot } from '../../contract/snapshot.ts';
import { addresses, type WireCounts } from '../../fixtures/network/wire/wire.ts';
import { payAndPrint, saleIs, type Stage } from '../crash/stage.ts';
import type { Case } from './cases.ts';
import type { IsolatedShop } from './isolated-shop.ts';
import { clear, decide, fill, giveBack, hands, present, sell } from './script.ts';

/** A trial on its way. */
export type Trial = {
  place: IsolatedShop;
  one: Case;
  stage: Stage;
  barcode: string;
  /** In [0, 1), from the seed. */
  chance: () => number;
  /** Resolves with the moment when the fault began. */
  begun: PromiseWithResolvers<number>;
  /** Resolves with the moment when the network was calm again. */
  calmed: PromiseWithResolvers<number>;
  /** Done at the end of the fault: requests let go that were held. */
  late: (() => Promise<unknown>)[];
  problems: string[];
};

export const SETTLE_DEADLINE_ms = 180_000;
const LOOK_EVERY_ms = 50;
/** An echo takes at least five in each direction. */
const ENOUGH_packets = 40;
const HELD_DEADLINE_ms = 60_000;

async function begin({ place, one, chance, begun }: Trial): Promise<void> {
  const at_ms = performance.now();
  await one.fault.begin(place, chance);
  begun.resolve(at_ms);
}

type Path = 'pay' | 'refund' | 'voidpayment';

/** Runs what sends a request to `path`, and lets the fault fall at the case's moment of it. */
async function meet(trial: Trial, path: Path, send: () => Promise<void>): Promise<void> {
  const { one, stage, chance, late } = trial;
  if (one.moment === 'before') {
    await begin(trial);
    return send();
  }
  const { acquirer } = stage.shop;
  const fault = one.moment === 'requested' ? 'holdRequest' : 'hold';
  await acquirer.faults.set({ fault, path, count: 1 });
  const since = acquirer.mark();
  const sent = send();
  // A script that fails is heard before its request is missed.
  await Promise.race([
    acquirer.waitFor('held', { path }, { since, deadline_ms: HELD_DEADLINE_ms }),
    sent.then(() => new Promise<never>(() => undefined)),
  ]);
  await begin(trial);
  const release = () => acquirer.release();
  // A dead acquirer lets nothing go; what it held is lost with it.
  if (one.fault.name !== 'acquirerKilled') {
    if (chance() < 0.5) await release();
    else late.push(release);
  }
  return sent;
}

async function expectNamed({ one, stage, problems }: Trial): Promise<void> {
  const { layers } = one.fault;
  if (layers === undefined) return;
  const { routes } = await stage.rpc.until(
    'the line called down, and its layer',
    ({ routes: [route] }) => route?.state === 'offline' && route.layer !== null,
  );
  const layer = routes[0]?.layer ?? null;
  if (layer === null || !layers.includes(layer))
    problems.push(`${one.fault.name}: the screen blames ${String(layer)}, not ${layers.join(' or ')}`);
}

async function payUnderFault(trial: Trial): Promise<void> {
  const { stage, barcode, chance, one } = trial;
  await fill(stage, barcode, 1);
  await meet(trial, 'pay', () => present(stage, stage.codes.wechat()));
  if (one.isShort) return;
  await expectNamed(trial);
  await decide(stage, hands[Math.floor(chance() * hands.length)] ?? 'wait');
}

/** Until the fault that was armed has happened, or the line has been tried so often under a fault of the weather. */
async function isMet({ place: { wire }, one }: Trial): Promise<void> {
  const sprung = wire.sprung;
  const first = await wire.counts();
  const tried = ({ up }: WireCounts): number => up.passed + up.late + up.lost + up.dropped;
  const isEnough = async (): Promise<boolean> =>
    one.fault.isArmed === true
      ? wire.sprung > sprung
      : tried(await wire.counts()) - tried(first) > ENOUGH_packets;
  const deadline_ms = performance.now() + SETTLE_DEADLINE_ms;
  while (!(await isEnough()) && performance.now() < deadline_ms) await setTimeout(LOOK_EVERY_ms);
}

/** Queued with the cable out; the fault falls when it is forwarded. */
async function forwardUnderFault(trial: Trial): Promise<void> {
  const { place, stage, barcode, one } = trial;
  const { rpc } = stage;
  await place.wire.carrier(false);
  await rpc.until('offline', ({ routes: [route] }) => route?.state === 'offline');
  await fill(stage, barcode, 1);
  await present(stage, stage.codes.alipay());
  await rpc.until('queued', saleIs('completedPending'));
  await clear(stage);
  const plug = async (): Promise<void> => {
    await place.wire.carrier(true);
    await rpc.until('forwarded', ({ exposure }) => exposure.count === 0, SETTLE_DEADLINE_ms);
  };
  const forwarded = meet(trial, 'pay', plug);
  // It may last as long as the fault: business goes on meanwhile.
  trial.late.push(() => forwarded);
  await Promise.race([forwarded, trial.begun.promise]);
  if (one.moment === 'before') await Promise.race([forwarded, isMet(trial)]);
  if (!one.isShort) await expectNamed(trial);
}

/** All of it goes back by a void, a part by a refund. */
async function returnUnderFault(trial: Trial, receiptId: string): Promise<void> {
  const [path, pieces] =
    trial.one.subject === 'void' ? (['voidpayment', 2] as const) : (['refund', 1] as const);
  await meet(trial, path, () => giveBack(trial.stage, receiptId, pieces));
  if (!trial.one.isShort) await expectNamed(trial);
}

function isTriedAgain({ sale, resolving }: Snapshot): boolean {
  const owed = [...(sale?.payments ?? []), ...resolving].filter(({ state }) => state === 'reversing');
  return owed.every(({ reversals }) => reversals > 1);
}

async function watch(trial: Trial): Promise<void> {
  await begin(trial);
  await expectNamed(trial);
}

/** The day: one sale in calm weather, the fault at its subject, and, when it is long, another sale and a return under it. */
export async function act(trial: Trial): Promise<void> {
  const { one, stage, barcode, chance } = trial;
  const { rpc } = stage;
  if (one.subject === 'nothing') return watch(trial);
  const isReturn = one.subject === 'refund' || one.subject === 'void';
  await payAndPrint(stage, barcode, 2);
  const receiptId = rpc.snapshot().sale?.receiptId ?? '';
  await rpc.call('sale.next');
  if (one.subject === 'pay') await payUnderFault(trial);
  if (one.subject === 'forward') await forwardUnderFault(trial);
  if (isReturn) await returnUnderFault(trial, receiptId);
  if (!one.isShort) {
    const hand = hands[Math.floor(chance() * hands.length)] ?? 'wait';
    await sell(stage, barcode, { code: stage.codes.alipay(), hand });
    if (!isReturn) await giveBack(stage, receiptId, 1);
    // So long that what is owed was tried in vain, and more than once.
    if (one.fault.layers !== undefined) await rpc.until('reversals tried again', isTriedAgain);
  }
  await heal(trial);
  if (one.isShort && one.subject === 'pay') await decide(stage, 'wait');
  if (one.isShort && !isReturn) await giveBack(stage, receiptId, 1);
}

/** The end of every fault. */
export async function heal({ place, stage, late, calmed }: Trial): Promise<void> {
  await place.restartAcquirer();
  await place.disguise(null);
  await place.nameRule({ kind: 'address', address: addresses.acquirer });
  await place.wire.calm();
  calmed.resolve(performance.now());
  await stage.shop.acquirer.faults.clear();
  await Promise.all(late.splice(0).map((finish) => finish()));
}
