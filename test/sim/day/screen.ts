// What the screen shows after each event: never ahead of the disk, never back in time, and no claim that the records do not hold.
import type { Snapshot } from '../../../contract/snapshot.ts';
import { displayView } from '../../../core/rpc/view-display.ts';
import type { ViewSettings } from '../../../core/rpc/view-settings.ts';
import { snapshotOf } from '../../../core/rpc/view.ts';
import { isEndedKind } from '../ledger.ts';
import { holds } from './failure.ts';
import type { Plan } from './plan.ts';
import { configuration, type Life, presentsOf, settingsFor } from './till.ts';
import { agrees } from './customer-screen.ts';
import type { Watch } from './watch.ts';

const takenStates: ReadonlySet<string> = new Set(['approved', 'settled', 'voiding', 'voided']);
const freeStates: ReadonlySet<string> = new Set([
  'declined',
  'notSent',
  'expiredUnsent',
  'reversed',
  'closed',
]);

export type CodeOnScreen = { attemptId: string; content: string };

export class ScreenWatch {
  readonly #settings: ViewSettings;
  #shown = 0;
  code: CodeOnScreen | null = null;

  constructor(plan: Plan) {
    const { store, terminal, display, lockAfter_s, operators, wedge, cash } = configuration;
    const { routes, cash: rounding } = settingsFor(plan);
    this.#settings = {
      store: { name_zh: store.name_zh, name_en: store.name_en },
      terminalCode: terminal.terminalCode,
      pxPerMm: display.pxPerMm,
      lockAfter_s,
      wedge,
      denominations_fen: cash.denominations_fen,
      cash: rounding,
      operators,
      routes: Object.fromEntries(
        Object.entries(routes).map(([id, route]) => [
          id,
          { ...route, schemes: [], presents: presentsOf(plan) },
        ]),
      ),
    };
  }

  look({ engine, store }: Life, watch: Watch, now_ms: number): void {
    const shown = snapshotOf(engine, store, this.#settings, now_ms);
    const { sequence } = shown.journal;
    holds(
      'screenNotAhead',
      sequence <= watch.head.sequence,
      () => `record ${sequence} is shown, ${watch.head.sequence} is on the disk`,
    );
    holds(
      'screenNeverBack',
      sequence >= this.#shown,
      () => `record ${sequence} is shown after ${this.#shown}`,
    );
    this.#shown = sequence;
    this.#payments(shown, watch);
    giveBacksAreTrue(shown, watch);
    this.#code(shown, watch);
    const { sale } = shown;
    const rounding_fen = watch.ledger.rounding.get(sale?.saleId ?? '') ?? 0;
    agrees(displayView(engine.state, this.#settings, now_ms), shown, rounding_fen);
    if (sale?.state !== 'completed') return;
    const sold = watch.ledger.sold.has(sale.saleId);
    holds('screenSaysTrue', sold, () => `${sale.saleId} is shown as completed and was not sold`);
    // Cash may have paid it beside a wallet payment that is on its way back (docs/adr/0007).
    const isProven = sale.payments.every(({ attemptId, unproven, deferred }) => {
      const state = engine.state.attempts[attemptId]?.machine.state;
      const isLeaving =
        state?.kind === 'reversing' ||
        state?.kind === 'closing' ||
        (state?.kind === 'inquiring' && state.giveBack);
      return !unproven || deferred || isLeaving || state?.kind === 'disputed';
    });
    holds('screenSaysTrue', isProven, () => `${sale.saleId} is shown as completed with a payment in doubt`);
  }

  /** A code is shown while it may be scanned and paid, and what it says is what the acquirer said. */
  #code({ sale, resolving }: Snapshot, watch: Watch): void {
    this.code = null;
    for (const { attemptId, code } of [...(sale?.payments ?? []), ...resolving]) {
      const kind = watch.ledger.payments.get(attemptId)?.kind;
      const known = watch.presented.contentOf(attemptId) ?? null;
      const mustShow = kind === 'presenting' ? known : null;
      holds(
        'codeOnlyWhilePresenting',
        (code?.content ?? null) === mustShow,
        () => `${attemptId} is ${kind} and shows ${code?.content}`,
      );
      if (code !== null && this.#isOnCounter(sale, attemptId))
        this.code = { attemptId, content: code.content };
    }
  }

  #isOnCounter(sale: Snapshot['sale'], attemptId: string): boolean {
    return sale?.payments.some((one) => one.attemptId === attemptId) === true;
  }

  /** Each that is in doubt is shown, or counted among those whose goods have left. */
  #payments({ sale, resolving, exposure }: Snapshot, watch: Watch): void {
    const shown = new Set([...(sale?.payments ?? []), ...resolving].map(({ attemptId }) => attemptId));
    let onTrust = 0;
    for (const [attemptId, { kind, deferred }] of watch.ledger.payments) {
      if (isEndedKind(kind)) continue;
      if (deferred) onTrust += 1;
      else holds('screenSaysTrue', shown.has(attemptId), () => `${attemptId} is ${kind} and not shown`);
    }
    holds(
      'screenSaysTrue',
      exposure.count === onTrust,
      () => `${exposure.count} payments are shown as open, and ${onTrust} are`,
    );
    for (const { attemptId, state, unproven } of [...(sale?.payments ?? []), ...resolving]) {
      const kind = watch.ledger.payments.get(attemptId)?.kind;
      const isTrue = takenStates.has(state) ? kind === 'approved' : kind === state;
      holds('screenSaysTrue', isTrue, () => `${attemptId} is shown as ${state} and is ${kind}`);
      const isEnded = takenStates.has(state) || freeStates.has(state);
      holds(
        'screenSaysTrue',
        isEnded !== unproven,
        () => `${attemptId} is ${state} and shown as ${unproven ? 'open' : 'ended'}`,
      );
    }
  }
}

/** Each that is shown is what the records say, and each without a proof is shown. */
function giveBacksAreTrue({ sale, giveBacks }: Snapshot, { ledger }: Watch): void {
  for (const { giveBackId, state, unproven, paidInCash } of [...giveBacks, ...(sale?.giveBacks ?? [])]) {
    const known = ledger.backs.get(giveBackId);
    const isTrue = known?.kind === state && known.paidInCash === paidInCash;
    holds('screenSaysTrue', isTrue, () => `${giveBackId} is shown as ${state} and is ${known?.kind}`);
    const isEnded = state === 'done' || state === 'failed';
    holds(
      'screenSaysTrue',
      isEnded !== unproven,
      () => `${giveBackId} is ${state} and shown as ${unproven ? 'open' : 'ended'}`,
    );
  }
  const shown = new Set(giveBacks.map(({ giveBackId }) => giveBackId));
  for (const [giveBackId, { kind }] of ledger.backs)
    holds(
      'screenSaysTrue',
      kind === 'done' || kind === 'failed' || shown.has(giveBackId),
      () => `${giveBackId} is ${kind} and not shown`,
    );
}
