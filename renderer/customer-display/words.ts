// The words of the customer's screen. Both languages stand there at once: customers choose nothing.

export type Pair = { zh: string; en: string };

export const words = {
  welcome: { zh: '欢迎光临', en: 'Welcome' },
  wait: { zh: '请稍候', en: 'One moment please' },
  total: { zh: '合计', en: 'Total' },
  due: { zh: '应付', en: 'To pay' },
  payByCode: { zh: '请出示付款码或付现金', en: 'Show your payment code, or pay in cash' },
  working: { zh: '正在处理付款', en: 'Your payment is being processed' },
  scan: { zh: '请扫码付款', en: 'Scan to pay' },
  scanned: { zh: '请在手机上完成付款', en: 'Please finish on your phone' },
  paid: { zh: '支付成功', en: 'Paid' },
  change: { zh: '找零', en: 'Change' },
  pending: { zh: '离线待确认', en: 'Taken offline, not yet authorized' },
  thanks: { zh: '谢谢惠顾', en: 'Thank you' },
} satisfies Record<string, Pair>;

export function itemWords(count: number): Pair {
  return { zh: `${count} 件商品`, en: count === 1 ? '1 item' : `${count} items` };
}

export function secondsWords(count: number): Pair {
  return { zh: `还可扫 ${count} 秒`, en: `${count} s left` };
}
