// UnionPay's error table: `respCode` of a call, and `origRespCode` of a query, which says of a purchase, void or refund what its own answer would
// have said. Data only; what the adapter makes of it is in codes.ts, for people docs/acquirers/errors.md.
import {
  absent,
  backInDoubt,
  type CodeRow,
  type CodeTable,
  declined,
  inDoubt,
  type Operation,
  paidInDoubt,
  type Proof,
  processing,
  refused,
  refusedOrBack,
  rowsOf,
} from '../transport/code-row.ts';

const copy = inDoubt('a copy of the request gets it too: the first one may have been taken (docs/adr/0013)');
const open = inDoubt('not decided yet: the query tells');
const silent = inDoubt('it says nothing of the money');
const charged = paidInDoubt('it says that money was taken');
const ofPaying = inDoubt('it speaks of paying, and this gives back');
const ofCharging = inDoubt('it says that money was taken, and this gives back');
const ofGivingBack = inDoubt('of a purchase it makes no sense');
const noneOrOther = inDoubt('there is none, or it is there and can’t be reversed: a query tells');
const perhapsDone = backInDoubt(
  'it may be done already, by a copy of the request or by other means: a query follows',
);

/** What a code means, what it proves of a purchase or order code, what of a void or refund, the sources. */
type Known = readonly [meaning_zh: string, pays: Proof, givesBack: Proof, source: string];

const known: Readonly<Record<string, Known>> = {
  '01': ['交易失败', declined('other'), refused, 'J K M'],
  '02': ['系统未开放或暂时关闭', silent, silent, 'J K L M'],
  '03': ['交易通讯超时，请发起查询交易', open, open, 'J K L M UP1'],
  '04': ['交易状态未明', open, open, 'J K L M UP1'],
  '05': ['交易已受理，请稍后查询交易结果', open, open, 'J K L M UP1'],
  '06': ['系统繁忙', silent, silent, 'J L'],
  '10': ['报文格式错误', declined('configuration'), refused, 'J K L M'],
  '11': ['验证签名失败', copy, copy, 'J K L M'],
  '12': ['重复交易', copy, copy, 'J K L M'],
  '13': ['报文交易要素缺失', declined('configuration'), refused, 'J K L M'],
  '30': ['交易未通过', declined('other'), refused, 'J K L M'],
  '31': ['商户状态不正确', declined('configuration'), refused, 'J K L M'],
  '32': ['无此交易权限', declined('configuration'), refused, 'J K L M'],
  '33': ['交易金额超限', declined('limit'), refused, 'J K L M'],
  '34': ['查无此交易', ofGivingBack, silent, 'J K L M UP3'],
  '35': ['原交易不存在或状态不正确', ofGivingBack, perhapsDone, 'J K L M'],
  '36': ['与原交易信息不符', ofGivingBack, refusedOrBack, 'J K L M'],
  '37': ['已超过最大查询次数或操作过于频繁', silent, silent, 'J K L M'],
  '38': ['银联风险受限', declined('risk'), refused, 'J K L M'],
  '39': ['交易不在受理时间范围内', copy, refused, 'J K L M'],
  '42': ['扣款成功但交易超过规定支付时间', charged, ofCharging, 'J K L M'],
  '43': ['无此业务权限', declined('configuration'), refused, 'J L'],
  '44': ['输入号码错误或暂未开通此项业务', declined('notSupported'), ofPaying, 'J L'],
  '45': ['原交易已被成功退货或已被成功撤销', ofGivingBack, perhapsDone, 'J K'],
  '60': ['交易失败，详情请咨询您的发卡行', declined('other'), refused, 'J K L M'],
  '61': ['输入的卡号无效', declined('notSupported'), refused, 'J K L M'],
  '62': ['发卡银行不支持该商户', declined('notSupported'), refused, 'J K L M'],
  '63': ['卡状态不正确', declined('notSupported'), refused, 'J K M'],
  '64': ['卡上的余额不足', declined('balance'), ofPaying, 'J K M'],
  '65': ['输入的密码、有效期或CVN2有误', declined('other'), ofPaying, 'J K M'],
  '66': ['持卡人身份信息或手机号输入不正确', declined('other'), ofPaying, 'J M'],
  '67': ['密码输入次数超限', declined('limit'), ofPaying, 'J M'],
  '68': ['银行卡暂不支持该业务', declined('notSupported'), refused, 'J'],
  '69': ['输入超时，交易失败', declined('other'), ofPaying, 'J'],
  '73': ['支付卡已超过有效期', declined('notSupported'), ofPaying, 'J'],
  '74': ['扣款成功，销账未知', charged, ofCharging, 'J'],
  '75': ['扣款成功，销账失败', charged, ofCharging, 'J'],
  '77': ['银行卡未开通认证支付', declined('notSupported'), ofPaying, 'J'],
  '78': ['发卡行交易权限受限', declined('notSupported'), refused, 'J'],
  '81': ['月累计交易笔数(金额)超限', declined('limit'), ofPaying, 'J'],
  '83': ['发卡行（渠道）处理中', open, open, 'J'],
  '99': ['通用错误', silent, silent, 'J M'],
};

function knownOf(operation: Operation, proofOf: (one: Known, code: string) => Proof): CodeRow[] {
  const entries = Object.entries(known).map(
    ([code, one]) => [code, [one[0], proofOf(one, code), one[3]] as const] as const,
  );
  return rowsOf(operation, Object.fromEntries(entries));
}

const pays = ([, proof]: Known): Proof => proof;
const givesBack = ([, , proof]: Known): Proof => proof;

/**
 * Of a query: 34 is its own answer, all else says what became of the other. "Back already" is then no copy's answer any more; and what speaks of
 * paying is a failure like any other (UP3), but a person looks.
 */
const found =
  (proofOf: (one: Known) => Proof) =>
  (one: Known, code: string): Proof => {
    if (code === '34') return absent;
    if (['03', '04', '05'].includes(code)) return processing;
    const proof = proofOf(one);
    return proof === perhapsDone || proof === ofPaying ? refusedOrBack : proof;
  };

export const unionpayTable: CodeTable = {
  sources: {
    J: 'a copy of the appendix of the platform specification, public code 18311612538 (org.jframe ResponseCode)',
    K: 'the same list in public code 1120263438',
    L: 'the same list in public code 8314882963',
    M: 'the same list in public code 40804175113',
    UP1: 'UnionPay’s QR demo, public code 44421331364: which codes mean "query again"',
    UP3: 'UnionPay’s demo, public code 918012736: any code but 00, 03, 04 and 05 says "failed", of a request as of `origRespCode`',
    H: 'house rule: what no repetition can change (docs/acquirers/unionpay.md, docs/adr/0016)',
  },
  rows: [
    ...knownOf('pay', pays),
    ...knownOf('query', found(pays)),
    ...rowsOf('reverse', {
      '34': ['查无此交易', absent, 'J K L M'],
      '35': ['原交易不存在或状态不正确', noneOrOther, 'J K L M'],
      '36': ['与原交易信息不符', refused, 'J K L M H'],
      '39': ['交易不在受理时间范围内', refused, 'J K L M H'],
      '45': ['原交易已被成功退货或已被成功撤销', refused, 'J K H'],
    }),
    ...knownOf('void', givesBack),
    ...knownOf('refund', givesBack),
    ...knownOf('refundQuery', found(givesBack)),
    ...knownOf('present', pays),
  ],
};
