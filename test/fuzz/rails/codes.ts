// What a code may prove, written a second time from the protocol pages (docs/gateway-protocol.md, docs/acquirers, and the reference page payments, 3.3
// to 3.5), code by code. It reads nothing of acquirers/: a code that slips into a table there is a fault here.

const words = (...lines: string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.split(' ')));

const acq = (...lines: string[]): ReadonlySet<string> =>
  new Set([...words(...lines)].map((name) => `ACQ.${name}`));

export const gatewaySays = {
  notCharged: words(
    'AUTH_CODE_EXPIRED AUTH_CODE_INVALID AUTH_CODE_USED',
    'BALANCE_NOT_ENOUGH LIMIT_EXCEEDED RISK_REJECTED NOT_SUPPORTED ORDER_CLOSED',
    'MERCHANT_INVALID TERMINAL_INVALID PARAM_ERROR',
    'OFFLINE_NOT_ALLOWED OFFLINE_EXPIRED',
  ),
  notGivenBack: words('REFUND_EXCEEDS ORDER_NOT_FOUND ORDER_NOT_PAID'),
};

export const wechatSays = {
  notCharged: words(
    // of the payment code, the card, the order
    'AUTHCODEEXPIRE AUTH_CODE_ERROR AUTH_CODE_INVALID NOTENOUGH NOTSUPORTCARD',
    'ORDERCLOSED ORDERREVERSED BUYER_MISMATCH TRADE_ERROR',
    // of the merchant, by their names of v2 and of v3
    'NOAUTH APPID_NOT_EXIST MCHID_NOT_EXIST APPID_MCHID_NOT_MATCH PARAM_ERROR',
    'NO_AUTH MCH_NOT_EXISTS',
  ),
  noSuchOrder: words('ORDER_NOT_EXIST ORDERNOTEXIST'),
  // of a reversal: no such order (404), and closed or reversed already, each as either kind of page spells it
  nothingToReverse: words('ORDER_NOT_EXIST ORDERNOTEXIST NOT_FOUND'),
  reversedBefore: words('ORDERREVERSED ORDER_REVERSED ORDERCLOSED ORDER_CLOSED'),
  notGivenBack: words('NOT_ENOUGH USER_ACCOUNT_ABNORMAL INVALID_REQUEST NO_AUTH PARAM_ERROR MCH_NOT_EXISTS'),
};

export const alipaySays = {
  notCharged: acq(
    'PAYMENT_AUTH_CODE_INVALID TRADE_HAS_CLOSE',
    'BUYER_BALANCE_NOT_ENOUGH BUYER_BANKCARD_BALANCE_NOT_ENOUGH',
    'ERROR_BALANCE_PAYMENT_DISABLE NO_PAYMENT_INSTRUMENTS_AVAILABLE NOT_CERTIFIED_USER',
    'BUYER_SELLER_EQUAL BUYER_ENABLE_STATUS_FORBID',
    'PAYMENT_REQUEST_HAS_RISK PAYMENT_FAIL',
    'TOTAL_FEE_EXCEED PRODUCT_AMOUNT_LIMIT_ERROR BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR BEYOND_PAY_RESTRICTION',
    'ACCESS_FORBIDDEN PARTNER_ERROR INVALID_PARAMETER EXIST_FORBIDDEN_WORD',
  ),
  notCancelled: acq(
    'TRADE_CANCEL_TIME_OUT CANCEL_NOT_ALLOWED TRADE_HAS_FINISHED REASON_TRADE_REFUND_FEE_ERR',
  ),
  notGivenBack: acq(
    'INVALID_PARAMETER SELLER_BALANCE_NOT_ENOUGH REFUND_AMT_NOT_EQUAL_TOTAL REASON_TRADE_BEEN_FREEZEN',
    'TRADE_NOT_EXIST TRADE_HAS_FINISHED TRADE_STATUS_ERROR REASON_TRADE_REFUND_FEE_ERR TRADE_NOT_ALLOW_REFUND',
    // settled with the customer by other means
    'NOT_ALLOW_PARTIAL_REFUND BUYER_ERROR BUYER_NOT_EXIST CUSTOMER_VALIDATE_ERROR ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND',
    'TRADE_HAS_CLOSE REASON_TRADE_STATUS_INVALID REFUND_FEE_ERROR',
  ),
};

export const unionpaySays = {
  /** Of a query alone. A6: a success with a flaw. */
  done: words('00 A6'),
  // 01 to 09 are of the platform, 10 to 29 of the message, 30 to 59 of the merchant, 60 to 89 of the card and its bank
  notCharged: words('01', '10 13', '30 31 32 33 38 43 44', '60 61 62 63 64 65 66 67 68 69 73 77 78 81'),
  notReversed: words('36 39 45'),
  notGivenBack: words('01', '10 13', '30 31 32 33 36 38 39 43', '60 61 62 63 68 78'),
  /**
   * What the query has of the refund's own number: it failed, since the money was back already or the payment in no state for it; or for what is
   * said of a card.
   */
  failedBefore: words('35 45', '44', '64 65 66 67 69 73 77 81'),
};
