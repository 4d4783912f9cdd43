// A soak: the real core sells for a long time, is killed at random, and is judged at each restart; what it takes of the machine is
// written down every second.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CodeMaker, codeMaker } from '../../fixtures/codes.ts';
import { type ConfigurationInput, openShop, type Shop } from '../../tools/lab/shop.ts';
import { openOutboxRows } from '../crash/books.ts';
import { quickTimings } from '../crash/quick-shop.ts';
import { chanceFor } from '../month/random.ts';
import { type Deck, newDeck, type Pace, work } from './cashier.ts';
import { type Counter, type Memory, smallGoods } from './counter.ts';
import { type LivingCore, type RunRecord, startLife } from './life.ts';
import { takeOver } from './other-acts.ts';
import { CSV_HEADER, csvLine } from './sample.ts';
import { type Growth, growths, table } from './thirds.ts';
import { judgeRun, type Told, totalsOf, type Totals } from './verdict.ts';
import { openYardstick, type Yardstick } from './yardstick.ts';

export type SoakOptions = {
  minutes: number;
  seed: number;
  /** No kills: what grows with a core's age. */
  isCalm: boolean;
  directory: string;
  csvFile: string;
  pace: Pace;
  killEvery_ms: readonly [least: number, most: number];
  say(line: string): void;
};

export type SoakResult = {
  problems: string[];
  growths: Growth[];
  table: string;
  kills: number;
  samples: number;
  totals: Totals;
  tally: Memory['tally'];
};

const timings = { ...quickTimings, giveBackInquiryAt_ms: [300, 1000], giveBackInquiryEvery_ms: 1000 };

function quick(configuration: ConfigurationInput): ConfigurationInput {
  return { ...configuration, route: { ...configuration.route, probeEvery_ms: 300, timings } };
}

/** Growth is judged from so many minutes on; below, the thirds are mostly the warming up. */
const JUDGED_minutes = 5;

class Soak {
  readonly #options: SoakOptions;
  readonly #shop: Shop;
  readonly #yardstick: Yardstick;
  readonly #started_ms = performance.now();
  readonly #record: RunRecord;
  readonly #memory: Memory;
  readonly #deck: Deck;
  readonly #problems: string[] = [];
  /** Codes shown since the last judgement, and all. */
  #fresh: string[] = [];
  readonly #codes: string[] = [];
  #acknowledged: Told['acknowledged'] = null;
  #kills = 0;
  /** The one that lives, or lived last. */
  #life: LivingCore | null = null;

