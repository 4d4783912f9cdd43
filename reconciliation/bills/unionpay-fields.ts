// Where each field of UnionPay's ZM file stands. Widths in bytes, one space between two fields: parseZMFile of UnionPay's own demos
// (public code 24707748157, 11188854832), and a file of 1207 lines that an integrator published. Names and meaning: the file
// specification as public code 46885515925 and 11675328096 quote it; 清算金额, reserve in older layouts: public code 11339353683.
// docs/reconciliation.md says how sure each is.

type Field = { name: string; width: number };

const field = (name: string, width: number): Field => ({ name, width });

const fields: readonly Field[] = [
  field('交易代码', 3),
  field('代理机构标识码', 11),
  field('发送机构标识码', 11),
  field('系统跟踪号', 6),
  field('交易传输时间', 10),
  field('账号', 19),
  field('交易金额', 12),
  field('商户类别', 4),
  field('终端类型', 2),
  field('查询流水号', 21),
  field('支付方式（旧）', 2),
  field('商户订单号', 32),
  field('支付卡类型', 2),
  field('原始交易的系统跟踪号', 6),
  field('原始交易日期时间', 10),
  field('商户手续费', 13),
  field('结算金额', 13),
  field('支付方式', 4),
  field('集团商户代码', 15),
  field('交易类型', 2),
  field('交易子类', 2),
  field('业务类型', 6),
  field('账号类型', 2),
  field('账单类型', 4),
  field('账单号码', 32),
  field('交互方式', 1),
  field('原交易查询流水号', 21),
  field('商户代码', 15),
  field('分账入账方式', 1),
  field('二级商户代码', 15),
  field('二级商户简称', 32),
  field('二级商户分账入账金额', 13),
  field('清算净额', 13),
  field('终端号', 8),
  field('商户自定义域', 32),
  field('优惠金额', 13),
  field('发票金额', 13),
  field('分期付款附加手续费', 12),
  field('分期付款期数', 2),
  field('交易介质', 1),
  field('原始交易订单号', 32),
  field('清算金额', 13),
];

export type Span = Field & { from: number };

/** In their order, each with the byte that it begins at. */
export const spans: readonly Span[] = fields.map((one, index) => {
  const from = fields.slice(0, index).reduce((sum, { width }) => sum + width + 1, 0);
  return { ...one, from };
});

/** Every layout has the fields up to 原始交易订单号; what follows is longer or shorter, 607 bytes in all as published. */
export const LEAST_bytes = 508;
/** Far above any layout: another file. */
export const MOST_bytes = 1000;
