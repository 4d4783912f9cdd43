// The shapes of the searched world.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentPolicy } from '../../core/domain/payment/policy.ts';
import type { PaymentMachine } from '../../core/domain/payment/state.ts';
import type { Answer, Order, Request } from './acquirer-model.ts';
import type { Edge } from './explore.ts';

/** In flight, for the order `number` of attempt `at`. A `copied` message was delivered once already and can't be copied again.
 *  `old`: a tick has passed since the sending (kept only where time limits the life of a call). */
export type Message = { what: Request | Answer; at: number; number: number; copied: boolean; old: boolean };

/** One attempt in the world. `row`: of its authorization, marked sent before the first byte leaves. One order per number. */
export type Flight = {
  machine: PaymentMachine;
  row: 'none' | 'pending' | 'sent';
  orders: Order[];
  wasDeferred: boolean;
  cancelled: boolean;
};

export type World = {
  flights: Flight[];
  flying: Message[];
  restarts: number;
  /** Ticks since the last sending; counted only where the horizon matters. */
  payAge: number;
  /** Ticks since the core started, as far as the horizon reaches; counted only where it matters. Infinity: it never did. */
  runAge: number;
};

export type Rules = {
  policy: PaymentPolicy;
  flyingLimit: number;
  restartLimit: number;
  /** How often one message may be delivered. */
  deliveryLimit: 1 | 2;
  /** The acquirer may refuse a reversal for good: the payment is in dispute then. */
  refusesReversals: boolean;
  notSentThen: readonly ('end' | 'hold' | 'queue')[];
  /** The attempt hears of an event: its machine and whatever depends on it move, effects go to rows and network. */
  happen(world: World, at: number, event: PaymentEvent): World;
  /** The core starts again: every attempt that is still open hears of it. */
  restart(world: World): World;
  /** What people and the route do. */
  act(world: World): Edge<World>[];
};
