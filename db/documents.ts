// Documents as rows: returns, cash slips, closed shifts, reports. Written once, never changed.
import type { DocumentKind, TillDocument } from '../core/domain/till/documents.ts';
import type { Sql } from './open.ts';

type Row = Omit<TillDocument, 'body'> & { body: string };

function parsed(row: Row): TillDocument {
  return { ...row, body: JSON.parse(row.body) as unknown };
}

export type Documents = {
  one(documentId: string): TillDocument | null;
  newest(kinds: readonly DocumentKind[], limit: number): TillDocument[];
  /** Looks through all of this kind. */
  naming(kind: DocumentKind, text: string): TillDocument[];
};

export function createDocuments(sql: Sql): Documents {
  const columns = 'document_id AS documentId, kind, number, sale_id AS saleId, body';
  const byId = sql.prepare(`SELECT ${columns} FROM document WHERE document_id = ?`);
  const newest = sql.prepare(
    `SELECT ${columns} FROM document WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY sequence DESC LIMIT ?`,
  );
  const naming = sql.prepare(
    `SELECT ${columns} FROM document WHERE kind = ? AND instr(body, ?) > 0 ORDER BY sequence DESC`,
  );
  return {
    one: (documentId) => {
      const row = byId.get(documentId) as Row | undefined;
      return row === undefined ? null : parsed(row);
    },
    newest: (kinds, limit) => (newest.all(JSON.stringify(kinds), limit) as Row[]).map(parsed),
    naming: (kind, text) => (naming.all(kind, text) as Row[]).map(parsed),
  };
}
