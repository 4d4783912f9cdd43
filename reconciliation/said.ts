// What till and bill say of a difference: words in both languages, figures and numbers once.
import type { BillEntry } from './bills/bill.ts';
import { sumOf, yuan } from './bills/sums.ts';
import { shanghaiTime } from './calendar.ts';
import type { GiveBackItem, OrderItem } from './journal/items.ts';
import type { Finding } from './match/finding.ts';

export type TwoWords = { zh: string; en: string };
/** `facts`: amount, time, numbers; they need no language. */
export type Said = { words: TwoWords; facts: string };

const kindWords: Readonly<Record<BillEntry['kind'], TwoWords>> = {
  payment: { zh: '收款', en: 'payment' },
  refund: { zh: '退款', en: 'refund' },
  reversal: { zh: '撤销', en: 'reversal' },
};

const methodWords: Readonly<Record<GiveBackItem['method'], TwoWords>> = {
  void: { zh: '作废', en: 'void' },
  refund: { zh: '退款', en: 'refund' },
};

/** By the journal's own words (core/domain/payment/state.ts). */
export const orderWords: Readonly<Record<string, TwoWords>> = {
  presenting: { zh: '等待顾客扫码', en: 'code shown' },
  closing: { zh: '正在关闭收款码', en: 'code being closed' },
  closed: { zh: '收款码已关闭', en: 'code closed' },
  held: { zh: '等待网络', en: 'held' },
  queued: { zh: '离线待确认', en: 'queued' },
  authorizing: { zh: '正在收款', en: 'authorizing' },
  awaitingCustomer: { zh: '等待顾客确认', en: 'customer to confirm' },
  unknown: { zh: '结果未知', en: 'unknown' },
  inquiring: { zh: '正在查询', en: 'inquiring' },
  approved: { zh: '已收款', en: 'approved' },
  declined: { zh: '被拒绝', en: 'declined' },
  notSent: { zh: '没有发出', en: 'not sent' },
  expiredUnsent: { zh: '已过期', en: 'expired' },
  reversing: { zh: '正在撤销', en: 'reversing' },
  reversed: { zh: '已撤销', en: 'reversed' },
  disputed: { zh: '有争议', en: 'disputed' },
};

/** core/domain/giveback/machine.ts */
export const giveBackWords: Readonly<Record<string, TwoWords>> = {
  requested: { zh: '待发出', en: 'requested' },
  sending: { zh: '正在发出', en: 'sending' },
  pending: { zh: '处理中', en: 'pending' },
  unknown: { zh: '结果未知', en: 'unknown' },
  inquiring: { zh: '正在查询', en: 'inquiring' },
  done: { zh: '已退', en: 'done' },
  failed: { zh: '失败', en: 'failed' },
};

/** A word that a newer till wrote stands as it is. */
function stateWords(all: Readonly<Record<string, TwoWords>>, state: string): TwoWords {
  return (Object.hasOwn(all, state) ? all[state] : undefined) ?? { zh: state, en: state };
}

/** Since when the till believes it; while nothing is proven, since when it is open. */
function sinceText({ provenAt_ms, openedAt_ms }: OrderItem | GiveBackItem): string {
  return shanghaiTime(provenAt_ms ?? openedAt_ms);
}

function orderSaid(order: OrderItem): Said {
  const { state, amount_fen, acquirerNumbers } = order;
  const numbers = [...new Set(acquirerNumbers)].filter((number) => number !== '');
  return {
    words: stateWords(orderWords, state),
    facts: [yuan(amount_fen), sinceText(order), ...numbers].join(' '),
  };
}

const bookedWords = {
  counted: { zh: '曾记为已退', en: 'counted as back' },
  takenOut: { zh: '已冲回', en: 'taken out again' },
};

/** What X and Z of several days have of one that was taken out again. */
function bookedSaid({ bookings }: GiveBackItem): Said[] {
  if (bookings.length < 2) return [];
  return bookings.map(({ at_ms, back_fen }) => ({
    words: back_fen > 0 ? bookedWords.counted : bookedWords.takenOut,
    facts: `${yuan(back_fen)} ${shanghaiTime(at_ms)}`,
  }));
}

function giveBackSaid(giveBack: GiveBackItem): Said[] {
  const { method, state, amount_fen, paidInCash } = giveBack;
  const [how, stand] = [methodWords[method], stateWords(giveBackWords, state)];
  const words = { zh: `${how.zh}${stand.zh}`, en: `${how.en} ${stand.en}` };
  const said = [{ words, facts: `${yuan(amount_fen)} ${sinceText(giveBack)}` }, ...bookedSaid(giveBack)];
  return paidInCash ? [...said, { words: { zh: '已另付现金', en: 'paid in cash' }, facts: '' }] : said;
}

/** What the till believes, and by which number its acquirer finds it. */
export function saidHere({ order, giveBack }: Finding): Said[] {
  return [
    ...(order === null ? [] : [orderSaid(order)]),
    ...(giveBack === null ? [] : giveBackSaid(giveBack)),
  ];
}

function entryFacts({ status, amount_fen, time, acquirerNumber }: BillEntry): string {
  return `${status} ${yuan(amount_fen)} ${time} ${acquirerNumber}`;
}

function firstSaid({ repeats }: Finding): Said[] {
  if (repeats === null) return [];
  const { zh, en } = kindWords[repeats.kind];
  return [{ words: { zh: `第一笔${zh}`, en: `first ${en}` }, facts: entryFacts(repeats) }];
}

function feeSaid({ entries, feeExpected_fen }: Finding): Said[] {
  if (feeExpected_fen === null) return [];
  const fee_fen = sumOf(entries, (entry) => entry.fee_fen);
  return [
    { words: { zh: '手续费', en: 'fee' }, facts: yuan(fee_fen) },
    { words: { zh: '按费率应为', en: 'by the rate' }, facts: yuan(feeExpected_fen) },
  ];
}

/** What the bill says: its lines, the line that a second one repeats, and a fee that is not the contract's. */
export function saidThere(one: Finding): Said[] {
  const lines = one.entries.map((entry) => ({ words: kindWords[entry.kind], facts: entryFacts(entry) }));
  return [...lines, ...firstSaid(one), ...feeSaid(one)];
}

/** `已收款 approved 10.00 2026-11-24 10:00:00 4200000001`, for what is read in both languages. */
export function saidText(said: readonly Said[]): string {
  return said.map(({ words, facts }) => `${words.zh} ${words.en} ${facts}`.trim()).join('; ') || '-';
}
