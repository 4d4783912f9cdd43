// The Chinese texts of cash, shifts, returns, refunds and reports: the day at the counter around the payments.
import type { ErrorText } from './error-texts-type.ts';
import type { ErrorCode } from './errors.ts';

export const zhCounter = {
  'E-AUTH-05': { what: '这一步要店长同意', money: '还没有任何改动。', todo: '请店长在这里输入密码。' },
  'E-AUTH-06': { what: '这个人不能批准', money: '没有任何改动。', todo: '请另一位店长来批准。' },
  'E-SALE-06': { what: '挂单已满', money: '本单还在，没有改动。', todo: '请先取出一张挂单，收完或取消。' },
  'E-SALE-07': { what: '还没有开班', money: '没有收款。', todo: '请先点清备用金，再开班。' },
  'E-SALE-08': {
    what: '本单正在取消，钱正在退回',
    money: '已收的钱正退回顾客，都已记账。',
    todo: '请等退款有结果，不要再收款。',
  },
  'E-CASH-01': { what: '收到的现金不够', money: '没有记收款。', todo: '请核对收到的金额，再确认。' },
  'E-CASH-02': {
    what: '收到的现金多得不合理',
    money: '没有记收款。',
    todo: '请核对有没有多按一位，再输入。',
  },
  'E-CASH-03': { what: '电子付款的部分超过待收', money: '没有收款。', todo: '请输入不超过待收的金额。' },
  'E-CASH-04': {
    what: '钱箱里没有这么多现金',
    money: '没有记支出。',
    todo: '请核对金额；不够时先存入现金。',
  },
  'E-CASH-05': {
    what: '钱箱没有打开',
    money: '收款已记账，不受影响。',
    todo: '请按「打开钱箱」，或用钥匙打开。',
  },
  'E-CASH-06': {
    what: '不知道钱箱开了没有',
    money: '收款已记账，不受影响。',
    todo: '请看钱箱；没有开就按「打开钱箱」。',
  },
  'E-SHIFT-01': { what: '已经开班', money: '没有任何改动。', todo: '可以直接收款；换班请先交班。' },
  'E-SHIFT-02': {
    what: '还有一单没有了结',
    money: '本单还在，没有改动。',
    todo: '请先收完、挂单或取消。',
  },
  'E-RET-01': { what: '找不到这张小票', money: '没有退款。', todo: '请核对票号，或扫小票上的条码。' },
  'E-RET-02': { what: '超过还能退的数量', money: '没有退款。', todo: '请核对已退的件数，减少数量。' },
  'E-RET-03': {
    what: '超过原付款还能退的金额',
    money: '没有退款。',
    todo: '请等前面的退款有结果，或减少数量。',
  },
  'E-RET-04': {
    what: '这单有一笔付款还没有结果',
    money: '没有退款；有结果前不能退。',
    todo: '请等付款有结果，再来退货。',
  },
  'E-RET-05': {
    what: '离线待确认的单只能整单退',
    money: '没有退款。',
    todo: '请按「全部」整单退，或等付款有结果。',
  },
  'E-REF-01': { what: '退款处理中', money: '还没有退到顾客手里。', todo: '请等结果，不要再付现金给顾客。' },
  'E-REF-02': {
    what: '退款结果未知，正在查询',
    money: '不会重复退；有没有退到以查询为准。',
    todo: '请等结果，不要再付现金给顾客。',
  },
  'E-REF-03': {
    what: '退款失败',
    money: '确认没有退给顾客。',
    todo: '请店长在「待处理」里再退一次或付现金。',
  },
  'E-REF-04': {
    what: '这笔退款没有失败，不能另外再退',
    money: '没有另付，免得退两次。',
    todo: '请等退款有结果。',
  },
  'E-REF-05': {
    what: '退款等待网络',
    money: '还没有退，已记在账上。',
    todo: '网络恢复后自动退，不要再付现金。',
  },
  'E-REF-06': {
    what: '退款被拒，可能已在别处退过',
    money: '这次没有退；别处退没退过，要核对。',
    todo: '店长先查账单或商户平台，再定是否付现金。',
  },
  'E-REF-07': {
    what: '退款异常，退不到顾客账户',
    money: '还没有退到顾客手里，钱在收单方。',
    todo: '请店长到微信商户平台处理，勿另付现金。',
  },
  'E-REF-08': {
    what: '同一笔钱退了两次',
    money: '顾客多得了一份，是店里的损失。',
    todo: '请店长凭退款单号追回，再按「已查明」说明结果。',
  },
  'E-REF-09': {
    what: '这笔没有退两次，或已经查过',
    money: '账目没有改动。',
    todo: '请关掉再打开「待处理」，看最新情况。',
  },
  'E-REP-01': {
    what: '两次计算不一致，没有日结',
    money: '账目原样未动，这一天没有封账。',
    todo: '请留好打印的两份结果，联系技术员。',
  },
  'E-REP-02': { what: '没有这份报表', money: '账目不受影响。', todo: '请在报表列表里另选一份。' },
  'E-REP-03': {
    what: '复核对一条记录有疑问',
    money: '报表两次计算一致，账已封好。',
    todo: '请店长导出账本交技术员核对。',
  },
  'E-OFF-11': { what: '等网络超时，没有提交', money: '没有扣款。', todo: '可收现金，或等网络恢复后再扫。' },
  'E-OFF-12': {
    what: '这笔已不在待处理里',
    money: '没有任何改动。',
    todo: '请关掉再打开「待处理」，看最新情况。',
  },
} satisfies Partial<Record<ErrorCode, ErrorText>>;
