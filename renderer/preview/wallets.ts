// Sample answer: what a till with a contract of its own with WeChat Pay and Alipay beside a gateway takes.
import type { WalletsView, WalletView } from '../../contract/diagnostics.ts';

/** WeChat Pay's code alone. */
function shownTo(name_en: string): WalletView['shown'] {
  const isShown = !['Alipay', 'e-CNY'].includes(name_en);
  return isShown ? [{ scheme: 'WECHAT', routeIds: ['wechat'] }] : [];
}

const wallet = (
  [name_zh, name_en]: [string, string],
  [note_zh, note_en]: [string, string],
  taken: WalletView['taken'],
  isFormatKnown = true,
): WalletView => ({ name_zh, name_en, note_zh, note_en, isFormatKnown, taken, shown: shownTo(name_en) });

export const sampleWallets: WalletsView = {
  wallets: [
    wallet(
      ['微信支付', 'WeChat Pay'],
      ['10 至 15 开头，18 位', 'codes 10 to 15, 18 digits'],
      [{ scheme: 'WECHAT', routeIds: ['wechat', 'gateway'] }],
    ),
    wallet(
      ['支付宝', 'Alipay'],
      [
        '25 至 30 开头；Alipay+ 伙伴钱包同码，由收单方区分',
        'codes 25 to 30; partner wallets of Alipay+ share them',
      ],
      [{ scheme: 'ALIPAY', routeIds: ['alipay', 'gateway'] }],
    ),
    wallet(
      ['银联云闪付', 'UnionPay QuickPass'],
      ['62 开头，19 位；境外为 EMV 码', 'codes 62, 19 digits; abroad EMV payloads'],
      [
        { scheme: 'UNIONPAY', routeIds: ['gateway'] },
        { scheme: 'EMV_CPM', routeIds: ['gateway'] },
      ],
    ),
    wallet(
      ['中国移动和包', 'China Mobile Hebao'],
      [
        '需单独签约；在 codeRules 以 HEBAO 写入其格式',
        'a contract of its own; add its format to codeRules as HEBAO',
      ],
      [],
      false,
    ),
    wallet(
      ['京东金融', 'JD Finance'],
      ['18 开头，18 位，或银联网络的 62 码', 'codes 18, 18 digits, or 62'],
      [],
    ),
  ],
};
