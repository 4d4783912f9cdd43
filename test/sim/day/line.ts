// The line between till and acquirer: signed bytes of the real adapter go out, bytes come back, or something else. Each call ends once;
// what it ends with says nothing certain about what reached the other side.
import type { Send } from '../../../acquirers/gateway/call.ts';
import {
  believe,
  type CallOutcome,
  type CallRequest,
  prepare,
  type Prepared,
  type Signing,
} from '../../../acquirers/gateway/message.ts';
import type { Received } from '../../../acquirers/transport/https.ts';
import type { Chance } from '../../month/random.ts';
import { readAmount_fen } from './host/fields.ts';
import { forged } from './host/forged.ts';
import type { Host, WireAnswer } from './host/host.ts';
import { givesBack } from './leaving-backs.ts';
import { mangled } from './line-garbage.ts';
import type { LineFault, LineWeights } from './line-faults.ts';
import type { Outage } from './plan.ts';

export type LineDependencies = {
  chance: Chance;
  /** Whether a request that a front has answered is handed on, and when. */
  fronts: Chance;
  host: Host;
  now_ms(): number;
  /** Runs whatever becomes of the till. */
  after(delay_ms: number, run: () => void): void;
  outages: readonly Outage[];
  saw(kind: string): void;
  story(text: string): void;
  /** A request leaves the till now; its first byte is out. */
  leaving(request: CallRequest): void;
};

type Trip = {
  signing: Signing;
  request: CallRequest;
  prepared: Prepared;
  started_ms: number;
  end(outcome: CallOutcome): void;
};

const SHAKY_ms = 60_000;
/** As the simulated till is configured. */
const CONNECT_ms = 3000;

const refusedCauses = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'CERT_HAS_EXPIRED', 'ECONNRESET'];
const brokenCauses = ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE', 'ENETUNREACH'];

export class Line {
  readonly #deps: LineDependencies;
  #weights: LineWeights;
  #isCalm = false;
  readonly #outages: Outage[];
  /** Answers of earlier calls, as they were on the wire. */
  readonly #past: WireAnswer[] = [];
  /** Orders that a pay was sent for: somebody else's answers come from here. */
  readonly #orders: string[] = [];

  constructor(deps: LineDependencies, weights: LineWeights) {
    this.#deps = deps;
    this.#outages = [...deps.outages];
    this.#weights = weights;
  }

  /** No new trouble. What is on its way stays there. */
  calm(): void {
    this.#isCalm = true;
  }

  /** An outage that nobody had planned. */
  cut(for_ms: number, kind: Outage['kind']): void {
    const from_ms = this.#deps.now_ms();
    this.#outages.push({ from_ms, to_ms: from_ms + for_ms, kind });
  }

  outage(): Outage | null {
    if (this.#isCalm) return null;
    const now_ms = this.#deps.now_ms();
    return this.#outages.find((one) => one.from_ms <= now_ms && now_ms < one.to_ms) ?? null;
  }

  /** For one life of the till: its calls end with it. */
  sendFor(life: { isDead: boolean }): Send {
    return (signing, request, finish) => {
      if (life.isDead) return;
      const prepared = prepare(signing, request);
      const trip: Trip = {
        signing,
        request,
        prepared,
        started_ms: this.#deps.now_ms(),
        end: once((outcome) => {
          this.#deps.story(
            `${nameOf(request)} ends: ${outcome.kind} ${'cause' in outcome ? outcome.cause : ''}`,
          );
          if (!life.isDead) finish(outcome);
        }),
      };
      this.#take(trip);
    };
  }

