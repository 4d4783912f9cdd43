// Which wallet of the interconnection this till takes, and by which route: for the technician who sets a shop up. Pure data and its look-up.
// Reference: payments 1.1 (formats and how sure they are) and 7 (who pays whom since when).

export type Confidence = 'official' | 'several sources' | 'one source' | 'no source';

export type System = {
  name_zh: string;
  name_en: string;
  /** By which scheme of the code rules the customer's own payment code comes; empty: no published format. */
  schemes: readonly string[];
  /** Main scan: whose merchants' codes its app scans, as far as a source says so. */
  scans: readonly string[];
  confidence: Confidence;
  /** What its codes look like, or what to do. */
  note_zh: string;
  note_en: string;
};

/**
 * Of `scans`: the merchants' codes of WeChat Pay are open to foreign cards in WeChat since 2023-07-20, to bank apps since 2021-09, to all of UnionPay's
 * network since 2024-06, to Hebao, BestPay, Wo wallet and JD Finance since 2024; e-CNY has pilots in two regions only (payments 7).
 */
export const systems: readonly System[] = [
  {
    name_zh: '微信支付',
    name_en: 'WeChat Pay',
    schemes: ['WECHAT'],
    scans: ['WECHAT'],
    confidence: 'official',
    note_zh: '10 至 15 开头，18 位',
    note_en: 'codes 10 to 15, 18 digits',
  },
  {
    name_zh: '微信绑定的境外卡',
    name_en: 'foreign cards bound in WeChat',
    schemes: ['WECHAT'],
    scans: ['WECHAT'],
    confidence: 'official',
    note_zh: '同一种付款码，2023-07-20 起',
    note_en: 'the same codes, since 2023-07-20',
  },
  {
    name_zh: '支付宝',
    name_en: 'Alipay',
    schemes: ['ALIPAY'],
    scans: ['ALIPAY'],
    confidence: 'official',
    note_zh: '25 至 30 开头；Alipay+ 伙伴钱包同码，由收单方区分',
    note_en: 'codes 25 to 30; partner wallets of Alipay+ share them, the acquirer tells them apart',
  },
  {
    name_zh: '银联云闪付',
    name_en: 'UnionPay QuickPass',
    schemes: ['UNIONPAY', 'EMV_CPM'],
    scans: ['UNIONPAY', 'WECHAT'],
    confidence: 'several sources',
    note_zh: '62 开头，19 位；境外为 EMV 码',
    note_en: 'codes 62, 19 digits; abroad EMV payloads',
  },
  {
    name_zh: '银行 App',
    name_en: 'bank apps',
    schemes: ['UNIONPAY'],
    scans: ['UNIONPAY', 'WECHAT'],
    confidence: 'one source',
    note_zh: '银联网络 62 开头的付款码',
    note_en: 'codes 62 of the UnionPay network',
  },
  {
    name_zh: '中国移动和包',
    name_en: 'China Mobile Hebao',
    schemes: ['HEBAO'],
    scans: ['WECHAT'],
    confidence: 'no source',
    note_zh: '需单独签约；在 codeRules 以 HEBAO 写入其格式',
    note_en: 'a contract of its own; add its format to codeRules as HEBAO',
  },
  {
    name_zh: '中国电信翼支付（网联）',
    name_en: 'China Telecom BestPay (NetsUnion)',
    schemes: ['BESTPAY'],
    scans: ['WECHAT'],
    confidence: 'one source',
    note_zh: '51 开头，18 位',
    note_en: 'codes 51, 18 digits',
  },
  {
    name_zh: '中国联通沃钱包',
    name_en: 'China Unicom Wo wallet',
    schemes: ['WO'],
    scans: ['WECHAT'],
    confidence: 'no source',
    note_zh: '可能出示 62 码；否则在 codeRules 以 WO 写入其格式',
    note_en: 'may show a code 62; add its format to codeRules as WO',
  },
  {
    name_zh: '京东金融',
    name_en: 'JD Finance',
    schemes: ['JD', 'UNIONPAY'],
    scans: ['WECHAT'],
    confidence: 'one source',
    note_zh: '18 开头，18 位，或银联网络的 62 码',
    note_en: 'codes 18, 18 digits, or 62 like any of the UnionPay network',
  },
  {
    name_zh: '数字人民币',
    name_en: 'e-CNY',
    schemes: ['ECNY'],
    scans: [],
    confidence: 'several sources',
    note_zh: '01 开头，19 位；仅限收单方的试点地区',
    note_en: 'codes 01, 19 digits; only where the acquirer is in a pilot region',
  },
];

/** `presents`: whose app scans its codes; `AGGREGATE`: that of every wallet of its contract; null: it shows none. */
export type RouteSchemes = { id: string; schemes: readonly string[]; presents: string | null };

type Taken = readonly { scheme: string; routeIds: readonly string[] }[];

/** `taken`: passive scan, `shown`: main scan. `routeIds` in order of preference; none: no configured route does it. */
export type Coverage = { system: System; taken: Taken; shown: Taken };

const ids = (routes: readonly RouteSchemes[]): string[] => routes.map(({ id }) => id);

/** Whose codes of ours this system's app scans: its own and its friends', or one that a gateway makes for all that it takes. */
function shownTo({ schemes, scans }: System, routes: readonly RouteSchemes[]): Taken {
  const rows = [...scans, 'AGGREGATE'].map((scheme) => {
    const isFor = (route: RouteSchemes) =>
      route.presents === scheme &&
      (scheme !== 'AGGREGATE' || route.schemes.some((one) => schemes.includes(one)));
    return { scheme, routeIds: ids(routes.filter(isFor)) };
  });
  return rows.filter(({ routeIds }) => routeIds.length > 0);
}

export function coverageOf(routes: readonly RouteSchemes[]): readonly Coverage[] {
  return systems.map((system) => ({
    system,
    taken: system.schemes.flatMap((scheme) => {
      const routeIds = ids(routes.filter(({ schemes }) => schemes.includes(scheme)));
      return routeIds.length === 0 ? [] : [{ scheme, routeIds }];
    }),
    shown: shownTo(system, routes),
  }));
}
