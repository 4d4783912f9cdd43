// One row of the codes that answer a call about no payment: the day's bill, settling a batch, a terminal's activation. No such code moves
// money or ends a doubt. Pure.

export type Service = 'bill' | 'settle' | 'upload' | 'activate';

/**
 * `notReady`: asked too early. `none`: there is no bill of that day. `differs`: the acquirer's totals are others. `refused`: asking again
 * changes nothing by itself; so is every code without a row.
 */
export type ServiceEnd = 'notReady' | 'none' | 'differs' | 'refused';

export type ServiceRow = {
  code: string;
  service: Service;
  meaning_zh: string;
  end: ServiceEnd;
  /** Of a bill: it is not ready for so long after its day began, and `end` from then on. `until`: in words. */
  notReady?: { for_ms: number; until: string };
  /** What the command says of it, where no screen does. */
  said?: string;
  /** Tags of the sources, parted by spaces; each table spells its tags out. */
  source: string;
};

export type ServiceTable = {
  rows: readonly ServiceRow[];
  sources: Readonly<Record<string, string>>;
};

export function serviceRow({ rows }: ServiceTable, service: Service, code: string): ServiceRow | null {
  return rows.find((row) => row.service === service && row.code === code) ?? null;
}

/** @param age_ms since the day began that the bill is of */
export function billEnd(row: ServiceRow | null, age_ms: number): 'notReady' | 'none' | 'refused' {
  if (row === null || row.end === 'differs') return 'refused';
  return row.notReady !== undefined && age_ms < row.notReady.for_ms ? 'notReady' : row.end;
}
