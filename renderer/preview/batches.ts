// Made-up batches of a gateway: one that differs, and some that nobody could settle.
import type { BatchesView, BatchSettledView } from '../../contract/batches.ts';
import { NOW_ms } from './goods.ts';

const DAY_ms = 24 * 3_600_000;
const about = { routeId: 'gateway' };
const settledAbout = { ...about, terminalCode: '20260002' };

const agreed = (batchNo: string, days: number, net_fen: number): BatchSettledView => ({
  ...settledAbout,
  state: 'agreed',
  batchNo,
  at_ms: NOW_ms - days * DAY_ms,
  settledAt_ms: NOW_ms - days * DAY_ms,
  till: { paymentCount: 87 + days, net_fen },
});

export const differingBatches: BatchesView = {
  code: 'E-BATCH-01',
  waiting: [],
  settled: [
    {
      ...settledAbout,
      state: 'differs',
      batchNo: '000417',
      at_ms: NOW_ms - 120_000,
      differenceCount: 2,
      till: { paymentCount: 93, net_fen: 1_284_950 },
      acquirer: { paymentCount: 94, net_fen: 1_286_184 },
    },
    agreed('000416', 1, 1_190_420),
    agreed('000415', 2, 987_615),
  ],
};

export const waitingBatches: BatchesView = {
  code: 'E-BATCH-02',
  settled: [agreed('000415', 2, 987_615)],
  waiting: [
    {
      ...about,
      state: 'waiting',
      batchNo: '000417',
      since_ms: NOW_ms - DAY_ms / 2,
      why: 'unproven',
      cause: '2',
    },
    {
      ...about,
      state: 'waiting',
      batchNo: '000416',
      since_ms: NOW_ms - 1.5 * DAY_ms,
      why: 'noAnswer',
      cause: 'ECONNREFUSED',
    },
  ],
};
