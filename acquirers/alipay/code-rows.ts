// Alipay's error table: `sub_code` under `code` 40004. Data only; what the adapter makes of it is in codes.ts, for people
// docs/acquirers/errors.md. Every `isv.*` and `aop.*` is the gateway's own refusal and proves nothing (docs/adr/0013).
import {
  absent,
  type CodeTable,
  declined,
  inDoubt,
  paidInDoubt,
  refused,
  refusedOrBack,
  rowsOf,
} from '../transport/code-row.ts';

const paid = paidInDoubt('the order is paid: it is closed, and the query tells');
const otherOrder = inDoubt('an order of our number is there, with other content');
const mayBeDone = inDoubt('it may have been done');

export const alipayTable: CodeTable = {
  sources: {
    A: 'reference page payments, 3.4 (public code 21154359765 and 19318706087)',
    F2F: 'pay page of the face-to-face product, as jaq-doc.alibaba.com and open.alitrip.com articleId=104632 keep it',
    C: 'cancel page, apifox.cn docs-site 3618910 api-126370346',
    R: 'refund page, the same list in four public code bases, Alipay’s English page among them',
    P: 'inferred: precreate makes an order of the same content, the codes are those of pay',
    CL: 'close, open.alitrip.com apiId=1058; ACQ.TRADE_NOT_EXIST: Alipay’s support at cloud.tencent.com 1096089',
    D: 'docs/adr/0013: what a copy of our own request may draw',
  },
  rows: [
    ...rowsOf('pay', {
      'ACQ.PAYMENT_AUTH_CODE_INVALID': ['付款码无效', declined('codeUnusable'), 'A F2F'],
      'ACQ.TRADE_HAS_CLOSE': ['交易已关闭', declined('orderClosed'), 'A F2F'],
      'ACQ.BUYER_BALANCE_NOT_ENOUGH': ['顾客余额不足', declined('balance'), 'A F2F'],
      'ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH': ['顾客银行卡余额不足', declined('balance'), 'A F2F'],
      'ACQ.ERROR_BALANCE_PAYMENT_DISABLE': ['顾客关闭了余额支付', declined('notSupported'), 'A F2F'],
      'ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE': ['没有可用的付款方式', declined('notSupported'), 'A F2F'],
      'ACQ.NOT_CERTIFIED_USER': ['顾客没有通过实名认证', declined('notSupported'), 'A F2F'],
      'ACQ.PAYMENT_REQUEST_HAS_RISK': ['付款有风险', declined('risk'), 'A F2F'],
      'ACQ.PAYMENT_FAIL': ['付款失败', declined('other'), 'A F2F'],
      'ACQ.TOTAL_FEE_EXCEED': ['订单总金额超限', declined('limit'), 'A F2F'],
      'ACQ.PRODUCT_AMOUNT_LIMIT_ERROR': ['产品额度超限', declined('limit'), 'A F2F'],
      'ACQ.ACCESS_FORBIDDEN': ['没有权限使用接口', declined('configuration'), 'A F2F'],
      'ACQ.PARTNER_ERROR': ['商户号或应用有误', declined('configuration'), 'A F2F'],
      'ACQ.INVALID_PARAMETER': ['请求的字段有误', declined('configuration'), 'A F2F'],
      'ACQ.EXIST_FORBIDDEN_WORD': ['订单信息含有违禁词', declined('configuration'), 'A F2F'],
      'ACQ.BUYER_SELLER_EQUAL': ['买家和卖家相同', declined('notSupported'), 'F2F'],
      'ACQ.BUYER_ENABLE_STATUS_FORBID': ['顾客的账户状态不能付款', declined('notSupported'), 'F2F'],
      'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR': ['顾客当日付款超限', declined('limit'), 'F2F'],
      'ACQ.BEYOND_PAY_RESTRICTION': ['商户收款额度超限', declined('limit'), 'F2F'],
      'ACQ.SYSTEM_ERROR': ['系统错误', inDoubt('it may have succeeded'), 'A F2F'],
      'ACQ.TRADE_HAS_SUCCESS': ['交易已付款', inDoubt('the order is paid: the query decides'), 'A F2F D'],
      'ACQ.CONTEXT_INCONSISTENT': ['交易信息被改动', otherOrder, 'A F2F'],
      'ACQ.TRADE_BUYER_NOT_MATCH': ['付款人不匹配', otherOrder, 'F2F'],
      'ACQ.PULL_MOBILE_CASHIER_FAIL': [
        '唤起手机收银台失败',
        inDoubt("an order may wait in the customer's app"),
        'F2F',
      ],
    }),
    ...rowsOf('query', {
      'ACQ.TRADE_NOT_EXIST': ['没有这笔交易', absent, 'A'],
      'ACQ.SYSTEM_ERROR': ['系统错误', inDoubt('asked again'), 'A'],
    }),
    ...rowsOf('reverse', {
      'ACQ.TRADE_NOT_EXIST': ['没有这笔交易', absent, 'C'],
      'ACQ.TRADE_CANCEL_TIME_OUT': ['超过撤销期限', refused, 'C'],
      'ACQ.CANCEL_NOT_ALLOWED': ['不许撤销', refused, 'C'],
      'ACQ.TRADE_HAS_FINISHED': ['交易已完结', refused, 'C'],
      'ACQ.REASON_TRADE_REFUND_FEE_ERR': ['已有退款，不能撤销', refused, 'C'],
      'ACQ.SYSTEM_ERROR': ['系统错误', mayBeDone, 'C'],
      'ACQ.SELLER_BALANCE_NOT_ENOUGH': ['商户余额不足', inDoubt('once topped up, the same cancel goes'), 'C'],
      'ACQ.REASON_TRADE_BEEN_FREEZEN': ['交易被冻结', inDoubt('once released, the same cancel goes'), 'C'],
    }),
    ...rowsOf('refund', {
      'ACQ.INVALID_PARAMETER': ['请求的字段有误', refused, 'R'],
      'ACQ.SELLER_BALANCE_NOT_ENOUGH': ['商户余额不足', refused, 'R'],
      'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL': ['退款金额超限', refusedOrBack, 'R'],
      'ACQ.REASON_TRADE_BEEN_FREEZEN': ['交易被冻结', refused, 'R'],
      'ACQ.TRADE_NOT_EXIST': ['没有这笔交易', refused, 'R'],
      'ACQ.TRADE_HAS_FINISHED': ['交易已完结', refusedOrBack, 'R'],
      'ACQ.TRADE_STATUS_ERROR': ['交易状态不对', refusedOrBack, 'R'],
      'ACQ.REASON_TRADE_REFUND_FEE_ERR': ['退款金额有误', refusedOrBack, 'R'],
      'ACQ.TRADE_NOT_ALLOW_REFUND': ['这笔交易不许退款', refusedOrBack, 'R'],
      'ACQ.SYSTEM_ERROR': ['系统错误', mayBeDone, 'R'],
      'ACQ.DISCORDANT_REPEAT_REQUEST': [
        '退款号用过，内容不同',
        inDoubt('something was perhaps given back under our number'),
        'R',
      ],
    }),
    ...rowsOf('refundQuery', {
      'ACQ.TRADE_NOT_EXIST': ['没有这笔交易', absent, 'A'],
      TRADE_NOT_EXIST: ['没有这笔交易', absent, 'A'],
      'ACQ.SYSTEM_ERROR': ['系统错误', inDoubt('asked again'), 'A'],
    }),
    ...rowsOf('present', {
      'ACQ.TRADE_HAS_CLOSE': ['交易已关闭', declined('orderClosed'), 'P'],
      'ACQ.TOTAL_FEE_EXCEED': ['订单总金额超限', declined('limit'), 'P'],
      'ACQ.PRODUCT_AMOUNT_LIMIT_ERROR': ['产品额度超限', declined('limit'), 'P'],
      'ACQ.ACCESS_FORBIDDEN': ['没有权限使用接口', declined('configuration'), 'P'],
      'ACQ.PARTNER_ERROR': ['商户号或应用有误', declined('configuration'), 'P'],
      'ACQ.INVALID_PARAMETER': ['请求的字段有误', declined('configuration'), 'P'],
      'ACQ.EXIST_FORBIDDEN_WORD': ['订单信息含有违禁词', declined('configuration'), 'P'],
      'ACQ.SYSTEM_ERROR': ['系统错误', mayBeDone, 'P'],
      'ACQ.TRADE_HAS_SUCCESS': ['交易已付款', paid, 'P'],
      'ACQ.CONTEXT_INCONSISTENT': ['交易信息被改动', otherOrder, 'P'],
    }),
    ...rowsOf('close', {
      'ACQ.INVALID_PARAMETER': ['请求的字段有误', refused, 'CL'],
      'ACQ.ACCESS_FORBIDDEN': ['没有权限使用接口', refused, 'CL'],
      'ACQ.TRADE_NOT_EXIST': ['还没有人扫码，没有这笔交易', absent, 'CL'],
      'ACQ.SYSTEM_ERROR': ['系统错误', mayBeDone, 'CL'],
    }),
  ],
};
