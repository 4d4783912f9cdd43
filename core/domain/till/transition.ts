// transition(state, event): the whole till, pure. Records are what the journal keeps, effects what the outbox does after the commit.
import { assertNever } from '../assert.ts';
import { type Draft, draftFrom, refuse, type Transition } from './draft.ts';
import type { Surroundings, TillEvent } from './events.ts';
import { codeScanned, forward, giveUp, movePayment } from './payments.ts';
import type { TillRecord } from './records.ts';
import { goodsEntered, leaveTender, lineRemoved, quantitySet, saleLeft, tenderStarted } from './selling.ts';
import type { TillState } from './state.ts';

function just(state: TillState, record: TillRecord): Transition {
  const draft = draftFrom(state);
  draft.record(record);
  return draft.done();
}

function routeObserved(state: TillState, event: Extract<TillEvent, { kind: 'routeObserved' }>): Transition {
  const before = state.routes[event.routeId];
  const facts = {
    online: event.online,
    cause: event.cause,
    storeAndForward: event.storeAndForward ?? before?.storeAndForward ?? false,
    alarm: before?.alarm ?? null,
  };
  const isSame =
    before?.online === facts.online &&
    before.cause === facts.cause &&
    before.storeAndForward === facts.storeAndForward;
  if (isSame) return draftFrom(state).done();
  return just(state, { type: 'route.changed', body: { routeId: event.routeId, facts } });
}

/** Recovery: every attempt that a crash may have left in the air hears of the restart, in the order of opening. */
function coreStarted(
  state: TillState,
  event: Extract<TillEvent, { kind: 'coreStarted' }>,
  surroundings: Surroundings,
): Transition {
  const draft: Draft = draftFrom(state);
  draft.record({ type: 'core.started', body: { version: event.version, runtime: event.runtime } });
  const open = Object.values(state.attempts)
    .filter((attempt) => attempt.machine.due !== null)
    .sort((a, b) => a.tillSequence - b.tillSequence);
  // A new start may have a mended configuration: the routes get another chance.
  for (const [routeId, facts] of Object.entries(state.routes)) {
    if (facts.alarm !== null)
      draft.record({ type: 'route.changed', body: { routeId, facts: { ...facts, alarm: null } } });
  }
  for (const attempt of open) {
    const sent = event.sentAttemptIds.includes(attempt.attemptId);
    movePayment(draft, attempt.attemptId, { kind: 'restarted', sent }, surroundings);
  }
  return draft.done();
}

function reprintAsked(state: TillState, receiptId: string, operatorId: string): Transition {
  const receipt = state.receipts[receiptId];
  if (!receipt) return refuse(state, 'E-SALE-02');
  const count = receipt.reprints + 1;
  const draft = draftFrom(state);
  draft.record({ type: 'receipt.reprintAsked', body: { receiptId, count, operatorId } });
  draft.effect({ kind: 'print', receiptId, copy: count });
  return draft.done();
}

export function transition(state: TillState, event: TillEvent, surroundings: Surroundings): Transition {
  switch (event.kind) {
    case 'installed':
      return just(state, { type: 'till.installed', body: { epoch: event.epoch } });
    case 'coreStarted':
      return coreStarted(state, event, surroundings);
    case 'clockStepped':
      return just(state, { type: 'clock.stepped', body: { by_ms: event.by_ms } });
    case 'signedIn':
      return just(state, {
        type: 'operator.signedIn',
        body: { operatorId: event.operatorId, role: event.role },
      });
    case 'signedOut':
      if (state.operatorId === null) return draftFrom(state).done();
      return just(state, { type: 'operator.signedOut', body: { operatorId: state.operatorId } });
    case 'languageSet':
      return just(state, { type: 'till.languageSet', body: { language: event.language } });
    case 'goodsEntered':
      return goodsEntered(state, event.goods, surroundings);
    case 'quantitySet':
      return quantitySet(state, event.lineId, event.quantity);
    case 'lineRemoved':
      return lineRemoved(state, event.lineId);
    case 'tenderStarted':
      return tenderStarted(state);
    case 'backToGoods':
      return leaveTender(state, 'sale.reopened');
    case 'saleCancelled':
      return leaveTender(state, 'sale.cancelled');
    case 'saleLeft':
      return saleLeft(state);
    case 'codeScanned':
      return codeScanned(state, event, surroundings);
    case 'gaveUp':
      return giveUp(state, event.attemptId, surroundings);
    case 'payment': {
      const draft = draftFrom(state);
      movePayment(draft, event.attemptId, event.event, surroundings);
      return draft.done();
    }
    case 'forwarded':
      return forward(state, event, surroundings);
    case 'routeObserved':
      return routeObserved(state, event);
    case 'reprintAsked':
      return reprintAsked(state, event.receiptId, event.operatorId);
    case 'printEnded': {
      const { kind: _, ...body } = event;
      return just(state, { type: 'receipt.printEnded', body });
    }
    default:
      return assertNever(event, 'till transition');
  }
}
