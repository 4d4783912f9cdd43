// UnifiedPOS's names of what a device counts, in the order in which a technician asks for them.

const statisticNames = [
  'GoodScanCount',
  'BadScanCount',
  'ReceiptPrintedCount',
  'FailedReceiptCount',
  'UnconfirmedReceiptCount',
  'PaperOutCount',
  'CoverOpenCount',
  'DrawerGoodOpenCount',
  'DrawerFailedOpenCount',
  'CommunicationErrorCount',
  'ConnectionCount',
  'ReceivedByteCount',
  'SentByteCount',
] as const;
type StatisticName = (typeof statisticNames)[number];

/** `plain`: there is a word for it; a newer driver may count what this screen does not know, and then its own name is shown. */
export type Statistic = { name: string; plain: StatisticName | null; count: number };

function place({ plain }: Statistic): number {
  return plain === null ? statisticNames.length : statisticNames.indexOf(plain);
}

export function statisticsOf(statistics: Readonly<Record<string, number>>): Statistic[] {
  return Object.entries(statistics)
    .map(([name, count]) => ({ name, count, plain: statisticNames.find((known) => known === name) ?? null }))
    .toSorted((a, b) => place(a) - place(b));
}
