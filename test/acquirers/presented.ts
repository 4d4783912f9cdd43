// Random stories of a presented order at a simulator: codes asked for, scanned, paid, closed, while answers are lost or spoilt and the clock
// passes the end. Whatever happens, nothing is told that is not so.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type {
  Acquirer,
  ClosingEvent,
  PresentedOrder,
  PresentedOrders,
  PresentEvent,
} from '../../core/ports/acquirer.ts';
import { seedOfCommit } from '../commit-seed.ts';

const faults = ['dropRequest', 'dropAnswer', 'badSignature', 'http5xx'] as const;
type Fault = (typeof faults)[number] | 'clockSkew';

export type PresentedWorld = {
  /** Two adapters at least: one now, one later, each with a clock like the server's. */
  adapterAt(later_ms: number): Acquirer & PresentedOrders;
  newOrder(): PresentedOrder;
  /** Rejects with what the customer's app shows. */
  scan(content: string, how: { pays: boolean; later_ms: number }): Promise<unknown>;
  fault(fault: { fault: Fault; count?: number; ms?: number }): Promise<void>;
  clear(): Promise<void>;
  /** How often the customer was charged, by the simulator's own ledger. */
  charges(order: PresentedOrder): number | Promise<number>;
};

const LATER_ms = 20 * 60_000;
const RUNS = 30;
const acts = ['present', 'present', 'look', 'pay', 'pay', 'close', 'close', 'inquire', 'timePasses'] as const;
type Step = (typeof acts)[number] | (typeof faults)[number];
/** Told before the random ones, so that both ends are seen whatever the seed. */
const certain: [Step[]][] = [
  [['present', 'pay', 'inquire', 'close']],
  [['present', 'look', 'inquire', 'close']],
];

class Story {
  readonly #world: PresentedWorld;
  readonly #order: PresentedOrder;
  readonly #codes: string[] = [];
  #later_ms = 0;
  #isClosed = false;

  constructor(world: PresentedWorld) {
    this.#world = world;
    this.#order = world.newOrder();
  }

  async step(step: Step): Promise<void> {
    switch (step) {
      case 'present':
        return this.#present();
      case 'look':
      case 'pay':
        return this.#scan(step === 'pay');
      case 'close':
        await this.close();
        return;
      case 'inquire':
        return this.#inquire();
      case 'timePasses':
        this.#later_ms = LATER_ms;
        return this.#world.fault({ fault: 'clockSkew', ms: LATER_ms });
      default:
        return this.#world.fault({ fault: step, count: 1 });
    }
  }

  /** Charged once at most, and never after "closed". */
  async check(): Promise<number> {
    const charges = await this.#world.charges(this.#order);
    assert.ok(charges <= (this.#isClosed ? 0 : 1), `charged ${charges} times, closed: ${this.#isClosed}`);
    return charges;
  }

  async close(): Promise<ClosingEvent> {
    const adapter = this.#world.adapterAt(this.#later_ms);
    const event = await new Promise<ClosingEvent>((post) => adapter.closePresented(this.#order, post));
    if (event.kind === 'closed') this.#isClosed = true;
    if (event.kind === 'paidMeanwhile') assert.equal(await this.check(), 1);
    return event;
  }

  async #present(): Promise<void> {
    const adapter = this.#world.adapterAt(this.#later_ms);
    const event = await new Promise<PresentEvent>((post) => adapter.present(this.#order, post));
    if (event.kind !== 'presented') return;
    assert.deepEqual([this.#isClosed, this.#later_ms, await this.check()], [false, 0, 0]);
    this.#codes.push(event.content);
  }

  async #scan(pays: boolean): Promise<void> {
    const content = this.#codes.at(-1);
    if (content === undefined) return;
    const how = { pays, later_ms: this.#later_ms };
    if (this.#isClosed) await assert.rejects(this.#world.scan(content, how), /over|ended/);
    else
      await this.#world.scan(content, how).catch((error: unknown) => {
        // What an app shows to the second customer, or too late; anything else is a fault of the simulator.
        assert.match(String(error), /over|ended/);
      });
  }

  async #inquire(): Promise<void> {
    const adapter = this.#world.adapterAt(this.#later_ms);
    const asked = { ...this.#order, presented: true as const };
    const event = await new Promise<PaymentEvent>((post) => adapter.inquire(asked, post));
    if (event.kind === 'approved') assert.equal(await this.check(), 1);
    if (event.kind === 'declined' || event.kind === 'hostReversed') this.#isClosed = true;
    assert.notEqual(event.kind, 'notFound');
  }
}

/** Tells what the stories ended in: a world in which nothing ever happens would prove nothing. */
export async function tellPresentedStories(
  name: string,
  world: PresentedWorld,
  seed = seedOfCommit(),
): Promise<Set<string>> {
  process.stdout.write(`presented stories, ${name}: seed ${seed}\n`);
  const ends = new Set<string>();
  const steps = fc.array(fc.constantFrom<Step>(...acts, ...faults), { minLength: 4, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const story = new Story(world);
      for (const step of all) {
        await story.step(step);
        await story.check();
      }
      // In the end the line is good and the code's time is over: then it is known what became of it.
      await world.clear();
      await story.step('timePasses');
      const { kind } = await story.close();
      const charges = await story.check();
      await world.clear();
      assert.equal(kind, charges === 1 ? 'paidMeanwhile' : 'closed');
      ends.add(kind);
    }),
    { seed, numRuns: RUNS, examples: certain, endOnFailure: true },
  );
  return ends;
}
