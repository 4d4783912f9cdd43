// Which wallet of the interconnection this till takes, and by which route: for the technician who sets a shop up. Pure data and its look-up.
// Reference: payments 1.1 (formats and how sure they are) and 7 (who pays whom since when).
import type { Confidence } from './router.ts';

export type System = {
  name_zh: string;
  name_en: string;
  /** By which scheme of the code rules the customer's own payment code comes; empty: no published format. */
  schemes: readonly string[];
  /** Main scan: whose merchants' codes its app scans, as far as a source says so. */
  scans: readonly string[];
  /** What its codes look like, or what to do; how sure each format is stands with its rule. */
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
    note_zh: '10 至 15 开头，18 位',
    note_en: 'codes 10 to 15, 18 digits',
  },
  {
    name_zh: '微信绑定的境外卡',
    name_en: 'foreign cards bound in WeChat',
    schemes: ['WECHAT'],
    scans: ['WECHAT'],
    note_zh: '同一种付款码，2023-07-20 起',
    note_en: 'the same codes, since 2023-07-20',
  },
  {
    name_zh: '支付宝',
    name_en: 'Alipay',
    schemes: ['ALIPAY'],
    scans: ['ALIPAY'],
    note_zh: '25 至 30 开头；Alipay+ 伙伴钱包同码，由收单方区分',
    note_en: 'codes 25 to 30; partner wallets of Alipay+ share them, the acquirer tells them apart',
  },
  {
    name_zh: '银联云闪付',
    name_en: 'UnionPay QuickPass',
    schemes: ['UNIONPAY', 'EMV_CPM'],
    scans: ['UNIONPAY', 'WECHAT'],
    note_zh: '62 开头，19 位；境外为 EMV 码',
    note_en: 'codes 62, 19 digits; abroad EMV payloads',
  },
  {
    name_zh: '银行 App',
    name_en: 'bank apps',
    schemes: ['UNIONPAY'],
    scans: ['UNIONPAY', 'WECHAT'],
    note_zh: '银联网络 62 开头的付款码',
    note_en: 'codes 62 of the UnionPay network',
  },
  {
    name_zh: '中国移动和包',
    name_en: 'China Mobile Hebao',
    schemes: ['HEBAO'],
    scans: ['WECHAT'],
    note_zh: '需单独签约；在 codeRules 以 HEBAO 写入其格式',
    note_en: 'a contract of its own; add its format to codeRules as HEBAO',
  },
  {
    name_zh: '中国电信翼支付（网联）',
    name_en: 'China Telecom BestPay (NetsUnion)',
    schemes: ['BESTPAY'],
    scans: ['WECHAT'],
    note_zh: '51 开头，18 位',
    note_en: 'codes 51, 18 digits',
  },
  {
    name_zh: '中国联通沃钱包',
    name_en: 'China Unicom Wo wallet',
    schemes: ['WO'],
    scans: ['WECHAT'],
    note_zh: '可能出示 62 码；否则在 codeRules 以 WO 写入其格式',
    note_en: 'may show a code 62; add its format to codeRules as WO',
  },
  {
    name_zh: '京东金融',
    name_en: 'JD Finance',
    schemes: ['JD', 'UNIONPAY'],
    scans: ['WECHAT'],
    note_zh: '18 开头，18 位，或银联网络的 62 码',
    note_en: 'codes 18, 18 digits, or 62 like any of the UnionPay network',
  },
  {
    name_zh: '数字人民币',
    name_en: 'e-CNY',
    schemes: ['ECNY'],
    scans: [],
    note_zh: '01 开头，19 位；仅限收单方的试点地区',
    note_en: 'codes 01, 19 digits; only where the acquirer is in a pilot region',
  },
];

/** `confidence` null: the shop's own rule, which says nothing of it. */
export type KnownFormat = { scheme: string; confidence: Confidence | null };

/** What coverage asks of a route. */
export type RouteSchemes = {
  id: string;
  /** The schemes of its contract that are taken where the shop is, in the order of its rules. */
  formats: readonly KnownFormat[];
  /** Those of its contract that are not taken there. */
  elsewhere: readonly string[];
  takesCodes: boolean;
  /** Codes that no rule knows go to its acquirer, which may recognise them. */
  detects: boolean;
  /** Whose app scans its codes, if it shows any; `AGGREGATE`: that of every wallet of its contract. */
  codesOf: string;
  showsCodes: boolean;
};

type Taken = readonly { scheme: string; routeIds: readonly string[] }[];

/**
 * - `region`: the contract has it, and not where the shop is. `passiveOff`, `mainOff`: the route could, and that product is not enabled.
 * - `noFormat`: no rule knows its codes. `detection`: nor here, but the acquirers of these routes get them and may recognise them; nobody promises it.
 * - `noSource`: nobody says whose codes its app scans.
 * - `noContract`, `noCode`: no configured route has to do with it.
 */
