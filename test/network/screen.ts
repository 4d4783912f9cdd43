// What the screen said while the network was broken, snapshot by snapshot: nothing is called proven that the acquirer's own
// ledger does not hold at that very moment, and nothing proven becomes a question again.
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import type { Answer, Push } from '../../contract/envelope.ts';
import type { GiveBackView, PaymentView, RouteView, SaleView, Snapshot } from '../../contract/snapshot.ts';
import { readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import { readRefunds } from '../../fixtures/acquirers/gateway/refunds-read.ts';

export type RouteSeen = Pick<RouteView, 'state' | 'layer' | 'cause'> & { at_ms: number };

export type Screen = {
  /** Promises that the screen broke, in words. */
  readonly problems: readonly string[];
  /** Every change of the route's state, layer or cause, as it was told. */
  readonly route: readonly RouteSeen[];
  /** States of payments that were ever shown. */
  readonly states: ReadonlySet<string>;
  readonly snapshots: number;
  close(): void;
};

class Watcher {
  readonly problems: string[] = [];
  readonly route: RouteSeen[] = [];
  readonly states = new Set<string>();
  snapshots = 0;
  readonly #ledgerFile: string;
  readonly #told = new Map<string, string>();
  /** By sale that ever stood on the counter. */
  readonly #ordersOf = new Map<string, ReadonlySet<string>>();
  /** Give-backs without a proof, as they were shown last. */
  #open: ReadonlyMap<string, GiveBackView> = new Map();
  #sequence = 0;

  constructor(ledgerFile: string) {
    this.#ledgerFile = ledgerFile;
  }

  take(snapshot: Snapshot): void {
    this.snapshots += 1;
    if (snapshot.sequence < this.#sequence)
      this.problems.push(`the screen went back from ${this.#sequence} to ${snapshot.sequence}`);
    this.#sequence = snapshot.sequence;
    const { sale, resolving, giveBacks, routes, found } = snapshot;
    this.#takeRoute(routes[0]);
    if (sale !== null)
      this.#ordersOf.set(sale.saleId, new Set(sale.payments.map(({ orderNumber }) => orderNumber)));
    for (const payment of [...(sale?.payments ?? []), ...resolving]) this.#takePayment(payment);
    for (const one of [...giveBacks, ...(sale?.giveBacks ?? []), ...(found?.giveBacks ?? [])])
      if (this.#isNews(one.requestNumber, one.state) && one.state === 'done') this.#checkGiveBack(one);
    this.#takeOpen(giveBacks);
    if (sale !== null && sale.state === 'completed' && this.#isNews(sale.saleId, 'completed'))
      this.#checkSale(sale);
  }

  #isNews(id: string, state: string): boolean {
    const isNew = this.#told.get(id) !== state;
    this.#told.set(id, state);
    return isNew;
  }

  #takeRoute(route: RouteView | undefined): void {
    if (route === undefined) return;
    const { state, layer, cause } = route;
    const last = this.route.at(-1);
    if (last?.state === state && last.layer === layer && last.cause === cause) return;
    this.route.push({ state, layer, cause, at_ms: performance.now() });
  }

  #takePayment({ orderNumber, state, unproven, amount_fen }: PaymentView): void {
    this.states.add(state);
    const before = this.#told.get(orderNumber);
    if (!this.#isNews(orderNumber, `${state}${unproven ? '?' : ''}`)) return;
    if (unproven && before !== undefined && !before.endsWith('?'))
      this.problems.push(`${orderNumber} was ${before} and is ${state} again`);
    if (unproven) return;
    const truth = readLedger(this.#ledgerFile).find((one) => one.merchantOrderId === orderNumber);
    const kept_fen = (truth?.charged_fen ?? 0) - (truth?.givenBack_fen ?? 0);
    const isPaid = state === 'approved' || state === 'settled';
    // Of a paid one part may have gone back since: then it must have been charged at least.
    const isTrue = isPaid ? truth?.charged_fen === amount_fen : kept_fen === 0;
    if (!isTrue)
      this.problems.push(
        `${orderNumber} was shown ${state} when the ledger said ${truth?.state ?? 'nothing'}`,
      );
  }

  /** What was open and is shown no more is done by that, unless a refund has taken a refused void's place. */
  #takeOpen(giveBacks: readonly GiveBackView[]): void {
    for (const [requestNumber, before] of this.#open) {
      if (giveBacks.some((one) => one.requestNumber === requestNumber)) continue;
      const isReplaced =
        before.method === 'void' &&
        giveBacks.some(({ method, saleId }) => method === 'refund' && saleId === before.saleId);
      if (!isReplaced) this.#checkGiveBack(before);
    }
    this.#open = new Map(
      giveBacks.filter(({ unproven }) => unproven).map((one) => [one.requestNumber, one] as const),
    );
  }

  #checkGiveBack({ requestNumber, method, saleId, amount_fen }: GiveBackView): void {
    const isDone =
      method === 'refund'
        ? readRefunds(this.#ledgerFile).some(
            (one) => one.refundRequestId === requestNumber && one.times === 1,
          )
        : this.#isVoided(saleId, amount_fen);
    if (!isDone)
      this.problems.push(`${method} ${requestNumber} was shown done when the ledger did not hold it`);
  }

  /** A void gives one whole payment of its sale back; the screen does not say which. */
  #isVoided(saleId: string, amount_fen: number): boolean {
    const orders = this.#ordersOf.get(saleId);
    return readLedger(this.#ledgerFile).some(
      ({ merchantOrderId, state, charged_fen }) =>
        orders?.has(merchantOrderId) === true && state === 'voided' && charged_fen === amount_fen,
    );
  }

  #checkSale({ saleId, payments, cash, total_fen }: SaleView): void {
    const paid_fen = payments
      .filter(({ state }) => state === 'approved' || state === 'settled')
      .reduce((sum_fen, { amount_fen }) => sum_fen + amount_fen, 0);
    const covered_fen = paid_fen + (cash?.amount_fen ?? 0) + (cash?.rounding_fen ?? 0);
    if (covered_fen !== total_fen)
      this.problems.push(`sale ${saleId} was shown completed with ${covered_fen} of ${total_fen} fen`);
  }
}

