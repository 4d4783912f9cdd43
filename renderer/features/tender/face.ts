// How a payment's state looks and which words it takes. Pure, so that every state can be tested for having its own face.
import { type ErrorText, errorTexts } from '../../../contract/error-texts.ts';
import type { ErrorCode } from '../../../contract/errors.ts';
import type { Language, PaymentStateKind, PaymentView } from '../../../contract/snapshot.ts';
import type { Mark, Tone } from '../../ui/Glyph.tsx';

const looks: Record<PaymentStateKind, { tone: Tone; mark: Mark }> = {
  presenting: { tone: 'info', mark: 'code' },
  closing: { tone: 'wait', mark: 'code' },
  closed: { tone: 'info', mark: 'cross' },
  held: { tone: 'off', mark: 'clock' },
  queued: { tone: 'off', mark: 'clock' },
  authorizing: { tone: 'info', mark: 'send' },
  awaitingCustomer: { tone: 'wait', mark: 'clock' },
  unknown: { tone: 'wait', mark: 'question' },
  inquiring: { tone: 'wait', mark: 'question' },
  approved: { tone: 'ok', mark: 'tick' },
  settled: { tone: 'ok', mark: 'tick' },
  declined: { tone: 'no', mark: 'cross' },
  notSent: { tone: 'no', mark: 'cross' },
  expiredUnsent: { tone: 'no', mark: 'cross' },
  reversing: { tone: 'wait', mark: 'back' },
  reversed: { tone: 'info', mark: 'back' },
  voiding: { tone: 'wait', mark: 'back' },
  voided: { tone: 'info', mark: 'back' },
  disputed: { tone: 'no', mark: 'alert' },
};

/** The code that explains a state when the core names no other. */
const ownCode: Partial<Record<PaymentStateKind, ErrorCode>> = {
  awaitingCustomer: 'E-PAY-10',
  unknown: 'E-PAY-07',
  inquiring: 'E-PAY-07',
  notSent: 'E-PAY-09',
  closing: 'E-PAY-20',
  closed: 'E-PAY-22',
  reversing: 'E-PAY-11',
  reversed: 'E-PAY-12',
  disputed: 'E-PAY-13',
  declined: 'E-PAY-16',
};

/** States whose heading does not say the cause yet: there the reason's own words come first. */
const reasonFirst: ReadonlySet<PaymentStateKind> = new Set([
  'declined',
  'unknown',
  'inquiring',
  'disputed',
  'expiredUnsent',
  'closed',
]);

export type Face = {
  tone: Tone;
  mark: Mark;
  /** Sentences: what happened where the heading does not say it, whether the money is safe, what to do. */
  lines: string[];
  code: ErrorCode | null;
};

/** The words of its heading. Main scan has three faces in one state: no code yet, a code, and somebody paying it. */
export function headOf({
  state,
  code,
}: PaymentView): `state.${PaymentStateKind}` | 'code.making' | 'code.paying' {
  if (state !== 'presenting') return `state.${state}`;
  if (code === null) return 'code.making';
  return code.isScanned ? 'code.paying' : 'state.presenting';
}

function lookOf({ state, code }: PaymentView): { tone: Tone; mark: Mark } {
  if (state === 'presenting' && code === null) return { tone: 'info', mark: 'send' };
  return code?.isScanned === true ? { tone: 'wait', mark: 'clock' } : looks[state];
}

/** The code of a payment whose state needs one. A reason that fits another state (why it was reversed, say) gives way. */
function codeOf(payment: PaymentView): ErrorCode | null {
  const own = ownCode[payment.state] ?? null;
  return reasonFirst.has(payment.state) || payment.state === 'notSent' ? (payment.reason ?? own) : own;
}

function sentences(payment: PaymentView, text: ErrorText, isOwn: boolean, language: Language): string[] {
  const stop = language === 'zh' ? '。' : '.';
  const what =
    reasonFirst.has(payment.state) && !(isOwn && payment.state !== 'declined') ? [`${text.what}${stop}`] : [];
  return payment.state === 'declined' ? [...what, text.todo] : [...what, text.money, text.todo];
}

export function faceOf(payment: PaymentView, language: Language): Face {
  const look = lookOf(payment);
  const code = codeOf(payment);
  if (code === null) return { ...look, lines: [], code };
  const isOwn = code === ownCode[payment.state];
  return { ...look, lines: sentences(payment, errorTexts[language][code], isOwn, language), code };
}
