// Sample pictures of ends: of a shift, of a day, of a quarantine, and of what the reports leave open.
import { refunds, twice } from './attention-samples.ts';
import { differingBatches, waitingBatches } from './batches.ts';
import { parkedSales } from './day.ts';
import { NOW_ms } from './goods.ts';
import { type Sample, screen } from './sample.ts';

const manager = { id: 'wang', name: '王店长', role: 'manager' } as const;
const lostTime = { at_ms: NOW_ms - 3_600_000, sequence: 18_342, lostSequence: 18_417 };

export const closingSamples: Record<string, Sample> = {
  shiftOpen: { ...screen({ sale: null, shift: null, parked: parkedSales }), keys: ['5', '0', '0'] },
  shiftCount: {
    ...screen({ sale: null }),
    keys: ['F6', '5', '1', '2', 'Enter', '7', 'Enter', '3', 'Enter', '1', '8'],
  },
  shiftAsk: { ...screen({ sale: null }), keys: ['F6', '5', '1', '2', 'F5'] },
  shiftClosed: { ...screen({ sale: null }), keys: ['F6', '5', '1', '2', 'F5', 'F5'] },
  shiftClosedBefore: {
    ...screen({ sale: null }),
    keys: ['F6', '5', '1', '2', 'F5', 'F5'],
    loses: { 'shift.close': (before) => ({ ...before, shift: null }) },
  },
  restore: { ...screen({ sale: null, operator: manager, restored: lostTime }), keys: ['F6', 'F2'] },
  quarantineEnded: {
    ...screen({ sale: null, operator: manager, restored: lostTime }),
    keys: ['F6', 'F2', 'Enter', '1', 'F5'],
    loses: { 'restore.confirm': ({ restored: _, ...after }) => after },
  },
  menuQuarantine: { ...screen({ sale: null, operator: manager, restored: lostTime }), keys: ['F6'] },
  dayClose: {
    ...screen({
      sale: null,
      operator: manager,
      parked: parkedSales,
      giveBacks: [...refunds, twice],
      exceptionCount: 2,
    }),
    keys: ['F6', '7'],
  },
  dayCloseAsk: { ...screen({ sale: null, shift: null, operator: manager }), keys: ['F6', '7', 'Enter'] },
  dayCloseDiffers: {
    ...screen({ sale: null, shift: null, operator: manager }),
    keys: ['F6', '7', 'Enter', 'F5'],
    refuses: { 'day.close': 'E-REP-01' },
  },
  dayCloseTooSoon: {
    ...screen({ sale: null, shift: null, operator: manager }),
    keys: ['F6', '7', 'Enter', 'F5'],
    refuses: { 'day.close': 'E-REP-04' },
  },
  zed: { ...screen({ sale: null, shift: null, operator: manager }), keys: ['F6', '7', 'Enter', 'F5'] },
  zedBelow: {
    ...screen({ sale: null, shift: null, operator: manager }),
    keys: ['F6', '7', 'Enter', 'F5', 'PageDown', 'PageDown'],
  },
  reports: { ...screen({ sale: null, operator: manager }), keys: ['F6', '8'] },
  batchesDiffer: {
    ...screen({ sale: null, operator: manager, batches: differingBatches }),
    keys: ['F6', '8'],
  },
  batchesWaiting: {
    ...screen({ sale: null, operator: manager, batches: waitingBatches }),
    keys: ['F6', '8'],
  },
};