/** Sees every snapshot that is pushed, through a connection of its own that is signed in as whoever `signIn` says. */
export async function watchScreen(options: {
  controlSocket: string;
  ledgerFile: string;
  signIn: { operatorId: string; pin: string };
}): Promise<Screen> {
  const socket = createConnection(options.controlSocket);
  await once(socket, 'connect');
  socket.on('error', () => socket.destroy());
  const watcher = new Watcher(options.ledgerFile);
  const lines = createInterface({ input: socket });
  lines.on('error', () => socket.destroy());
  const subscribed = new Promise<void>((resolve, reject) => {
    socket.once('close', () => reject(new Error('the core closed the watching connection')));
    lines.on('line', (line) => {
      const message = JSON.parse(line) as Answer | Push;
      if ('push' in message) return watcher.take(message.snapshot as Snapshot);
      if (!message.ok) return reject(new Error(`the watcher: ${message.error.code} ${message.error.detail}`));
      if (message.id !== 2) return;
      watcher.take(message.result as Snapshot);
      resolve();
    });
  });
  socket.write(`${JSON.stringify({ id: 1, command: 'operator.signIn', params: options.signIn })}\n`);
  socket.write(`${JSON.stringify({ id: 2, command: 'snapshot.subscribe' })}\n`);
  await subscribed;
  return {
    problems: watcher.problems,
    route: watcher.route,
    states: watcher.states,
    get snapshots() {
      return watcher.snapshots;
    },
    close: () => socket.destroy(),
  };
}
