// The lab of `npm start`: a shop, the kiosk that sells in it, and the bench beside it. Closing the kiosk ends everything.
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join, resolve } from 'node:path';
import { socketPath } from '../../../fixtures/control/process.ts';
import { totalsOf } from '../../../fixtures/lab/shared/match.ts';
import type { BenchView } from '../../../fixtures/lab/shared/view.ts';
import { openShop, type Shop } from '../shop.ts';
import { type BenchLink, openLink } from './link.ts';
import { benchFacts } from './shelf.ts';
import { BenchRefused, type Handlers } from './side.ts';
import { openStage, type Stage } from './stage.ts';
import { type LabWindow, openBenchWindow, openKioskWindow } from './windows.ts';

export type LabOptions = {
  directory: string;
  /** Begins with an empty shop. */
  isFresh: boolean;
  isDebugged: boolean;
  log(line: string): void;
  /** Called with each shop that opens: the first, and one after each emptying. */
  opened(shop: Shop): void;
};

export type Lab = {
  /** A barcode or code for the scanner, typed by whoever started the lab. False: nobody heard it. */
  scan(text: string): Promise<boolean>;
  /** Opens the bench again after it was closed. */
  showBench(): void;
  /** Asks all to end. */
  end(): void;
  /** Resolves with the kiosk's exit code when everything has ended. */
  ended: Promise<number>;
};

type Now = { shop: Shop | null; stage: Stage | null; kiosk: LabWindow | null; isEmptying: boolean };

/** What the bench shows while no shop is open. */
function closedView(before: BenchView | null, isEmptying: boolean): BenchView {
  const phase = isEmptying ? 'emptying' : 'starting';
  if (before !== null) return { ...before, phase, till: null };
  return {
    phase,
    now_ms: Date.now(),
    directory: '',
    scanners: [],
    lastScan: null,
    printer: {
      isOn: false,
      coverOpen: false,
      paperOut: false,
      nearEnd: false,
      cutterError: false,
      isSlow: false,
      isSilent: false,
      linesLeft: null,
      drawerOpen: false,
      drawerPulses: 0,
      growing: [],
      papers: [],
    },
    network: { state: 'plugged', cutsNextPayment: false },
    acquirer: { armed: [], undecided: 0, undecidedRefunds: 0 },
    core: { pid: null, startedAt_ms: null, kills: 0, starts: 0, diesNextPayment: false },
    till: null,
    money: { rows: [], left_out: 0, totals: totalsOf([]) },
  };
}

/** Two labs in one place would take each other's scanner and printer away. */
async function isServed(socket: string): Promise<boolean> {
  const client = createConnection(socket);
  try {
    await once(client, 'connect');
    return true;
  } catch {
    // Nobody listens: a lab that was killed leaves its socket behind.
    return false;
  } finally {
    client.destroy();
  }
}

/** The lab writes its configuration there, and an emptying takes all away: neither must befall a real till, or a home. */
function isForeign(directory: string): boolean {
  if (!existsSync(directory)) return false;
  const names = readdirSync(directory);
  return names.length > 0 && !names.includes('acquirer');
}

class RunningLab {
  readonly #options: LabOptions;
  readonly #benchFolder: string;
  readonly #socket: string;
  readonly #now: Now = { shop: null, stage: null, kiosk: null, isEmptying: false };
  #lastView: BenchView | null = null;
  #link: BenchLink | null = null;
  #bench: LabWindow | null = null;
  #isEnding = false;

  constructor(options: LabOptions) {
    this.#options = options;
    this.#benchFolder = `${resolve(options.directory)}-bench`;
    mkdirSync(this.#benchFolder, { recursive: true, mode: 0o700 });
    this.#socket = socketPath(this.#benchFolder, 'bench.sock');
  }

  async run(): Promise<number> {
    const { directory, isFresh, log } = this.#options;
    if (await isServed(this.#socket)) {
      log(`这里已有一个实验室在运行 / another lab runs in ${directory}`);
      return 3;
    }
    if (isForeign(directory)) {
      log(`目录里有别的东西，不是实验室，什么都没有改动；请换一个空目录：${directory}`);
      log(`Not a lab's folder, nothing in it was changed; name an empty one: ${directory}`);
      return 2;
    }
    if (isFresh) rmSync(directory, { recursive: true, force: true });
    this.#link = await openLink({
      path: this.#socket,
      facts: benchFacts(),
      handlers: () => this.#handlers(),
      view: () => this.#view(),
      log,
    });
    this.showBench();
    let code = await this.#sell();
    while (this.#now.isEmptying && !this.#isEnding) {
      rmSync(directory, { recursive: true, force: true });
      code = await this.#sell();
    }
    this.#isEnding = true;
    await this.#bench?.close();
    await this.#link.close();
    return code;
  }

  /** Opens the shop and the kiosk; resolves when the kiosk is closed and the shop with it. */
  async #sell(): Promise<number> {
    const { directory, isDebugged, log, opened } = this.#options;
    const shop = await openShop({ directory, withNetwork: true });
    this.#now.shop = shop;
    this.#now.isEmptying = false;
    this.#now.stage = await openStage(shop, () => this.#show(), log);
    opened(shop);
    // Asked to end while the shop was opening: the window is not opened any more.
    let code = 0;
    if (!this.#isEnding) {
      this.#now.kiosk = openKioskWindow(shop, isDebugged);
      code = await this.#now.kiosk.closed;
    }
    this.#lastView = this.#now.stage.view();
    this.#now.stage.stop();
    this.#now.stage = null;
    this.#now.kiosk = null;
    this.#now.shop = null;
    this.#show();
    await shop.stop();
    return code;
  }

  #view(): BenchView {
    return this.#now.stage?.view() ?? closedView(this.#lastView, this.#now.isEmptying);
  }

  #show(): void {
    this.#link?.show(this.#view());
  }

  #handlers(): Handlers {
    return {
      ...this.#now.stage?.handlers,
      'lab.empty': () => {
        const { kiosk } = this.#now;
        if (kiosk === null) throw new BenchRefused({ zh: '还没有开店', en: 'No shop is open yet' });
        this.#now.isEmptying = true;
        void kiosk.close();
        this.#show();
        return { zh: '正在清空，重新开店', en: 'Emptying, a new shop opens' };
      },
    };
  }

  async scan(text: string): Promise<boolean> {
    return (await this.#now.shop?.scanner.scan(text)) ?? false;
  }

  showBench(): void {
    if (this.#bench !== null || this.#isEnding) return;
    const paper = join(resolve(this.#options.directory), 'printer/paper');
    const profile = join(this.#benchFolder, 'browser');
    this.#bench = openBenchWindow({ socket: this.#socket, paper, profile }, this.#options.isDebugged);
    void this.#bench.closed.then(() => {
      this.#bench = null;
      if (!this.#isEnding)
        this.#options.log('实验台已关闭；输入 bench 再打开 / bench closed; type bench to open it again');
    });
  }

  end(): void {
    this.#isEnding = true;
    void this.#now.kiosk?.close();
  }
}

export function startLab(options: LabOptions): Lab {
  const lab = new RunningLab(options);
  return {
    scan: (text) => lab.scan(text),
    showBench: () => lab.showBench(),
    end: () => lab.end(),
    ended: lab.run(),
  };
}
