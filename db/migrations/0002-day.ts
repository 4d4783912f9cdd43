// Schema 2: returns, give-backs, shifts, reports; the open period; exceptions that are closed.
export const migration0002 = `
DROP TABLE receipt;
CREATE TABLE receipt (
  receipt_id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE give_back (
  give_back_id TEXT PRIMARY KEY,
  request_number TEXT NOT NULL UNIQUE,
  sale_id TEXT NOT NULL,
  state TEXT NOT NULL,
  open INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX give_back_sale ON give_back (sale_id);
CREATE INDEX give_back_open ON give_back (give_back_id) WHERE open = 1;

CREATE TABLE document (
  document_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  sale_id TEXT,
  sequence INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX document_kind ON document (kind, sequence);

CREATE TABLE period (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT;

ALTER TABLE exception ADD COLUMN closed TEXT;
`;
