// Chinese texts of backups and restores.
import type { ErrorText } from './error-texts-type.ts';
import type { ErrorCode } from './errors.ts';

export const zhKeeping = {
  'E-DB-07': {
    what: '从备份恢复没有做完',
    money: '原来的账目保存在一旁，现在不收款。',
    todo: '请联系技术员重新执行恢复。',
  },
  'E-RST-04': {
    what: '这份备份不是本机账本的',
    money: '账目没有改动，不收款。',
    todo: '请用本机的备份；备份后重装过，加 --other-journal。',
  },
  'E-OFF-13': {
    what: '由备份恢复，暂不能离线收款',
    money: '没有收款。',
    todo: '可收现金。请店长与收单方核对后确认恢复。',
  },
  'E-OFF-14': {
    what: '收单方拒绝了本机，离线不能收',
    money: '没有扣款。',
    todo: '可收现金；联系技术员检查商户设置。',
  },
  'E-RET-06': {
    what: '恢复之前卖出的单，暂不能退',
    money: '没有退款。这单可能已经退过。',
    todo: '请店长先与收单方核对并确认恢复。',
  },
  'E-RET-07': {
    what: '收款的通道已不在配置里，不能退',
    money: '没有退款。',
    todo: '请技术员把该通道加回配置；急需时请店长与收单方联系。',
  },
  'E-RET-09': {
    what: '这些商品刚刚已有退货',
    money: '这次没有再退款。',
    todo: '请看已退的件数；还要退，请重新选择。',
  },
  'E-RST-01': { what: '没有等待确认的恢复', money: '没有任何改动。', todo: '确认人见最近的报表。' },
  'E-RST-02': {
    what: '由备份恢复，隔离中',
    money: '备份之后的付款可能已收却没有记账。',
    todo: '请店长核对收单方账单和小票，然后确认恢复。',
  },
  'E-RST-03': {
    what: '恢复之前未结的单，暂不能放弃或作废',
    money: '没有退款。钱可能已收，货可能已拿走。',
    todo: '已成交的按原样收完；否则先挂单，等店长确认恢复。',
  },
  'E-BAK-01': {
    what: '最近一次备份没有成功',
    money: '账目完好，可以继续收款。',
    todo: '请技术员检查磁盘空间和备份目录。',
  },
  'E-BATCH-01': {
    what: '网关批次与收单方对不上',
    money: '钱款没有变动，日结报表也不变。',
    todo: '请取当日账单，在“对账”里逐笔核对。',
  },
  'E-BATCH-02': {
    what: '网关批次一天多没有结算',
    money: '收款和账目不受影响。',
    todo: '若原因一直不变，请联系收单方或技术员。',
  },
  'E-BAK-02': {
    what: '账目核验不符，没有备份',
    money: '之前的备份完好，已保留。',
    todo: '请今天就联系技术员检查本机并恢复。',
  },
} satisfies Partial<Record<ErrorCode, ErrorText>>;
