// Every kind of trouble that a month must have had. One that never happened was not tested: it fails the run.
export const faultKinds = [
  // the acquirer's word
  'declined',
  'configurationRefused',
  'customerAskedThenPaid',
  'customerAskedThenDeclined',
  'acceptedThenPaid',
  'systemErrorThenPaid',
  'systemErrorThenFailed',
  'deferredDeclined',
  'voidRefused',
  'cutOffPassed',
  'refundProcessing',
  'refundFailedLater',
  'refundRefused',
  'closedNumberRefusedLatePay',
  // the line
  'connectionRefused',
  'hostUnreachable',
  'hostSilent',
  'requestLost',
  'requestLate',
  'answerLost',
  'answerLate',
  'requestTwice',
  'serverError',
  'notFoundInFlight',
  'repeatedPayAnswered',
  'refundAnswerLost',
  'voidAnswerLost',
  'chargedThenReversed',
  'reopened',
  // the till's answer to it
  'queued',
  'queueRefused',
  'sameCodeTwice',
  'held',
  'heldSentInTime',
  'heldExpired',
  'offlineRefusedByPolicy',
  'deferredExpired',
  'deferredApproved',
  // people
  'gaveUp',
  'cashInsteadOfDoubt',
  'parked',
  'parkedInDoubt',
  'recalled',
  'completedWhileParked',
  'droppedUnpaid',
  'droppedPartPaid',
  'mixedSale',
  'roundedDown',
  'returnWhole',
  'returnPart',
  'returnOfQueued',
  'returnOfWrittenOff',
  'returnRefused',
  'refundPaidInCash',
  'exceptionCollected',
  'collectingLeft',
  'exceptionWrittenOff',
  'wrongCount',
  'wrongChange',
  'paidIn',
  'paidOut',
  'noSaleOpen',
  'xTaken',
  'zWithOpenPayment',
  'zWithParkedSale',
  'zWithOpenShift',
  'zWithOpenSale',
  'zWithOpenGiveBack',
  'zWithException',
  // machines
  'paperOut',
  'paperLostInMidReceipt',
  'drawerFailed',
  'restart',
  'restartBeforeSending',
  'restartInPayment',
  'restartInGiveBack',
] as const;

export type FaultKind = (typeof faultKinds)[number];

export type FaultCounts = {
  saw(kind: FaultKind): void;
  count(kind: FaultKind): number;
  missing(): FaultKind[];
  lines(): string[];
};

export function createFaultCounts(): FaultCounts {
  const counts = new Map<FaultKind, number>();
  const count = (kind: FaultKind) => counts.get(kind) ?? 0;
  return {
    saw: (kind) => void counts.set(kind, count(kind) + 1),
    count,
    missing: () => faultKinds.filter((kind) => count(kind) === 0),
    lines: () => {
      const cells = faultKinds.map((kind) => `${kind} ${count(kind)}`);
      const rows: string[] = [];
      for (let at = 0; at < cells.length; at += 5) rows.push(`  ${cells.slice(at, at + 5).join(' · ')}`);
      return rows;
    },
  };
}
