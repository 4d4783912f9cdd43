// What the slip for a customer who says that he has paid tells, and that no word on it claims more than is proven.
import { expect, test } from 'vitest';
import { type Evidence, evidenceVerdicts } from '../../../contract/evidence.ts';
import { answers, codeScan, TestTill } from '../../../test/sim/till-kit.ts';
import { evidenceOf } from '../evidence/evidence.ts';
import { header } from '../../../test/core/paper-header.ts';
import { buildEvidenceSlip } from './evidence-slip.ts';
import { verdictWords } from './evidence-words.ts';

const slipOf = (evidence: Evidence) =>
  buildEvidenceSlip(
    header,
    { evidenceId: 'V001000012', at_ms: 2_000_000, operatorId: '1', evidence },
    () => '小王',
  );
const textOf = (evidence: Evidence) => JSON.stringify(slipOf(evidence).blocks);

function unanswered(): TestTill {
  const till = TestTill.tendering(1500);
  till.tell(codeScan({ codeMask: '130000********0007' }));
  till.later(10_000).pay(answers.noAnswer);
  return till;
}

test('in doubt it tells each step, warns, and promises the return without calling it paid', () => {
  const till = unanswered();
  const evidence = evidenceOf(till.state, till.newest());
  const text = textOf(evidence);
  expect(slipOf(evidence).blocks).toContainEqual({ kind: 'banner', text: verdictWords.undecided.title });
  expect(text).toContain('请勿再付');
  expect(text).toContain('将原路全额退回');
  expect(text).toContain('没有回答 No answer');
  expect(text).toContain('ECONNRESET');
  expect(text).toContain(till.newest().orderNumber);
  expect(text).not.toMatch(/已付款|PAID/);
  expect(text).not.toContain('凭证');
});

test('paid it has the acquirer’s number and time, and its own order number as a QR code', () => {
  const till = unanswered();
  till.pay(answers.approved);
  const one = till.newest();
  const evidence = evidenceOf(till.state, one);
  const text = textOf(evidence);
  expect(text).toContain(answers.approved.proof.acquirerOrderId);
  expect(text).toContain('小票号 Receipt');
  expect(slipOf(evidence).blocks).toContainEqual({ kind: 'qr', data: one.orderNumber });
});

test('paid with another app than the scheme’s own, it names that app', () => {
  const till = unanswered();
  till.pay({ kind: 'approved', proof: { ...answers.approved.proof, payerApp: 'JD' } });
  const slip = slipOf(evidenceOf(till.state, till.newest()));
  expect(slip.blocks).toContainEqual(expect.objectContaining({ left: '付款应用 App', right: '京东支付' }));
});

test('a declined payment does not carry the receipt that another one paid', () => {
  const till = unanswered();
  till.pay(answers.declined);
  const first = till.newest();
  till.tell(codeScan({ codeHmac: 'hmac-2' }));
  till.pay(answers.approved);
  const evidence = evidenceOf(till.state, first);
  expect(evidence.receiptNumber).toBe('00000001');
  expect(textOf(evidence)).not.toContain('小票号');
});

test.each(evidenceVerdicts)('%s: says what is proven and what comes next, in both languages', (verdict) => {
  const { title, meaning, promise } = verdictWords[verdict];
  for (const words of [title, meaning.join(), promise.join()]) {
    expect(words).toMatch(/\p{Script=Han}/u);
    expect(words).toMatch(/[A-Za-z]{2}/);
  }
});
