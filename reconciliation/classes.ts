// The closed list of what can be between a bill and a till's books: words, whose turn it is, and which way its money may go.
// There is no "other": what fits in none of these is a defect of this program, and stops it.

export const classNames = [
  'matched',
  'lateSuccess',
  'clearedOtherDay',
  'reversedAfterCutOff',
  'returnedThere',
  'refundOtherDay',
  'feeDiffers',
  'duplicate',
  'wrongTerminal',
  'earlierLife',
  'missingHere',
  'missingThere',
  'amountDiffers',
  'stillPending',
  'chargedButFree',
  'refundMissingThere',
  'refundMissingHere',
  'refundUndone',
  'refundAmountDiffers',
] as const;

export type ClassName = (typeof classNames)[number];

/** What bill less books may be, in fen, for one finding of the class. */
export type EffectRule = 'zero' | 'plus' | 'minus' | 'notZero' | 'any';

export type Who = 'nobody' | 'till' | 'manager' | 'acquirer' | 'office';

export const whoWords: Readonly<Record<Who, { zh: string; en: string }>> = {
  nobody: { zh: '无需处理', en: 'nobody' },
  till: { zh: '收银机自动', en: 'the till, by itself' },
  manager: { zh: '店长', en: 'store manager' },
  acquirer: { zh: '收单方客服', en: 'the acquirer, asked by the manager' },
  office: { zh: '财务', en: 'head office' },
};

export type ClassWords = {
  effect: EffectRule;
  who: Who;
  name: { zh: string; en: string };
  /** What to do next. */
  next: { zh: string; en: string };
};

