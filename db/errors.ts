// Why a database was refused. Each code has a text for the person at the till (contract/error-texts.ts).
export type DatabaseProblem =
  | 'E-DB-01'
  | 'E-DB-02'
  | 'E-DB-03'
  | 'E-DB-04'
  | 'E-DB-05'
  | 'E-DB-06'
  | 'E-DB-07'
  | 'E-RST-04';

export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
  readonly code: DatabaseProblem;

  constructor(code: DatabaseProblem, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

/** The system's own word for a call that failed (EIO, ENOSPC...), and not SQLite's or ours. */
export function isOfSystem(error: unknown): error is NodeJS.ErrnoException & Error {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}
