// Schema 1: the journal, its projections, the outbox and the queue's ciphertext.
export const migration0001 = `
CREATE TABLE journal (
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER journal_is_append_only_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_append_only_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- INSERT OR REPLACE deletes without the trigger above: only the next number may come.
CREATE TRIGGER journal_is_append_only_insert BEFORE INSERT ON journal
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE till (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT;

CREATE TABLE sale (
  sale_id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  receipt_number TEXT,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Partial: a sale without its number yet is rewritten at every line, and this index is not.
CREATE UNIQUE INDEX sale_receipt_number ON sale (receipt_number) WHERE receipt_number IS NOT NULL;

CREATE TABLE attempt (
  attempt_id TEXT PRIMARY KEY,
  order_number TEXT NOT NULL UNIQUE,
  sale_id TEXT NOT NULL,
  state TEXT NOT NULL,
  proven INTEGER NOT NULL,
  deferred INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  code_hmac TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_unproven ON attempt (attempt_id) WHERE proven = 0;
CREATE INDEX attempt_queued_code ON attempt (code_hmac) WHERE proven = 0 AND deferred = 1;

CREATE TABLE receipt (
  receipt_id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  sale_id TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE exception (
  attempt_id TEXT PRIMARY KEY,
  reason TEXT NOT NULL,
  acquirer_code TEXT,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  row_id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  delivery_class TEXT NOT NULL,
  reference TEXT NOT NULL,
  count INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_reference ON outbox (reference);

CREATE TABLE sealed_code (
  attempt_id TEXT PRIMARY KEY,
  key_id TEXT NOT NULL,
  nonce BLOB NOT NULL,
  box BLOB NOT NULL
) STRICT, WITHOUT ROWID;
`;
