// Rare paths that a run must have walked often, each by its name in the counts. A path that nothing walks any more is a hole in the
// simulation: the full run demands every one of them a hundred times.
export const FULL_seeds = 100_000;
export const LEAST_hits = 100;

export const marks: readonly string[] = [
  // the line
  'line.copied',
  'line.crossed',
  'line.namesake',
  'line.strayRefusal',
  'line.forged',
  'line.replayed',
  'line.requestTwice',
  'line.outage.portal',
  'line.outage.suspended',
  // the disk and the process
  'disk.crashAfter',
  'disk.throwCommitted',
  'disk.throwLost',
  'disk.full',
  'kill.afterCommit',
  'kill.afterSending',
  'clock.step',
  // devices
  'scanner.merge',
  'scanner.unplug',
  'printer.half',
  'printer.powerLoss',
  // people
  'person.secondCore',
  'person.collect',
  'person.refundInCash',
  'person.sameCode',
  'exception.collected',
  'exception.writtenOff',
  'z.withOpenGiveBack',
  'z.withOpenSale',
  // the acquirer
  'host.codeAgainUnderNewNumber',
  'host.deferredDecline',
  'host.notFoundOnce',
  'host.payOnClosedNumber',
  'host.payRepeated',
  'host.refundFailsLater',
  'host.refundRefused',
  'host.reversedCharge',
  'host.sign.nonceRepeated',
  'host.sign.stale',
  'host.tombstone',
  'host.voidRefused',
  // the till's own roads
  'payment.authorizing>queued deferred',
  'payment.authorizing>reversing',
  'payment.held>authorizing',
  'payment.inquiring>authorizing deferred',
  'payment.queued>expiredUnsent deferred',
  'payment.queued>notSent',
  'payment.unknown>approved',
  'payment.reversing>disputed',
  'payment.disputed>approved',
  'payment.disputed>reversed',
  'giveBack.notFound>sending',
  'giveBack.refused>failed',
  'giveBack.restarted>inquiring',
  'giveBack.timer>unknown',
];
