// Every text that an event may carry into the recording, by where it comes from. A new one must be thought about: can it hold a
// payment code, a PIN, a key, or words of a customer?

/** Numbers and names that the till, its configuration or the acquirer give. */
const ids =
  'finding.reconciliationId finding.class finding.orderNumber finding.refundNumber ' +
  'attemptId giveBackId lineId lines[].lineId openId receiptId routeId saleId sentIds[] sentDrawerIds[] ' +
  'operatorId approverId role scheme version runtime answer.routeId answer.terminalCode answer.tillCode answer.batchNo';

/** One of a few words of this program. */
const words =
  'cause direction language layer outcome print problem proof event.kind event.reason event.then answer.outcome';

/** From the catalogue. */
const goods = 'goods.name_zh goods.name_en goods.unit goods.barcode';

/** Said by a device or the acquirer; the adapter takes them from lists of codes or from verified answers. */
const told = 'detail event.cause event.code event.result event.reference';

/** Of an approval, verified. */
const proof =
  'acquirerOrderId retrievalRefNum systemTraceNum batchNo paidAt settlementDate rail payerApp thirdPartyOrderId';

/** First six and last four digits, and a keyed hash whose key is not in the state directory. */
const ofACode = 'codeMask codeHmac';

/** Typed by whoever is signed in; in the journal and on the slip as well, and blank where it was refused. */
const typed = 'reason';

const known = new Set([
  ...[ids, words, goods, told, ofACode, typed].flatMap((names) => names.split(' ')),
  ...proof.split(' ').map((name) => `event.proof.${name}`),
]);

function* textsOf(value: unknown, path: string): Generator<string> {
  if (typeof value === 'string') yield path;
  else if (Array.isArray(value)) for (const one of value) yield* textsOf(one, `${path}[]`);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) yield* textsOf(one, path === '' ? key : `${path}.${key}`);
  }
}

/** What of an event nobody has thought about, `codeScanned.payer.name` say. A differing report is the journal's, whole, and so is a compared bill. */
export function unknownFields(event: { kind: string }): string[] {
  const { kind, ...fields } = event;
  if (kind === 'reportDiffered' || kind === 'billCompared') return [];
  return [...textsOf(fields, '')].filter((path) => !known.has(path)).map((path) => `${kind}.${path}`);
}
