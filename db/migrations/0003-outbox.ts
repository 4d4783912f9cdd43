// Schema 3: the outbox without its own counter and without an index: two pages less in each commit that adds a row. Numbers
// come from the journal's sequence (db/outbox.ts), and the table is as short as what is open.
export const migration0003 = `
CREATE TABLE outbox_next (
  row_id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  delivery_class TEXT NOT NULL,
  reference TEXT NOT NULL,
  count INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
INSERT INTO outbox_next SELECT row_id, kind, delivery_class, reference, count, state FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_next RENAME TO outbox;
`;
