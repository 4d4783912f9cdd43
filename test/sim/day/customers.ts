// Who scans the code on the screen, and when: what they see is all that they know of it. Some take a picture, and scan that later.
import type { Chance } from '../../month/random.ts';
import { newCode } from './codes.ts';
import type { World } from './world.ts';

const minute_ms = 60_000;
const SOON_ms = 8000;

export class Customers {
  readonly #world: World;
  readonly #chance: Chance;
  readonly #seen = new Set<string>();

  constructor(world: World) {
    this.#world = world;
    this.#chance = world.chance('customers');
  }

  /** After each event: a code that was not there before is looked at. */
  look(): void {
    const { content } = this.#world.code ?? {};
    if (content === undefined || this.#seen.has(content)) return;
    this.#seen.add(content);
    const { codeFor_ms, customers } = this.#world.plan.mainScan;
    const chance = this.#chance;
    if (chance.happens(customers.picture))
      this.#scanAfter(content, chance.whole(10_000, codeFor_ms + 10 * minute_ms));
    if (chance.happens(customers.never)) return;
    if (chance.happens(customers.atTheEnd)) return this.#payAtTheEnd(content);
    const latest_ms = chance.happens(customers.late) ? codeFor_ms : SOON_ms;
    const at_ms = chance.whole(500, latest_ms);
    this.#scanAfter(content, at_ms);
    if (chance.happens(customers.twice)) this.#scanAfter(content, at_ms + chance.whole(1, SOON_ms));
  }

  /** The cashier ends it, and the customer scans at that very moment. */
  hurry(): void {
    const { content } = this.#world.code ?? {};
    if (content === undefined || !this.#chance.happens(0.3)) return;
    this.#scanAfter(content, this.#chance.whole(0, 800), this.#chance.whole(0, 300));
  }

  /** The code is as old as it was when it came to the screen: a second or two. */
  #payAtTheEnd(content: string): void {
    const takes_ms = this.#chance.whole(0, 20_000);
    const end_ms = this.#world.plan.mainScan.codeFor_ms;
    this.#scanAfter(content, end_ms - takes_ms - this.#chance.whole(-500, 3000), takes_ms);
  }

  #scanAfter(content: string, delay_ms: number, takes_ms = this.#takes_ms()): void {
    const { time, host, trace } = this.#world;
    const payCode = newCode(this.#chance);
    const pays = this.#chance.happens(0.9);
    time.after(Math.max(1, delay_ms), () => {
      const word = host.scan(content, { payCode, takes_ms, pays });
      trace.line('customer', `scans ${content}: ${word}`);
      this.#world.saw(`person.scans.${word}`);
    });
  }

  #takes_ms(): number {
    return this.#chance.happens(0.8) ? this.#chance.whole(300, 15_000) : this.#chance.whole(15_000, 90_000);
  }
}
