// What is heard: each tone differs in pitch and in rhythm, so that it is told apart without looking.
import type { PaymentStateKind, Snapshot } from '../../contract/snapshot.ts';

export type Tone = 'good' | 'bad' | 'attention' | 'scanned' | 'cash' | 'parked' | 'returned';

type Beep = { at_ms: number; length_ms: number; pitch_hz: number; wave: OscillatorType };

/**
 * good: two rising notes. bad: two long low buzzes. attention: three even notes. scanned: one short high note.
 * cash: three quick rising notes, as of coins. parked: one long middle note. returned: two falling notes.
 */
export const beepsByTone: Record<Tone, readonly Beep[]> = {
  good: [
    { at_ms: 0, length_ms: 110, pitch_hz: 880, wave: 'sine' },
    { at_ms: 130, length_ms: 220, pitch_hz: 1320, wave: 'sine' },
  ],
  bad: [
    { at_ms: 0, length_ms: 260, pitch_hz: 180, wave: 'square' },
    { at_ms: 340, length_ms: 260, pitch_hz: 180, wave: 'square' },
  ],
  attention: [
    { at_ms: 0, length_ms: 90, pitch_hz: 620, wave: 'triangle' },
    { at_ms: 170, length_ms: 90, pitch_hz: 620, wave: 'triangle' },
    { at_ms: 340, length_ms: 90, pitch_hz: 620, wave: 'triangle' },
  ],
  scanned: [{ at_ms: 0, length_ms: 50, pitch_hz: 1760, wave: 'sine' }],
  cash: [
    { at_ms: 0, length_ms: 60, pitch_hz: 1047, wave: 'sine' },
    { at_ms: 80, length_ms: 60, pitch_hz: 1397, wave: 'sine' },
    { at_ms: 160, length_ms: 180, pitch_hz: 2093, wave: 'sine' },
  ],
  parked: [{ at_ms: 0, length_ms: 320, pitch_hz: 523, wave: 'sine' }],
  returned: [
    { at_ms: 0, length_ms: 150, pitch_hz: 988, wave: 'sine' },
    { at_ms: 190, length_ms: 260, pitch_hz: 659, wave: 'sine' },
  ],
};

const toneByPayment: Partial<Record<PaymentStateKind, Tone>> = {
  approved: 'good',
  declined: 'bad',
  notSent: 'bad',
  expiredUnsent: 'bad',
  disputed: 'bad',
  held: 'attention',
  queued: 'attention',
  awaitingCustomer: 'attention',
  unknown: 'attention',
  reversing: 'attention',
  reversed: 'attention',
  closing: 'attention',
  closed: 'attention',
};

/** Of the payment at hand, when it changed. Somebody scanned our code: that is heard, and is not paid yet. */
function toneOfPayment(before: Snapshot, now: Snapshot): Tone | null {
  const payment = now.sale?.payments.at(-1);
  if (payment === undefined) return null;
  const paymentBefore = before.sale?.payments.find((one) => one.attemptId === payment.attemptId);
  if (payment.code?.isScanned === true && paymentBefore?.code?.isScanned !== true) return 'attention';
  return payment.state === paymentBefore?.state ? null : (toneByPayment[payment.state] ?? null);
}

/** Cash taken, a sale parked, goods or money given back: what the counter has done beside the payments. */
function toneOfCounter(before: Snapshot, now: Snapshot): Tone | null {
  const isSameSale = before.sale?.saleId === now.sale?.saleId;
  if (now.sale?.cash && !(isSameSale && before.sale?.cash)) return 'cash';
  if (now.parked.length > before.parked.length) return 'parked';
  const stateBefore = new Map(before.giveBacks.map((one) => [one.giveBackId, one.state]));
  const isFailed = now.giveBacks.some(
    (one) => one.state === 'failed' && (stateBefore.get(one.giveBackId) ?? 'failed') !== 'failed',
  );
  if (isFailed) return 'bad';
  const returnedBefore_fen =
    before.found?.saleId === now.found?.saleId ? before.found?.returnedBefore_fen : undefined;
  if (returnedBefore_fen !== undefined && (now.found?.returnedBefore_fen ?? 0) > returnedBefore_fen)
    return 'returned';
  const openNow = new Set(now.giveBacks.map((one) => one.giveBackId));
  return before.giveBacks.some((one) => one.unproven && !openNow.has(one.giveBackId)) ? 'returned' : null;
}

/** The tone for what has changed between two snapshots, or null. The weightiest change is the one heard. */
export function toneFor(before: Snapshot | null, now: Snapshot): Tone | null {
  if (before === null) return null;
  const counter = toneOfCounter(before, now);
  if (counter !== null) return counter;
  const payment = toneOfPayment(before, now);
  if (payment !== null) return payment;
  if (now.notice && now.notice.noticeId !== before.notice?.noticeId) return now.notice.tone;
  if (now.refusal && !before.refusal) return 'bad';
  const isMore =
    (now.sale?.itemCount ?? 0) >
    (before.sale?.saleId === now.sale?.saleId ? (before.sale?.itemCount ?? 0) : 0);
  const isRecalled = before.parked.some(({ saleId }) => saleId === now.sale?.saleId);
  return now.sale?.state === 'open' && isMore && !isRecalled ? 'scanned' : null;
}

const VOLUME = 0.25;
let audio: AudioContext | null = null;

export function playTone(tone: Tone): void {
  audio ??= new AudioContext();
  const start_s = audio.currentTime;
  for (const beep of beepsByTone[tone]) {
    const oscillator = new OscillatorNode(audio, { type: beep.wave, frequency: beep.pitch_hz });
    oscillator.connect(new GainNode(audio, { gain: VOLUME })).connect(audio.destination);
    oscillator.start(start_s + beep.at_ms / 1000);
    oscillator.stop(start_s + (beep.at_ms + beep.length_ms) / 1000);
  }
}