  #take(trip: Trip): void {
    const down = this.outage();
    const fault = down === null ? this.#draw(trip.request) : this.#underOutage(down);
    // These need something that may not be there: they count when they happen.
    const isCountedLater = fault === 'forged' || isForeign(fault);
    if (down !== null) this.#deps.saw(`line.outage.${down.kind}`);
    else if (fault !== 'none' && !isCountedLater) this.#deps.saw(`line.${fault}`);
    this.#deps.story(`${nameOf(trip.request)} ${fault === 'none' ? '' : `[${fault}]`}`);
    if (fault === 'refused') {
      const cause = this.#deps.chance.pick(refusedCauses);
      // At once, or when connecting has lasted long enough.
      const after_ms = this.#deps.chance.happens(0.3) ? CONNECT_ms : this.#latency_ms();
      return this.#deps.after(after_ms, () => trip.end({ kind: 'notSent', cause }));
    }
    this.#deps.after(trip.request.timeout_ms, () => trip.end({ kind: 'noAnswer', cause: 'TIMED_OUT' }));
    this.#remember(trip.request);
    this.#travel(trip, fault);
    this.#deps.leaving(trip.request);
  }

  /** A line that was gone comes back by jerks. */
  #isShaky(): boolean {
    const now_ms = this.#deps.now_ms();
    return this.#outages.some(
      ({ kind, to_ms }) =>
        (kind === 'refused' || kind === 'unreachable') && to_ms <= now_ms && now_ms < to_ms + SHAKY_ms,
    );
  }

  /** Where one server does not know the terminal, what is sent again goes to that one more often. */
  #draw({ path, body }: CallRequest): LineFault | 'none' {
    const isRepeated = path.endsWith('/pay') && this.#orders.includes(String(body['merchantOrderId']));
    const { chance } = this.#deps;
    if (!this.#isCalm && path.endsWith('/pay') && this.#isShaky() && chance.happens(0.4)) return 'refused';
    if (!this.#isCalm && isRepeated && this.#weights.strayRefusal > 0 && chance.happens(0.3))
      return 'strayRefusal';
    return this.#isCalm ? 'none' : chance.weighted(this.#weights);
  }

  #underOutage({ kind }: Outage): LineFault | 'suspended' {
    if (kind === 'suspended') return 'suspended';
    if (kind === 'silent') return 'requestLost';
    return kind === 'portal' ? 'html' : 'refused';
  }

  #remember({ path, body }: CallRequest): void {
    const { merchantOrderId } = body;
    const isNew = typeof merchantOrderId === 'string' && !this.#orders.includes(merchantOrderId);
    if (path.endsWith('/pay') && typeof merchantOrderId === 'string') this.#orders.push(merchantOrderId);
    else if (path.endsWith('/present') && isNew) this.#orders.push(merchantOrderId);
  }

  #travel(trip: Trip, fault: LineFault | 'none' | 'suspended'): void {
    const { chance, after } = this.#deps;
    const there_ms = this.#latency_ms();
    switch (fault) {
      case 'none':
        return this.#exchange(trip, there_ms, this.#latency_ms());
      case 'requestLost':
        return this.#maybeBreak(trip);
      case 'requestLate':
        after(chance.whole(3000, 100_000), () => void this.#serve(trip));
        return this.#maybeBreak(trip);
      case 'answerLost':
        after(there_ms, () => void this.#serve(trip));
        return this.#maybeBreak(trip);
      case 'slowDrip':
        return this.#exchange(trip, there_ms, chance.whole(1500, trip.request.timeout_ms + 4000));
      case 'suspended':
      case 'strayRefusal':
        after(there_ms, () => this.#arrive(trip, this.#deps.host.suspended(trip.prepared.nonce)));
        return;
      case 'answerLate':
        return this.#exchange(trip, there_ms, trip.request.timeout_ms + chance.whole(-500, 6000));
      case 'requestTwice':
        after(there_ms + chance.whole(1, 30_000), () => void this.#serve(trip));
        return this.#exchange(trip, there_ms, this.#latency_ms());
      case 'reset':
        after(there_ms, () => {
          this.#serve(trip);
          after(this.#latency_ms(), () => trip.end({ kind: 'noAnswer', cause: chance.pick(brokenCauses) }));
        });
        return;
      case 'html':
        after(there_ms, () => this.#arrive(trip, mangled('html', null, chance)));
        return this.#mayFollow(trip);
      default:
        after(there_ms, () => this.#mangle(trip, fault));
    }
  }

  /** There the host decides; back the till judges the bytes. */
  #exchange(trip: Trip, there_ms: number, back_ms: number): void {
    this.#deps.after(there_ms, () => {
      const answer = this.#serve(trip);
      this.#past.push(answer);
      this.#deps.after(back_ms, () => this.#arrive(trip, answer));
    });
  }

  /** A front has answered in the acquirer's place: what gives money back may yet be handed on. */
  #mayFollow(trip: Trip): void {
    const { fronts, after } = this.#deps;
    if (!givesBack(trip.request) || !fronts.happens(0.5)) return;
    this.#deps.saw('line.frontFirst');
    after(fronts.whole(3000, 100_000), () => void this.#serve(trip));
  }

  #mangle(trip: Trip, fault: LineFault): void {
    const { chance, after } = this.#deps;
    const answer = this.#strange(trip, fault);
    after(chance.whole(20, 400), () => this.#arrive(trip, answer));
  }

  #strange(trip: Trip, fault: LineFault): WireAnswer {
    const { chance } = this.#deps;
    const isServed =
      (fault !== 'serverError' && fault !== 'namesake') || chance.happens(fault === 'namesake' ? 0.2 : 0.5);
    const own = isServed ? this.#serve(trip) : null;
    if (!isServed && fault === 'serverError') this.#mayFollow(trip);
    // Something on the way lost the first answer, and sends the same bytes again.
    if (fault === 'copied') return this.#serve(trip);
    if (fault === 'forged' && own !== null) {
      this.#deps.saw('line.forged');
      return forged(trip.request, own, this.#amountOf_fen(trip.request) ?? 1, chance);
    }
    if (!isForeign(fault)) return mangled(fault, own, chance);
    const foreign = this.#foreign(trip, fault);
    this.#deps.saw(`line.${foreign === null ? 'garbage' : fault}`);
    return foreign ?? mangled('garbage', own, chance);
  }

  /** Null: there is no order of which it could speak, or it says of the one nothing that names it. */
  #foreign(trip: Trip, fault: 'namesake' | 'crossed' | 'replayed'): WireAnswer | null {
    if (fault === 'replayed') return this.#past.length === 0 ? null : this.#deps.chance.pick(this.#past);
    const answer = fault === 'namesake' ? this.#namesake(trip) : this.#crossed(trip);
    return answer?.body.includes('"merchantOrderId"') === true ? answer : null;
  }

  /** Authentic, fresh, and about somebody else's order: of a paid one, for only those answers name their order. */
  #crossed({ request, prepared }: Trip): WireAnswer | null {
    const { host } = this.#deps;
    const others = this.#orders.filter(
      (one) => one !== request.body['merchantOrderId'] && host.ledger.order(one)?.state === 'paid',
    );
    if (others.length === 0) return null;
    // One of which as much money went back as ours is worth says the most.
    const own_fen = host.ledger.order(String(request.body['merchantOrderId']))?.amount_fen ?? 1;
    const refunded = others.filter((one) => (host.ledger.order(one)?.refunded_fen ?? 0) >= own_fen);
    const isRefunded = refunded.length > 0 && this.#deps.chance.happens(0.9);
    return host.answerAbout(this.#deps.chance.pick(isRefunded ? refunded : others), prepared.nonce);
  }

  /** As the crossed one, but it calls the order by our number: another terminal's, or one of a time before a restore. */
  #namesake({ request, prepared }: Trip): WireAnswer | null {
    const { host, chance } = this.#deps;
    const { merchantOrderId: own } = request.body;
    if (typeof own !== 'string') return null;
    const amount_fen = this.#amountOf_fen(request);
    const others = this.#orders.filter((one) => {
      const order = host.ledger.order(one);
      const isWhole = order?.state === 'paid' && order.refunded_fen === 0;
      return isWhole && amount_fen !== null && order.amount_fen !== amount_fen;
    });
    return others.length === 0 ? null : host.answerAbout(chance.pick(others), prepared.nonce, own);
  }

  #amountOf_fen({ body }: CallRequest): number | null {
    const order = this.#deps.host.ledger.order(String(body['merchantOrderId']));
    return readAmount_fen(body) ?? order?.amount_fen ?? null;
  }

  #serve({ request, prepared }: Trip): WireAnswer {
    return this.#deps.host.serve({ path: request.path, headers: prepared.headers, body: prepared.body });
  }

  #arrive(trip: Trip, answer: Received): void {
    const latency_ms = this.#deps.now_ms() - trip.started_ms;
    trip.end(believe(trip.signing, answer, trip.prepared.nonce, latency_ms));
  }

  #maybeBreak(trip: Trip): void {
    const { chance, after } = this.#deps;
    if (!chance.happens(0.3)) return;
    after(this.#latency_ms(), () => trip.end({ kind: 'noAnswer', cause: chance.pick(brokenCauses) }));
  }

  #latency_ms(): number {
    return this.#deps.chance.whole(20, 700);
  }
}

function isForeign(fault: string): fault is 'namesake' | 'crossed' | 'replayed' {
  return fault === 'namesake' || fault === 'crossed' || fault === 'replayed';
}

function once<Value>(use: (value: Value) => void): (value: Value) => void {
  let isDone = false;
  return (value) => {
    if (isDone) return;
    isDone = true;
    use(value);
  };
}

function nameOf({ path, body }: CallRequest): string {
  const subject = body['refundRequestId'] ?? body['merchantOrderId'];
  return `${path.replace(/.*\//, '')} ${typeof subject === 'string' ? subject : ''}`;
}
