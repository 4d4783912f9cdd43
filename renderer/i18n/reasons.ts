// Ready-made reasons, by what they are for. The chosen words themselves go into the journal and onto the slip.
// The restore has no 'other': a quarantine ends by a comparison, and what else there is to say the command line takes.
import type { Language } from '../../contract/snapshot.ts';

type Kind =
  | 'return'
  | 'drawer'
  | 'paidIn'
  | 'paidOut'
  | 'writeOff'
  | 'payCash'
  | 'payCashChecked'
  | 'retry'
  | 'seeLoss'
  | 'confirmBack'
  | 'restore'
  | 'finding'
  /** A remark, which leaves a difference open. */
  | 'findingNote'
  | 'confirmed'
  | 'officeBack'
  | 'officeNotBack'
  | 'onBill';

export const reasons: Record<Language, Record<Kind, readonly string[]>> = {
  zh: {
    return: ['不想要', '质量问题', '买错了', '临期或过期', '价格不符', '其他'],
    drawer: ['换零钱', '核对现金', '上次没打开', '其他'],
    paidIn: ['补充零钱', '多取退回', '其他'],
    paidOut: ['送存银行', '采购', '付运费', '退押金', '报销', '其他'],
    writeOff: ['联系不上顾客', '顾客拒付', '金额小，不追', '已另外收到', '货已退回', '其他'],
    payCash: ['退款被拒', '顾客账户已注销', '顾客等不及', '其他'],
    payCashChecked: ['已核对账单与商户平台，没有退过'],
    retry: ['商户余额已补足', '收单方已恢复退款', '顾客要求原路退回', '其他'],
    confirmBack: ['已在商户平台核实：顾客已收到', '收单方确认：已退给顾客'],
    seeLoss: ['顾客已还回', '收单方已更正', '追不回，记为损失', '其他'],
    findingNote: ['已问收单方，等回复'],
    finding: ['收单方已更正', '已补记', '次日账单里有', '已退给顾客', '确认是损失'],
    confirmed: ['收单方确认：没有留下款项，也不会收'],
    officeBack: ['收单方确认：已退给顾客'],
    onBill: ['账单上已全额退回'],
    officeNotBack: ['收单方确认：没有退，也不会再退'],
    restore: ['与账单和小票核对，相符', '已核对，缺的已手工补记', '备份之后没有营业'],
  },
  en: {
    return: ['Not wanted', 'Faulty', 'Wrong goods', 'Out of date', 'Wrong price', 'Other'],
    drawer: ['Small change', 'Checking the cash', 'Did not open before', 'Other'],
    paidIn: ['Small change', 'Taken too much', 'Other'],
    paidOut: ['To the bank', 'Purchase', 'Delivery fee', 'Deposit returned', 'Expenses', 'Other'],
    writeOff: [
      'Customer not reached',
      'Customer refuses',
      'Too small',
      'Received otherwise',
      'Goods came back',
      'Other',
    ],
    payCash: ['Refund refused', 'Account closed', 'Customer cannot wait', 'Other'],
    payCashChecked: ['Bill and merchant platform checked: not given back'],
    retry: [
      'Merchant balance topped up',
      'Acquirer refunds again',
      'Customer wants it on the wallet',
      'Other',
    ],
    confirmBack: [
      'Checked on the merchant platform: the customer has it',
      'The acquirer confirms: the customer has it back',
    ],
    seeLoss: ['Customer gave it back', 'Acquirer has put it right', 'Accepted as a loss', 'Other'],
    findingNote: ['Acquirer asked, answer awaited'],
    finding: [
      'Acquirer has put it right',
      'Booked by hand',
      "On the next day's bill",
      'Given back to the customer',
      'Accepted as a loss',
    ],
    confirmed: ['The acquirer confirms: nothing of it was kept, or will be'],
    officeBack: ['The acquirer confirms: the customer has it back'],
    onBill: ['On the bill, given back whole'],
    officeNotBack: ['The acquirer confirms: nothing went back, or will'],
    restore: [
      'Bill and receipts agree',
      'Compared, missing ones booked by hand',
      'Nothing was sold after the backup',
    ],
  },
};
