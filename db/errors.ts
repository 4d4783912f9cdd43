// Why a database was refused. Each code has a text for the person at the till (contract/error-texts.ts).
export type DatabaseProblem =
  | 'E-DB-01'
  | 'E-DB-02'
  | 'E-DB-03'
  | 'E-DB-04'
  | 'E-DB-05'
  | 'E-DB-06'
  | 'E-DB-07';

export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
  readonly code: DatabaseProblem;

  constructor(code: DatabaseProblem, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