export const classes: Readonly<Record<ClassName, ClassWords>> = {
  matched: {
    effect: 'zero',
    who: 'nobody',
    name: { zh: '一致', en: 'agrees' },
    next: { zh: '无需处理', en: 'nothing to do' },
  },
  lateSuccess: {
    effect: 'any',
    who: 'manager',
    name: { zh: '晚到的成功', en: 'late success' },
    next: {
      zh: '款已收到，入账日不同；核对该单是否已另收款，若多收则退回；有处理中的退款先看其结果',
      en: 'the money is here, booked on another day or after it counted as lost: see that the sale was not paid a second time; give back what is too much; if a refund of it is under way, look at that first',
    },
  },
  clearedOtherDay: {
    effect: 'notZero',
    who: 'office',
    name: { zh: '清算日不同', en: 'cleared on another day' },
    next: { zh: '与相邻日账单一并核对', en: 'compare with the bill of the day before or after' },
  },
  reversedAfterCutOff: {
    effect: 'notZero',
    who: 'office',
    name: { zh: '日切后撤销', en: 'reversed after the cut-off' },
    next: {
      zh: '扣款与撤销分在两日账单，合并核对；有处理中的退款先看其结果',
      en: 'charge and reversal stand on two bills: set one against the other; if a refund of it is under way, look at that first',
    },
  },
  returnedThere: {
    effect: 'zero',
    who: 'nobody',
    name: { zh: '对方扣款后已退', en: 'charged there and given back there' },
    next: { zh: '顾客未损失，无需处理', en: 'the customer lost nothing: nothing to do' },
  },
  refundOtherDay: {
    effect: 'notZero',
    who: 'office',
    name: { zh: '退款跨日', en: 'refund on another day' },
    next: { zh: '与相邻日账单一并核对', en: 'compare with the bill of the day before or after' },
  },
  feeDiffers: {
    effect: 'zero',
    who: 'office',
    name: { zh: '手续费不符', en: 'fee differs' },
    next: { zh: '按合同费率向收单方查询', en: 'ask the acquirer about the fee, by the contract' },
  },
  duplicate: {
    effect: 'notZero',
    who: 'acquirer',
    name: { zh: '重复', en: 'charged or given back twice' },
    next: {
      zh: '凭两笔流水号要求更正；多扣的退还顾客；有处理中的退款先看其结果',
      en: 'have it corrected by both numbers; a second charge goes back to the customer; if a refund of it is under way, look at that first',
    },
  },
  wrongTerminal: {
    effect: 'notZero',
    who: 'office',
    name: { zh: '他机订单', en: "another till's" },
    next: { zh: '与该收银机的账本核对', en: "compare with that till's journal" },
  },
  earlierLife: {
    effect: 'notZero',
    who: 'manager',
    name: { zh: '本机恢复前的单', en: "this till's, from before a restore" },
    next: {
      zh: '恢复时丢了这笔：凭小票或旧账本补记，否则退还顾客；有处理中的退款先看其结果',
      en: 'the restore lost it: find it on receipts or in the journal of before and record it, or give it back; if a refund of it is under way, look at that first',
    },
  },
  missingHere: {
    effect: 'plus',
    who: 'manager',
    name: { zh: '本机无此单', en: 'not known here' },
    next: {
      zh: '查订单号来源；若账本有缺失（恢复过），补记或退还顾客；有处理中的退款先看其结果',
      en: 'find out whose number it is; if the journal lost it (a restore), record it or give it back; if a refund of it is under way, look at that first',
    },
  },
  missingThere: {
    effect: 'minus',
    who: 'acquirer',
    name: { zh: '账单无此单', en: 'not on the bill' },
    next: {
      zh: '凭收单流水号查询；次日账单仍无则要求补结',
      en: 'ask by the number in the approval; if the next bill lacks it too, have it paid',
    },
  },
  amountDiffers: {
    effect: 'notZero',
    who: 'acquirer',
    name: { zh: '金额不符', en: 'amount differs' },
    next: { zh: '凭订单号要求更正金额', en: 'have the amount corrected by the order number' },
  },
  stillPending: {
    effect: 'any',
    who: 'till',
    name: { zh: '本机未定', en: 'not proven here' },
    next: {
      zh: '保持收银机联网，会继续查询；有争议或久无结果的，由店长凭账单或收单方答复处理',
      en: "keep the till on line, it asks on; what is disputed, or without a result for long, the manager settles by this bill or the acquirer's word",
    },
  },
  chargedButFree: {
    effect: 'plus',
    who: 'acquirer',
    name: { zh: '未成交却扣款', en: 'charged, though not paid here' },
    next: {
      zh: '先看次日账单是否已撤销，再看处理中的退款有没有成功；都没有才退还顾客',
      en: 'see whether the next bill reverses it, and whether a refund of it that is under way succeeds; if neither, it must be given back to the customer',
    },
  },
  refundMissingThere: {
    effect: 'plus',
    who: 'acquirer',
    name: { zh: '账单无此退款', en: 'refund not on the bill' },
    next: {
      zh: '先看次日账单；仍无则凭退款号查询，顾客可能未收到',
      en: 'see the next bill; if it lacks it too, ask by the refund number: the customer may not have it',
    },
  },
  // Of one of ours that counted as back on this day, and was refused on a later one, the bill has no more than the books of the day.
  refundMissingHere: {
    effect: 'any',
    who: 'manager',
    name: { zh: '本机无此退款', en: 'refund not known here' },
    next: {
      zh: '查明谁发起；若已另付现金则顾客得了两份',
      en: 'find out who asked for it; if cash was paid for it too, the customer has it twice',
    },
  },
  // One that succeeds later stands on no later bill: WeChat Pay lists it once, when it is accepted.
  refundUndone: {
    effect: 'minus',
    who: 'manager',
    name: { zh: '退款未完成', en: 'refund not done yet' },
    next: {
      zh: '先在商户平台查这笔退款的状态和发起人：成功了就不要再退',
      en: "look up this refund's state, and who asked for it, on the merchant platform first: if it succeeded, give nothing more",
    },
  },
  refundAmountDiffers: {
    effect: 'notZero',
    who: 'acquirer',
    name: { zh: '退款金额不符', en: 'refund amount differs' },
    next: { zh: '凭退款号要求更正金额', en: 'have the amount corrected by the refund number' },
  },
};
