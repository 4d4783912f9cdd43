// Sample answer: what a till with a contract of its own with WeChat Pay and Alipay beside a gateway takes.
import type { WalletsView, WalletView, WhyNotView } from '../../contract/diagnostics.ts';

/** WeChat Pay's code alone; the gateway could make one for e-CNY too. */
function shownTo(name_en: string): Pick<WalletView, 'shown' | 'notShown'> {
  if (name_en === 'e-CNY') return { shown: [], notShown: { reason: 'region', routeIds: ['gateway'] } };
  if (name_en === 'Alipay')
    return { shown: [], notShown: { reason: 'mainOff', routeIds: ['alipay', 'gateway'] } };
  return { shown: [{ scheme: 'WECHAT', routeIds: ['wechat'] }], notShown: null };
}

const noContract: WhyNotView = { reason: 'noContract', routeIds: [] };

const wallet = (
  [name_zh, name_en]: [string, string],
  [note_zh, note_en]: [string, string],
  taken: WalletView['taken'],
  formats: WalletView['formats'],
  why = noContract,
): WalletView => ({
  name_zh,
  name_en,
  note_zh,
  note_en,
  taken,
  notTaken: taken.length > 0 ? null : why,
  ...shownTo(name_en),
  formats,
});

export const sampleWallets: WalletsView = {
  wallets: [
    wallet(
      ['微信支付', 'WeChat Pay'],
      ['10 至 15 开头，18 位', 'codes 10 to 15, 18 digits'],
      [{ scheme: 'WECHAT', routeIds: ['wechat', 'gateway'] }],
      [{ scheme: 'WECHAT', confidence: 'H' }],
    ),
    wallet(
      ['微信绑定的境外卡', 'foreign cards bound in WeChat'],
      ['同一种付款码，2023-07-20 起', 'the same codes, since 2023-07-20'],
      [{ scheme: 'WECHAT', routeIds: ['wechat', 'gateway'] }],
      [{ scheme: 'WECHAT', confidence: 'H' }],
    ),
    wallet(
      ['支付宝', 'Alipay'],
      [
        '25 至 30 开头；Alipay+ 伙伴钱包同码，由收单方区分',
        'codes 25 to 30; partner wallets of Alipay+ share them, the acquirer tells them apart',
      ],
      [{ scheme: 'ALIPAY', routeIds: ['alipay', 'gateway'] }],
      [{ scheme: 'ALIPAY', confidence: 'H' }],
    ),
    wallet(
      ['银联云闪付', 'UnionPay QuickPass'],
      ['62 开头，19 位；境外为 EMV 码', 'codes 62, 19 digits; abroad EMV payloads'],
      [
        { scheme: 'UNIONPAY', routeIds: ['gateway'] },
        { scheme: 'EMV_CPM', routeIds: ['gateway'] },
      ],
      [
        { scheme: 'UNIONPAY', confidence: 'H' },
        { scheme: 'EMV_CPM', confidence: 'H' },
      ],
    ),
    wallet(
      ['银行 App', 'bank apps'],
      ['银联网络 62 开头的付款码', 'codes 62 of the UnionPay network'],
      [{ scheme: 'UNIONPAY', routeIds: ['gateway'] }],
      [{ scheme: 'UNIONPAY', confidence: 'H' }],
    ),
    wallet(
      ['中国移动和包', 'China Mobile Hebao'],
      [
        '需单独签约；在 codeRules 以 HEBAO 写入其格式',
        'a contract of its own; add its format to codeRules as HEBAO',
      ],
      [],
      [],
      { reason: 'detection', routeIds: ['gateway'] },
    ),
    wallet(
      ['中国电信翼支付（网联）', 'China Telecom BestPay (NetsUnion)'],
      ['51 开头，18 位', 'codes 51, 18 digits'],
      [{ scheme: 'BESTPAY', routeIds: ['gateway'] }],
      [{ scheme: 'BESTPAY', confidence: 'M' }],
    ),
    wallet(
      ['中国联通沃钱包', 'China Unicom Wo wallet'],
      [
        '可能出示 62 码；否则在 codeRules 以 WO 写入其格式',
        'may show a code 62; add its format to codeRules as WO',
      ],
      [],
      [],
      { reason: 'noFormat', routeIds: [] },
    ),
    wallet(
      ['京东金融', 'JD Finance'],
      ['18 开头，18 位，或银联网络的 62 码', 'codes 18, 18 digits, or 62 like any of the UnionPay network'],
      [],
      [{ scheme: 'JD', confidence: 'M' }],
    ),
    wallet(
      ['数字人民币', 'e-CNY'],
      [
        '01 开头，19 位；仅限收单方的试点地区',
        'codes 01, 19 digits; only where the acquirer is in a pilot region',
      ],
      [],
      [{ scheme: 'ECNY', confidence: 'M' }],
      { reason: 'region', routeIds: ['gateway'] },
    ),
  ],
};
