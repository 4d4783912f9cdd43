// The gateway's error table: `errCode` of each call. Data only; what the adapter makes of it is in codes.ts, for people docs/acquirers/errors.md.
import {
  type CodeTable,
  declined,
  inDoubt,
  paidInDoubt,
  processing,
  refused,
  refusedOrBack,
  rowsOf,
} from '../transport/code-row.ts';

const copy = inDoubt('a copy of the request gets it too: the first one may have been looked at');
const asked = inDoubt('the request may have been worked on');
const unlookedAt = inDoubt('it is refused before anybody looked, and says nothing of another copy');
const renewed = inDoubt('the call goes again after a new sign-in; said twice, nothing is known of the first');
const paid = paidInDoubt('an order of this number is paid: it is closed, and the query tells');
const other = inDoubt('an order of this number is there, with other content or paid');

export const gatewayTable: CodeTable = {
  sources: {
    P: 'docs/gateway-protocol.md, "What errCode of pay means to the till"',
    R: 'docs/gateway-protocol.md, "What the server must keep"',
    B: 'docs/gateway-protocol.md, "What the till believes of a void or a refund"',
    M: 'docs/gateway-protocol.md, "Main scan"',
    S: 'docs/gateway-protocol.md, "Session and batch"',
    D: 'docs/adr/0013: what a copy of our own request may draw',
  },
  rows: [
    ...rowsOf('pay', {
      AUTH_CODE_EXPIRED: ['付款码已过期', declined('codeUnusable'), 'P'],
      AUTH_CODE_INVALID: ['付款码无效', declined('codeUnusable'), 'P'],
      AUTH_CODE_USED: ['付款码已使用', declined('codeUnusable'), 'P'],
      BALANCE_NOT_ENOUGH: ['余额不足', declined('balance'), 'P'],
      LIMIT_EXCEEDED: ['超过付款限额', declined('limit'), 'P'],
      RISK_REJECTED: ['被风险控制拒绝', declined('risk'), 'P'],
      NOT_SUPPORTED: ['不支持这种付款', declined('notSupported'), 'P'],
      ORDER_CLOSED: ['这个单号已关闭', declined('orderClosed'), 'P R'],
      MERCHANT_INVALID: ['商户号无效', declined('configuration'), 'P'],
      TERMINAL_INVALID: ['终端号或序列号无效', declined('configuration'), 'P'],
      PARAM_ERROR: ['请求的字段有误', declined('configuration'), 'P'],
      OFFLINE_NOT_ALLOWED: ['不许离线收款', declined('offlineRefused'), 'P'],
      OFFLINE_EXPIRED: ['离线收款提交过晚', declined('offlineRefused'), 'P'],
      USER_PAYING: ['顾客正在输入密码', processing, 'P'],
      SIGN_ERROR: ['签名、时间或随机数不对', copy, 'P D'],
      DUPLICATE_ORDER: ['单号已用于另一笔付款', other, 'R'],
      SYSTEM_ERROR: ['系统错误', asked, 'P R'],
      BANK_ERROR: ['银行系统错误', asked, 'P R'],
      TIMEOUT: ['处理超时', asked, 'P R'],
      SESSION_EXPIRED: ['会话已结束', renewed, 'S'],
    }),
    ...rowsOf('reverse', {
      PROCESSING: ['付款还在处理，暂不能撤销', processing, 'R'],
      SIGN_ERROR: ['签名、时间或随机数不对', copy, 'R'],
      SYSTEM_ERROR: ['系统错误', asked, 'R'],
    }),
    ...rowsOf('void', {
      CUTOFF_PASSED: ['已过清算时间，只能退款', refused, 'R B'],
      REFUND_EXISTS: ['已有退款，不能撤销', refused, 'R B'],
      PROCESSING: ['已受理，尚无结果', processing, 'B'],
      SIGN_ERROR: ['签名、时间或随机数不对', unlookedAt, 'B R'],
      MERCHANT_INVALID: ['商户号无效', unlookedAt, 'B R'],
      TERMINAL_INVALID: ['终端号或序列号无效', unlookedAt, 'B R'],
      PARAM_ERROR: ['请求的字段有误', unlookedAt, 'B R'],
      SYSTEM_ERROR: ['系统错误', asked, 'B R'],
    }),
    ...rowsOf('refund', {
      REFUND_EXCEEDS: ['退款总额超过付款', refusedOrBack, 'R B'],
      ORDER_NOT_FOUND: ['没有这个单号的付款', refused, 'R B'],
      ORDER_NOT_PAID: ['这笔没有扣款，或已全部退回', refusedOrBack, 'R B'],
      '0000': ['已受理，尚无结果', processing, 'B'],
      DUPLICATE_REFUND: [
        '退款号已用于另一笔退款',
        inDoubt('something may have been given back under it'),
        'R B',
      ],
      SIGN_ERROR: ['签名、时间或随机数不对', unlookedAt, 'B R'],
      MERCHANT_INVALID: ['商户号无效', unlookedAt, 'B R'],
      TERMINAL_INVALID: ['终端号或序列号无效', unlookedAt, 'B R'],
      PARAM_ERROR: ['请求的字段有误', unlookedAt, 'B R'],
      SYSTEM_ERROR: ['系统错误', asked, 'B R'],
    }),
    ...rowsOf('present', {
      ORDER_CLOSED: ['这个单号已关闭', declined('orderClosed'), 'M'],
      ORDER_EXPIRED: ['收款码已过期', declined('orderClosed'), 'M'],
      LIMIT_EXCEEDED: ['超过付款限额', declined('limit'), 'M'],
      NOT_SUPPORTED: ['不支持出示收款码', declined('notSupported'), 'M'],
      MERCHANT_INVALID: ['商户号无效', declined('configuration'), 'M'],
      TERMINAL_INVALID: ['终端号或序列号无效', declined('configuration'), 'M'],
      PARAM_ERROR: ['请求的字段有误', declined('configuration'), 'M'],
      ORDER_PAID: ['这个单号已付款', paid, 'M'],
      DUPLICATE_ORDER: ['单号已用于另一笔付款', other, 'M'],
      SIGN_ERROR: ['签名、时间或随机数不对', copy, 'M D'],
    }),
    ...rowsOf('close', {
      MERCHANT_INVALID: ['商户号无效', refused, 'M'],
      TERMINAL_INVALID: ['终端号或序列号无效', refused, 'M'],
      PARAM_ERROR: ['请求的字段有误', refused, 'M'],
      NOT_SUPPORTED: ['不支持关闭收款码', refused, 'M'],
      PROCESSING: ['顾客的付款正在处理', processing, 'M'],
    }),
    ...rowsOf('signIn', {
      MERCHANT_INVALID: ['商户号无效', refused, 'S'],
      TERMINAL_INVALID: ['终端号或序列号无效', refused, 'S'],
      PARAM_ERROR: ['请求的字段有误', refused, 'S'],
      NOT_SUPPORTED: ['不支持签到', refused, 'S'],
      SIGN_ERROR: [
        '签名、时间或随机数不对',
        inDoubt('a copy of the request gets it too, and a till whose clock is wrong once'),
        'S',
      ],
    }),
  ],
};
