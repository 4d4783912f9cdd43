// The words of the evidence slip. Each claims what is proven and no more; each says what happens next without anybody doing anything.
import type { EvidenceGiveBack, EvidenceVerdict, StoryStep } from '../../../contract/evidence.ts';

/** `title`: white on black. `meaning`: what is proven. `promise`: what comes next by itself. */
export type VerdictWords = { title: string; meaning: readonly string[]; promise: readonly string[] };

const goesOn = [
  '本机会一直查询,不会重复扣款。',
  'This till keeps asking and never charges twice.',
  '如已扣款而未用于本单,将原路全额退回。',
  'If charged and not used, all of it goes back.',
];

const nothingMore = ['无需再做任何事。', 'Nothing more needs to be done.'];

export const verdictWords: Readonly<Record<EvidenceVerdict, VerdictWords>> = {
  paid: {
    title: '已付款 PAID',
    meaning: ['收单方已确认收款。', 'The acquirer has confirmed this payment.'],
    promise: nothingMore,
  },
  partlyGivenBack: {
    title: '已付款,部分已退 PARTLY REFUNDED',
    meaning: ['收单方已确认收款,下列金额已退还顾客。', 'Paid; the amounts below were given back.'],
    promise: nothingMore,
  },
  givenBack: {
    title: '已全额退回 REFUNDED',
    meaning: ['收单方已确认收款,并已全额退回。', 'Paid, and all of it is proven refunded.'],
    promise: ['退款到账时间以支付机构为准。', 'The wallet or bank says when it arrives.'],
  },
  givenBackInCash: {
    title: '已退还 GIVEN BACK',
    meaning: [
      '收单方已确认收款。退款被拒的部分,商户已付现金。',
      'Paid. What the acquirer refused to refund was paid in cash.',
    ],
    promise: ['现金部分不会再退到钱包。', 'The cash part does not come back to the wallet again.'],
  },
  goingBack: {
    title: '退款处理中 REFUND PENDING',
    meaning: ['收单方已确认收款,退款尚未得到确认。', 'Paid; the refund below is not confirmed yet.'],
    promise: ['本机会一直查询,直到退款得到确认。', 'This till keeps asking until it is confirmed.'],
  },
  giveBackFailed: {
    title: '有退款失败 REFUND FAILED',
    meaning: [
      '收单方拒绝了下列失败的退款,该金额由商户退还。',
      'The failed refund below is owed by the shop.',
    ],
    promise: ['请店长以现金退还该金额。', 'The manager pays that amount in cash.'],
  },
  giveBackRefused: {
    title: '退款被拒 REFUND REFUSED',
    meaning: ['收单方拒绝了下列退款,可能已在别处退过。', 'Refused below; it may be back by other means.'],
    promise: ['商户核对账单后答复,不会退两次。', 'The shop checks the bill, then answers.'],
  },
  notCharged: {
    title: '未扣款 NOT CHARGED',
    meaning: ['收单方已拒绝这笔付款。', 'The acquirer has declined this payment.'],
    promise: [
      '钱包中若显示扣款,请凭此单联系支付机构。',
      'If the wallet shows a charge, ask it with this slip.',
    ],
  },
  neverSent: {
    title: '未扣款 NOT CHARGED',
    meaning: ['这笔付款从未发出。', 'This payment was never sent.'],
    promise: ['它不会再发出。', 'It never will be.'],
  },
  notTaken: {
    title: '未收款 NOT TAKEN',
    meaning: ['收单方查无此单,商户没有收到这笔钱。', 'The acquirer knows of no such payment.'],
    promise: ['它不会再发出。', 'It is not sent again.'],
  },
  refusedUnseen: {
    title: '未扣款 NOT CHARGED',
    meaning: ['收单方未受理,每次都退回,没有扣款。', 'Refused each time unseen: nothing was charged.'],
    promise: ['它不会再发出。', 'It is not sent again.'],
  },
  codeClosed: {
    title: '收款码已关闭 CODE CLOSED',
    meaning: ['收款码已关闭,没有人付这笔钱。', 'The code is closed; nobody has paid it.'],
    promise: ['它不能再付。', 'It can be paid no more.'],
  },
  reversed: {
    title: '已撤销 REVERSED',
    meaning: ['收单方已确认撤销,商户没有收这笔钱。', 'Reversed by the acquirer: the shop keeps nothing.'],
    promise: ['如曾扣款,由支付机构自动原路退回。', 'What was charged comes back by itself.'],
  },
  beingReversed: {
    title: '撤销中 BEING REVERSED',
    meaning: ['这笔付款已放弃,不会用于本单。', 'Given up: it will not pay for this sale.'],
    promise: [
      '本机会撤销到收单方确认;限期内不能确认的,由店长核对账单。',
      'Reversed until confirmed; else a manager compares the bill.',
    ],
  },
  undecided: {
    title: '结果未定 NOT DECIDED',
    meaning: ['已发出,收单方尚未给出结果。请勿再付。', 'Sent; no result yet. Please do not pay again.'],
    promise: goesOn,
  },
  waiting: {
    title: '尚未发出 NOT SENT YET',
    meaning: ['网络不通,这笔付款还没有发出,没有扣款。', 'The line is down; nothing was sent or charged.'],
    promise: ['未发出就过期的,不会再发出。', 'What expires unsent is never sent.'],
  },
  deferred: {
    title: '离线待确认 OFFLINE',
    meaning: ['离线收款,收单方尚未确认。', 'Taken offline; not confirmed by the acquirer yet.'],
    promise: goesOn,
  },
  disputed: {
    title: '有争议 IN DISPUTE',
    meaning: ['限期内未能证明是否扣款。', 'It could not be proven in time if this was charged.'],
    promise: [
      '本机每十分钟查询一次。证明已扣款的,全额退回;否则由店长核对账单。',
      'Asked about every ten minutes. Proven charged, all goes back.',
    ],
  },
};

