// The numbers of a payment that a customer's phone shows as a bar code: ours (商户单号) and the acquirer's (交易单号).

/**
 * Our own: terminal (8), epoch (3), counter (6), chance (8 hexadecimal); see till/ids.ts, wireNumber. An epoch below 36 begins with 00,
 * by which one that happens to be all digits is told from most codes that ran into each other.
 */
const OWN_NUMBER = /^[0-9A-Za-z]{8}00[0-9A-Z]{7}[0-9A-F]{8}$/;

/** As the wallets print them: 28 digits at WeChat Pay and Alipay, 21 at UnionPay, with beginnings that no code of that length has. */
const ACQUIRER_NUMBER = /^(?:(?:42|20)\d{26}|(?:20|51)\d{19})$/;

export function isPaymentNumber(text: string): boolean {
  return OWN_NUMBER.test(text) || ACQUIRER_NUMBER.test(text);
}

/** The terminal that gave this order number; null: it is none of ours. */
export function terminalIn(text: string): string | null {
  return OWN_NUMBER.test(text) ? text.slice(0, 8) : null;
}
