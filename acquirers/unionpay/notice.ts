// A notice of ACP to `backUrl`: a form like a request, signed like an answer. Pure. Sources: payments.md 3.5 [UP1]; docs/notices.md.
import type { NoticeRead } from '../../core/ports/notices.ts';
import { problem, type RawNotice } from '../transport/notice.ts';
import { CURRENCY, isAmount } from './codec.ts';
import { readForm } from './form.ts';
import { signatureFault, type Signing, textOf } from './message.ts';

/** As `believe` has it of an answer, so that the technician reads one word for one thing. */
const names: Readonly<Record<string, string>> = {
  UNSIGNED: 'unsigned',
  BAD_SIGNATURE: 'badSignature',
  OTHER_SIGN_METHOD: 'otherSignMethod',
  OTHER_ENCODING: 'otherSignMethod',
};

export function readUnionpayNotice(
  { body, arrived_ms }: RawNotice,
  { keys, merchantId }: Omit<Signing, 'wall_ms'>,
): NoticeRead {
  const text = textOf(body);
  const fields = text === null ? null : readForm(text);
  if (fields === null) return problem('notUnderstood');
  const fault = signatureFault({ keys, wall_ms: () => arrived_ms }, fields);
  if (fault !== null) return problem(names[fault.split(' ')[0] ?? ''] ?? 'unknownCertificate');
  const { merId, orderId = '', txnAmt = '', currencyCode = CURRENCY } = fields;
  if (merId !== merchantId) return problem('otherMerchant');
  if (currencyCode !== CURRENCY) return problem('otherMoney');
  if (orderId === '' || !isAmount(txnAmt)) return problem('notUnderstood');
  return { kind: 'named', orderNumber: orderId, amount_fen: Number(txnAmt) };
}
