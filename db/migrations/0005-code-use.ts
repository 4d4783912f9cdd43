// Schema 5: every payment is found by its code, not only one that waits in the queue: a code that was spent is taken on trust no more.
export const migration0005 = `
DROP INDEX attempt_queued_code;
CREATE INDEX attempt_code ON attempt (code_hmac) WHERE code_hmac <> '';
`;
