// The fields of a request, read strictly: whatever is not as the page says is PARAM_ERROR, and nothing happens.
export type Fields = Readonly<Record<string, unknown>>;

export type PayFields = {
  orderNumber: string;
  amount_fen: number;
  code: string;
  isDeferred: boolean;
  /** Everything that makes it this charge and no other; not where the till stood. */
  content: string;
};

const orderNumber = /^[0-9A-Za-z]{1,50}$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Null: not JSON, or no object. */
export function readFields(body: Buffer): Fields | null {
  try {
    const found: unknown = JSON.parse(body.toString());
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Fields) : null;
  } catch (cause) {
    // Anybody may send anything; the answer says PARAM_ERROR.
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

export function readOrderNumber(fields: Fields): string | null {
  const text = fields['merchantOrderId'];
  return typeof text === 'string' && orderNumber.test(text) ? text : null;
}

export function readRequestNumber(fields: Fields): string | null {
  return readText(fields['refundRequestId'], 64);
}

export function readAmount_fen(fields: Fields): number | null {
  const amount = fields['transactionAmount'];
  return typeof amount === 'number' && Number.isSafeInteger(amount) && amount > 0 ? amount : null;
}

export function readPay(fields: Fields): PayFields | null {
  const number = readOrderNumber(fields);
  const amount_fen = readAmount_fen(fields);
  const code = readText(fields['payCode'], 512);
  const deferred = fields['storeAndForward'];
  if (number === null || amount_fen === null || code === null) return null;
  if (fields['transactionCurrencyCode'] !== '156' || fields['payMode'] !== 'CODE_SCAN') return null;
  if (readText(fields['deviceType'], 8) === null || !hasPlace(fields)) return null;
  const deferral = deferred === undefined ? '' : readDeferral(deferred);
  const remark = fields['merchantRemark'] === undefined ? '' : readText(fields['merchantRemark'], 200);
  if (deferral === null || remark === null) return null;
  const content = JSON.stringify([amount_fen, code, deferral, remark, fields['deviceType']]);
  return { orderNumber: number, amount_fen, code, isDeferred: deferred !== undefined, content };
}

export type PresentFields = {
  orderNumber: string;
  amount_fen: number;
  expiresAt_ms: number;
  content: string;
};

export function readPresent(fields: Fields): PresentFields | null {
  const number = readOrderNumber(fields);
  const amount_fen = readAmount_fen(fields);
  const expiresAt = fields['expiresAt'];
  if (number === null || amount_fen === null) return null;
  if (fields['transactionCurrencyCode'] !== '156' || fields['payMode'] !== 'QR_CODE') return null;
  if (readText(fields['deviceType'], 8) === null || !hasPlace(fields)) return null;
  if (typeof expiresAt !== 'string' || !instant.test(expiresAt)) return null;
  const content = JSON.stringify([amount_fen, expiresAt, fields['deviceType']]);
  return { orderNumber: number, amount_fen, expiresAt_ms: Date.parse(expiresAt), content };
}

function hasPlace(fields: Fields): boolean {
  const isKnown = (name: string): boolean => readText(fields[name], 64) !== null;
  return isKnown('ip') || (isKnown('longitude') && isKnown('latitude'));
}

function readDeferral(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const { takenAt: at, tillSequence } = value as Fields;
  const isWhole = typeof at === 'string' && instant.test(at) && Number.isSafeInteger(tillSequence);
  return isWhole ? `${at} ${String(tillSequence)}` : null;
}

function readText(value: unknown, most: number): string | null {
  return typeof value === 'string' && value.length > 0 && value.length <= most ? value : null;
}
