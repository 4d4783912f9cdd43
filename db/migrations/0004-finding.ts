// Schema 4: sold sales are browsed by time, sum and wallet, payments are found by the end of an acquirer's number. Filled from the
// rows that are there; a body that is no JSON any more is left out, and verification names its row.
const end = (name: string): string => `substr(json_extract(body, '$.machine.state.proof.${name}'), -6)`;
const guarded = (expression: string): string => `CASE WHEN json_valid(body) THEN ${expression} END`;

/** The last six of each number that an acquirer gave; null, and in no index, where it is not given or ends as the first does. */
export const numberEnds: readonly string[] = [
  guarded(`nullif(${end('acquirerOrderId')}, '')`),
  guarded(`nullif(nullif(${end('thirdPartyOrderId')}, ''), ${end('acquirerOrderId')})`),
  guarded(`nullif(${end('retrievalRefNum')}, '')`),
];

const indexes = numberEnds.map(
  (expression, index) =>
    `CREATE INDEX attempt_number_end_${index + 1} ON attempt (${expression}) WHERE state = 'approved' AND ${expression} IS NOT NULL;`,
);

export const migration0004 = `
${indexes.join('\n')}

-- By receipt number, so that the newest stand at one end and a sale that completes adds to the last page.
CREATE TABLE sold (
  receipt_number TEXT PRIMARY KEY,
  sale_id TEXT NOT NULL,
  completed_at_ms INTEGER NOT NULL,
  sums TEXT NOT NULL,
  wallets TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO sold
SELECT receipt_number, sale_id,
  coalesce(json_extract(body, '$.completedAt_ms'), json_extract(body, '$.openedAt_ms')),
  ' ' || (SELECT sum(json_extract(value, '$.price_fen') * json_extract(value, '$.quantity')) FROM json_each(body, '$.lines')) || ' ' ||
    coalesce((SELECT group_concat(amount_fen || ' ', '' ORDER BY key) FROM json_each(sale.body, '$.attemptIds') JOIN attempt ON attempt_id = value), ''),
  ' ' || CASE WHEN json_extract(body, '$.cash') IS NULL THEN '' ELSE 'CASH ' END ||
    coalesce((SELECT group_concat(json_extract(attempt.body, '$.scheme') || ' ', '' ORDER BY key)
      FROM json_each(sale.body, '$.attemptIds') JOIN attempt ON attempt_id = value WHERE json_valid(attempt.body)), '')
FROM sale WHERE receipt_number IS NOT NULL AND json_valid(body);
`;