  constructor(options: SoakOptions, shop: Shop, yardstick: Yardstick) {
    this.#options = options;
    this.#shop = shop;
    this.#yardstick = yardstick;
    this.#record = {
      samples: [],
      lives: [],
      onSample: (sample) => appendFileSync(options.csvFile, csvLine(sample)),
    };
    this.#memory = {
      shop,
      chance: chanceFor(options.seed, 'cashier'),
      codes: this.#noted(codeMaker(options.seed)),
      barcodes: smallGoods(),
      sold: [],
      asked: { dayCloses: 0 },
      tally: new Map(),
      now: { doing: '' },
    };
    this.#deck = newDeck(options.pace);
  }

  #noted(made: CodeMaker): CodeMaker {
    const noted = (make: () => string) => () => {
      const code = make();
      this.#fresh.push(code);
      this.#codes.push(code);
      return code;
    };
    return { ...made, wechat: noted(made.wechat), alipay: noted(made.alipay) };
  }

  #isOver(): boolean {
    return performance.now() - this.#started_ms >= this.#options.minutes * 60_000;
  }

  async #start(): Promise<LivingCore> {
    const where = { shop: this.#shop, yardstick: this.#yardstick, started_ms: this.#started_ms };
    this.#life = await startLife(where, this.#record);
    return this.#life;
  }

  /** The cashier works until the time is over, or the core is killed under him. */
  async #work(life: LivingCore): Promise<'through' | 'killed'> {
    const { killEvery_ms, isCalm, pace } = this.#options;
    const chance = chanceFor(this.#options.seed, `kill ${this.#kills}`);
    let isKilled = false;
    const kill = setTimeout(
      () => {
        isKilled = true;
        this.#kills += 1;
        void life.core.kill();
      },
      isCalm ? 2 ** 31 - 1 : chance.whole(...killEvery_ms),
    );
    const counter: Counter = { ...this.#memory, rpc: life.rpc };
    const worked = work(counter, this.#deck, pace, () => this.#isOver()).then(
      () => 'through' as const,
      (error: unknown) => error,
    );
    const first = await Promise.race([worked, life.core.exited]);
    clearTimeout(kill);
    // The connection breaks before the exit is seen.
    if (isKilled) await life.core.exited;
    this.#acknowledged = life.head();
    life.leave();
    if (isKilled) return 'killed';
    if (first === 'through') return 'through';
    const why = first instanceof Error ? first.message : `the core ended by itself (${String(first)})`;
    throw new Error(`${this.#memory.now.doing}: ${why}\n${life.core.log().split('\n').slice(-5).join('\n')}`);
  }

  /** Everything is proven and printed, and the outbox is empty; then the core ends in order. */
  async #settle(life: LivingCore): Promise<void> {
    const { stateDirectory } = this.#shop;
    await takeOver({ ...this.#memory, rpc: life.rpc });
    await life.rpc.until(
      'everything is proven and printed',
      ({ resolving, giveBacks, exposure, exceptionCount, print, sale }) =>
        resolving.length === 0 &&
        giveBacks.length === 0 &&
        exposure.count === 0 &&
        exceptionCount === 0 &&
        sale === null &&
        print.state !== 'printing' &&
        openOutboxRows(stateDirectory) === 0,
    );
    this.#acknowledged = life.head();
    life.leave();
    await life.core.stop();
  }

  async #judge(codes: readonly string[]): Promise<void> {
    const acknowledged = this.#acknowledged;
    const { dayCloses } = this.#memory.asked;
    const found = await judgeRun(this.#shop, { acknowledged, codes, dayClosesAsked: dayCloses });
    const at_s = Math.round((performance.now() - this.#started_ms) / 1000);
    this.#problems.push(...found.map((problem) => `after ${at_s} s: ${problem}`));
    this.#fresh = [];
  }

  /** After a kill: what the core had acknowledged is there, and all comes to its proof. */
  async #recover(): Promise<void> {
    const acknowledged = this.#acknowledged;
    await this.#settle(await this.#start());
    const later = this.#acknowledged;
    this.#acknowledged = acknowledged;
    await this.#judge(this.#fresh);
    this.#acknowledged = later;
  }

  async run(): Promise<SoakResult> {
    try {
      while (!this.#isOver() && this.#problems.length === 0) {
        const life = await this.#start();
        if ((await this.#work(life)) === 'killed') {
          this.#options.say(`killed while ${this.#memory.now.doing}`);
          await this.#recover();
        } else await life.core.stop();
      }
      if (this.#problems.length === 0) {
        await this.#settle(await this.#start());
        await this.#judge(this.#codes);
      }
    } catch (error) {
      this.#problems.push(error instanceof Error ? error.message : String(error));
      this.#life?.leave();
      await this.#life?.core.kill();
    }
    return this.#result();
  }

  #result(): SoakResult {
    const { samples, lives } = this.#record;
    const { isCalm, minutes } = this.#options;
    const isJudged = minutes >= JUDGED_minutes && this.#problems.length === 0;
    // Too few lives to find equal ages in: shown as they are.
    const isPlain = isCalm || !isJudged;
    const found = growths(samples, lives, isPlain);
    return {
      problems: this.#problems,
      growths: isJudged ? found : [],
      table: table(samples, found, isJudged, isPlain),
      kills: this.#kills,
      samples: samples.length,
      totals: totalsOf(this.#shop),
      tally: this.#memory.tally,
    };
  }
}

/** The shop's directory stays; the caller may remove it. */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  mkdirSync(dirname(options.csvFile), { recursive: true });
  writeFileSync(options.csvFile, CSV_HEADER);
  const shop = await openShop({
    directory: join(options.directory, 'shop'),
    configure: quick,
    printer: { render: false },
  });
  const yardstick = await openYardstick(options.directory);
  try {
    return await new Soak(options, shop, yardstick).run();
  } finally {
    await yardstick.stop();
    await shop.stop();
  }
}
