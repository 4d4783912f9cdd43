// The words of the customer's screen. Both languages stand there at once: customers choose nothing.

export type Pair = { zh: string; en: string };

export const words = {
  welcome: { zh: '欢迎光临', en: 'Welcome' },
  wait: { zh: '请稍候', en: 'One moment please' },
  total: { zh: '合计', en: 'Total' },
  due: { zh: '应付', en: 'To pay' },
  payByCode: { zh: '请出示付款码或付现金', en: 'Show your payment code, or pay in cash' },
  working: { zh: '正在处理付款', en: 'Your payment is being processed' },
  scanned: { zh: '请在手机上完成付款', en: 'Please finish on your phone' },
  paid: { zh: '支付成功', en: 'Paid' },
  change: { zh: '找零', en: 'Change' },
  pending: { zh: '离线待确认', en: 'Taken offline, not yet authorized' },
  thanks: { zh: '谢谢惠顾', en: 'Thank you' },
} satisfies Record<string, Pair>;

/** The wallet that surely takes a code of its own: whether another does is not the till's to promise. */
const scanWith: Readonly<Record<string, Pair>> = {
  WECHAT: { zh: '请用微信扫码付款', en: 'Scan with WeChat' },
  ALIPAY: { zh: '请用支付宝扫码付款', en: 'Scan with Alipay' },
  UNIONPAY: { zh: '请用云闪付扫码付款', en: 'Scan with UnionPay' },
};

/** Which wallets an aggregate code takes is agreed with its acquirer, and the till is not told: it names none. */
export function scanWords(scheme: string): Pair {
  return scanWith[scheme] ?? { zh: '请扫码付款', en: 'Scan to pay' };
}

export function itemWords(count: number): Pair {
  return { zh: `${count} 件商品`, en: count === 1 ? '1 item' : `${count} items` };
}

export function secondsWords(count: number): Pair {
  return { zh: `还可扫 ${count} 秒`, en: `${count} s left` };
}
