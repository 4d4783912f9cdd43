// What asking an acquirer for the bill of a day comes to, whoever it is. A person asks, by the command or on the till: nothing here touches a payment.

/** What the bill is believed by: a digest in a signed answer, a signed answer that holds it, or TLS and its own sums alone. */
export type BillProof = 'digest' | 'signature' | 'sums';

/** `name`: the acquirer's own where it gives one; not yet fit for a file system. */
export type BillFile = { name: string; bytes: Buffer; proof: BillProof };

/** `cause`: the acquirer's code or the system's word. */
export type BillAnswer =
  | { kind: 'fetched'; file: BillFile }
  /** Asked too early. */
  | { kind: 'notReady'; cause: string }
  /** The acquirer says that there is no bill of that day. */
  | { kind: 'none'; cause: string }
  /** A verified no to the question itself: rights, parameters, keys. */
  | { kind: 'refused'; cause: string }
  /** An answer whose signature, digest or form does not hold: nothing of it is kept. */
  | { kind: 'damaged'; cause: string }
  | { kind: 'noAnswer'; cause: string };

/** `date`: `YYYY-MM-DD`, the acquirer's own day. Never rejects. */
export type FetchBill = (date: string) => Promise<BillAnswer>;

export const QUESTION_TIMEOUT_ms = 20_000;
export const DOWNLOAD_TIMEOUT_ms = 120_000;
/** Of the packed file, and of what comes out of it: a year of a busy shop in one day. */
export const BILL_LIMIT_bytes = 16 * 1024 * 1024;