const stepWords: Readonly<Record<StoryStep['what'], string>> = {
  opened: '开单 Opened',
  sent: '发出 Sent',
  held: '等网络 Held',
  queued: '进离线队列 Queued',
  noAnswer: '没有回答 No answer',
  notSent: '没有发出 Not sent',
  awaitingCustomer: '等顾客确认 Customer to confirm',
  inquired: '查询 Asked',
  stillUnknown: '仍未定 Not decided',
  notFound: '查无此单 Not found',
  approved: '已付款 Approved',
  declined: '被拒绝 Declined',
  expired: '过期 Expired',
  reversalSent: '请求撤销 Reversal asked',
  reversalPending: '撤销未确认 Not confirmed',
  reversed: '已撤销 Reversed',
  lateApproval: '迟到的成功 Late approval',
  restarted: '收银机重启 Till restarted',
  disputed: '转为争议 In dispute',
  gaveUp: '收银员放弃 Given up',
  codeAsked: '请求收款码 Code asked',
  codeShown: '出示收款码 Code shown',
  closeSent: '请求关闭 Closing asked',
  closed: '已关闭 Closed',
  billCleared: '账单核对 By the bill',
  officeCleared: '收单方确认 Confirmed',
  neverShown: '收款码未出示 Never shown',
};

export function stepWord({ what, count }: StoryStep): string {
  return count === undefined ? stepWords[what] : `${stepWords[what]} ${count}`;
}

export const giveBackResultWords: Readonly<Record<EvidenceGiveBack['result'], string>> = {
  done: '已退 REFUNDED',
  open: '处理中 PENDING',
  failed: '失败 FAILED',
  refused: '被拒,待核对 TO CHECK',
  cash: '已退现金 CASH',
};

/** On whose word it is called so, where it was not the acquirer's own answer. */
export const giveBackProofWords: Readonly<Record<NonNullable<EvidenceGiveBack['by']>, string>> = {
  bill: '对账单 The bill',
  office: '收单方确认 Confirmed',
};
