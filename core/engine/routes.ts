// Watches each route by its echo, finds the layer that fails, and forwards queued payments, oldest first, while it is up.
import type { TillEvent } from '../domain/till/events.ts';
import type { PaymentPolicy } from '../domain/payment/policy.ts';
import { isFlying } from '../domain/till/queries.ts';
import type { Acquirer, RouteObservation } from '../ports/acquirer.ts';
import type { Clock } from '../ports/clock.ts';
import type { NetworkFinding, NetworkProbe, NetworkTarget } from '../ports/network.ts';
import type { Engine } from './engine.ts';

export type RouteWatch = {
  start(): void;
  stop(): void;
  /** Lets queued payments go, if the route is up and there is room. */
  forward(): void;
  /** That event, for a commit that it shares with others; null when nothing may go. */
  forwardEvent(): TillEvent | null;
};

export type RouteWatchDependencies = {
  engine: Engine;
  clock: Clock;
  acquirer: Acquirer;
  policy: PaymentPolicy;
  network: NetworkProbe;
  target: NetworkTarget;
  probeEvery_ms: number;
  /** While it is down: a wallet is asked seldom as long as it answers. */
  retryEvery_ms: number;
  /** How many may be marked sent and unanswered. */
  window(): number;
};

/** While an echo has no answer the cable is looked at so often: it is known to be out at once, the time-out comes seconds later. */
const CABLE_EVERY_ms = 500;

class Watch implements RouteWatch {
  readonly #deps: RouteWatchDependencies;
  #cancel: (() => void) | null = null;
  #cancelCable: (() => void) | null = null;
  #isStopped = false;
  /** The last echo was good, and the next one is due as seldom as that. */
  #isCalm = false;

  constructor(deps: RouteWatchDependencies) {
    this.#deps = deps;
  }

  start(): void {
    this.#isCalm = false;
    let isSilent = true;
    this.#deps.acquirer.probe((observation) => {
      isSilent = false;
      this.#cancelCable?.();
      this.#observed(observation);
    });
    if (isSilent) this.#watchCable(() => isSilent && !this.#isStopped);
  }

  #watchCable(isWaiting: () => boolean): void {
    const { clock, network, target } = this.#deps;
    this.#cancelCable = clock.after(CABLE_EVERY_ms, () => {
      network.cable(target, (finding) => {
        if (!isWaiting()) return;
        if (finding === null) this.#watchCable(isWaiting);
        else this.#lost(finding);
      });
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#cancelCable?.();
  }

  /** The cable is out: the line is down, whatever becomes of the echo that is on its way. */
  #lost({ layer, cause }: NetworkFinding): void {
    this.#post({ online: false, cause, latency_ms: null, storeAndForward: null, clockSkew_ms: null }, layer);
  }

  /** Called after each commit too: an answer makes room for the next one. */
  forward(): void {
    if (this.#isStopped) return;
    this.#lookAgain();
    if (this.#hasRoom()) this.#deps.engine.post(this.#event());
  }

  /** Another call has found the line down since the last echo: a moment's trouble must not keep it down until the next one is due. */
  #lookAgain(): void {
    const { engine, acquirer } = this.#deps;
    if (!this.#isCalm || engine.state.routes[acquirer.id]?.online !== false) return;
    this.#cancel?.();
    this.start();
  }

  forwardEvent(): TillEvent | null {
    return this.#queue().waiting > 0 ? this.#event() : null;
  }

  #event(): TillEvent {
    return { kind: 'forwarded', routeId: this.#deps.acquirer.id, window: this.#deps.window() };
  }

  /** How many wait and may go, and how many are on their way: none while the route is down. One look at all that is alive. */
  #queue(): { waiting: number; flying: number } {
    const { engine, acquirer, policy, clock } = this.#deps;
    const count = { waiting: 0, flying: 0 };
    if (this.#isStopped || engine.state.routes[acquirer.id]?.online !== true) return count;
    const now_ms = Math.round(clock.steady_ms());
    for (const attempt of Object.values(engine.state.attempts)) {
      if (attempt.routeId !== acquirer.id) continue;
      if (attempt.machine.state.kind === 'queued') count.waiting += 1;
      else if (isFlying(attempt, policy, now_ms)) count.flying += 1;
    }
    return count;
  }

  /** Most commits have nothing to do with the queue. */
  #hasRoom(): boolean {
    const { waiting, flying } = this.#queue();
    return waiting > 0 && flying < this.#deps.window();
  }

  #observed(observation: RouteObservation): void {
    if (this.#isStopped) return;
    if (observation.online) return this.#tell(observation, null);
    // The line is down for the till at once; which layer it is may take the probe a moment longer.
    const known = this.#deps.engine.state.routes[this.#deps.acquirer.id];
    if (known?.online !== false) this.#post(observation, null);
    const { network, target } = this.#deps;
    network.look(target, ({ layer, cause }) => {
      if (this.#isStopped) return;
      const isEcho = layer === 'echo';
      this.#tell({ ...observation, cause: isEcho ? observation.cause : cause }, layer);
    });
  }

  #post(observation: RouteObservation, layer: string | null): void {
    const { engine, acquirer } = this.#deps;
    const { online, cause, storeAndForward, autoDetect } = observation;
    const said = { storeAndForward, ...(autoDetect !== undefined && { autoDetect }) };
    engine.post({ kind: 'routeObserved', routeId: acquirer.id, online, cause, layer, ...said });
  }

  #tell(observation: RouteObservation, layer: string | null): void {
    const { engine, acquirer, clock, probeEvery_ms, retryEvery_ms } = this.#deps;
    engine.updateUi({ latency_ms: { ...engine.ui.latency_ms, [acquirer.id]: observation.latency_ms } });
    this.#post(observation, layer);
    this.forward();
    this.#isCalm = observation.online;
    this.#cancel = clock.after(observation.online ? probeEvery_ms : retryEvery_ms, () => this.start());
  }
}

export function createRouteWatch(deps: RouteWatchDependencies): RouteWatch {
  return new Watch(deps);
}
