// Schema 4: sold sales are browsed by time, sum and wallet, payments are found by the end of an acquirer's number. Filled from the
// rows that are there; a body that is no JSON any more is left out, and verification names its row. What is back twice is told.
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

-- By the receipt's number, so that the newest stand at one end and a sale that completes adds to the last page. It is a number here:
-- from the tenth restore on it has nine digits, which as text would stand before eight.
CREATE TABLE sold (
  number INTEGER PRIMARY KEY,
  sale_id TEXT NOT NULL,
  completed_at_ms INTEGER NOT NULL,
  sums TEXT NOT NULL,
  wallets TEXT NOT NULL
) STRICT;

-- The whole, in cash also what is left of it after 抹零 and the cash itself; then what each payment was for that counts, or yet may.
INSERT OR IGNORE INTO sold
SELECT CAST(receipt_number AS INTEGER), sale_id,
  coalesce(json_extract(body, '$.completedAt_ms'), json_extract(body, '$.openedAt_ms')),
  ' ' || total || ' ' ||
    CASE WHEN json_extract(body, '$.cash') IS NULL THEN ''
      ELSE (total - json_extract(body, '$.cash.rounding_fen')) || ' ' || json_extract(body, '$.cash.amount_fen') || ' ' END ||
    coalesce((SELECT group_concat(amount_fen || ' ', '' ORDER BY key) FROM json_each(one.body, '$.attemptIds')
      JOIN attempt ON attempt_id = value WHERE attempt.state = 'approved' OR attempt.proven = 0), ''),
  ' ' || CASE WHEN json_extract(body, '$.cash') IS NULL THEN '' ELSE 'CASH ' END ||
    coalesce((SELECT group_concat(json_extract(attempt.body, '$.scheme') || ' ', '' ORDER BY key) FROM json_each(one.body, '$.attemptIds')
      JOIN attempt ON attempt_id = value WHERE (attempt.state = 'approved' OR attempt.proven = 0) AND json_valid(attempt.body)), '')
FROM (SELECT receipt_number, sale_id, body,
    (SELECT sum(json_extract(value, '$.price_fen') * json_extract(value, '$.quantity')) FROM json_each(body, '$.lines')) AS total
  FROM sale WHERE receipt_number IS NOT NULL AND json_valid(body)) AS one;

-- Refused, paid in cash, and done by the acquirer all the same: it waits for a manager since this schema.
UPDATE give_back SET open = 1, body = json_set(body, '$.isLoss', json('true'))
WHERE state = 'done' AND CASE WHEN json_valid(body) THEN json_extract(body, '$.paidInCash') END;
`;