export type WhyNot = {
  reason:
    | 'region'
    | 'passiveOff'
    | 'mainOff'
    | 'noFormat'
    | 'detection'
    | 'noSource'
    | 'noContract'
    | 'noCode';
  /** The routes that it is about. */
  routeIds: readonly string[];
};

/**
 * `taken`: passive scan, `shown`: main scan; by route in order of preference. `notTaken`, `notShown`: why by none. `formats`: its codes, as far
 * as a rule knows them, and how sure that is.
 */
export type Coverage = {
  system: System;
  taken: Taken;
  notTaken: WhyNot | null;
  shown: Taken;
  notShown: WhyNot | null;
  formats: readonly KnownFormat[];
};

const ids = (routes: readonly RouteSchemes[]): string[] => routes.map(({ id }) => id);

/** Has the route's contract one of these wallets, where the shop is? */
const hasAny = ({ formats }: RouteSchemes, schemes: readonly string[]): boolean =>
  formats.some(({ scheme }) => schemes.includes(scheme));

/** What a phone shows and a till scans, and no wallet of its own: a contract for it says nothing of codes that the till shows. */
const shownByPhonesOnly: ReadonlySet<string> = new Set(['EMV_CPM']);

/** By which of them an aggregate code of a contract is for this system's app. */
const aggregateSchemes = ({ schemes }: System): string[] =>
  schemes.filter((scheme) => !shownByPhonesOnly.has(scheme));

/** Would this system's app scan a code of the route's? */
function isScanned(system: System, route: RouteSchemes): boolean {
  return route.codesOf === 'AGGREGATE'
    ? hasAny(route, aggregateSchemes(system))
    : system.scans.includes(route.codesOf);
}

function takenBy({ schemes }: System, routes: readonly RouteSchemes[]): Taken {
  return schemes.flatMap((scheme) => {
    const routeIds = ids(routes.filter((route) => route.takesCodes && hasAny(route, [scheme])));
    return routeIds.length === 0 ? [] : [{ scheme, routeIds }];
  });
}

/** Its own codes and its friends', or one that a gateway makes for all that it takes. */
function shownTo(system: System, routes: readonly RouteSchemes[]): Taken {
  const able = routes.filter((route) => route.showsCodes && isScanned(system, route));
  return [...system.scans, 'AGGREGATE'].flatMap((scheme) => {
    const routeIds = ids(able.filter(({ codesOf }) => codesOf === scheme));
    return routeIds.length === 0 ? [] : [{ scheme, routeIds }];
  });
}

function because(reason: WhyNot['reason'], routes: readonly RouteSchemes[]): WhyNot | null {
  return routes.length === 0 ? null : { reason, routeIds: ids(routes) };
}

function whyNotTaken(
  { schemes }: System,
  routes: readonly RouteSchemes[],
  published: readonly KnownFormat[],
): WhyNot {
  const isPublished = published.some(({ scheme }) => schemes.includes(scheme));
  const detecting = isPublished ? [] : routes.filter(({ detects }) => detects);
  return (
    because(
      'region',
      routes.filter(({ elsewhere }) => elsewhere.some((one) => schemes.includes(one))),
    ) ??
    because(
      'passiveOff',
      routes.filter((route) => hasAny(route, schemes)),
    ) ??
    because('detection', detecting) ?? { reason: isPublished ? 'noContract' : 'noFormat', routeIds: [] }
  );
}

function whyNotShown(system: System, routes: readonly RouteSchemes[]): WhyNot {
  const { scans } = system;
  const schemes = aggregateSchemes(system);
  const isElsewhere = ({ codesOf, elsewhere }: RouteSchemes) =>
    codesOf === 'AGGREGATE'
      ? elsewhere.some((one) => schemes.includes(one))
      : scans.includes(codesOf) && elsewhere.includes(codesOf);
  return (
    because('region', routes.filter(isElsewhere)) ??
    because(
      'mainOff',
      routes.filter((route) => isScanned(system, route)),
    ) ?? { reason: scans.length === 0 ? 'noSource' : 'noCode', routeIds: [] }
  );
}

/** `published`: every format that an adapter's profile knows. */
export function coverageOf(
  routes: readonly RouteSchemes[],
  published: readonly KnownFormat[],
): readonly Coverage[] {
  const known = [...routes.flatMap(({ formats }) => formats), ...published];
  return systems.map((system) => {
    const taken = takenBy(system, routes);
    const shown = shownTo(system, routes);
    const formats = system.schemes.flatMap((scheme) => known.find((one) => one.scheme === scheme) ?? []);
    return {
      system,
      taken,
      notTaken: taken.length > 0 ? null : whyNotTaken(system, routes, published),
      shown,
      notShown: shown.length > 0 ? null : whyNotShown(system, routes),
      formats,
    };
  });
}
