// What the words for "I have paid" never say: on screen and on paper, in both languages.
import { expect, test } from 'vitest';
import { type EvidenceVerdict, evidenceVerdicts } from '../contract/evidence.ts';
import { stepWord, verdictWords } from '../core/domain/receipt/evidence-words.ts';
import { enEvidence } from '../renderer/i18n/en-evidence.ts';
import { en } from '../renderer/i18n/en.ts';
import { zhEvidence } from '../renderer/i18n/zh-evidence.ts';
import { zh } from '../renderer/i18n/zh.ts';

const tables = [zhEvidence, enEvidence];

/** Title and what is said to be so; what comes next is a promise and may speak of conditions. */
function claims(verdict: EvidenceVerdict): string {
  const { title, meaning } = verdictWords[verdict];
  const onScreen = tables.flatMap((words) => [words.evidenceTitle[verdict], words.evidenceBody[verdict]]);
  return [title, ...meaning, ...onScreen].join('\n');
}

const everything = (verdict: EvidenceVerdict): string =>
  [
    claims(verdict),
    ...verdictWords[verdict].promise,
    ...tables.map((words) => words.evidenceTodo[verdict]),
  ].join('\n');

test('what is open is not called paid, refunded or not charged', () => {
  for (const verdict of ['beingReversed', 'undecided', 'deferred', 'disputed'] as const)
    expect(claims(verdict)).not.toMatch(
      /已付款|未扣款|没有扣款|已退|已撤销|\bPaid\b|PAID|REFUNDED|[Nn]ot charged|NOT CHARGED/,
    );
});

test('only a proven payment is called paid', () => {
  const ofPaid = new Set([
    'paid',
    'partlyGivenBack',
    'givenBack',
    'givenBackInCash',
    'goingBack',
    'giveBackFailed',
  ]);
  for (const verdict of evidenceVerdicts.filter((one) => !ofPaid.has(one)))
    expect(everything(verdict)).not.toMatch(/已付款|已确认收款|\bPaid\b|\bPAID\b/);
});

test('nobody is told to hand over goods or to collect again by the payment alone', () => {
  for (const verdict of evidenceVerdicts)
    expect(everything(verdict)).not.toMatch(/交货|再收。|重新收|[Tt]ake payment|taken anew|[Hh]and over/);
});

test('a late approval is a step, and no claim that it was given back', () => {
  const words = [stepWord({ at_ms: 1, what: 'lateApproval' }), zh.story.lateApproval, en.story.lateApproval];
  expect(words.join()).not.toMatch(/退|return|given back/);
});
