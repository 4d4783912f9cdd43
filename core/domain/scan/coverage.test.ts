// Every wallet of the interconnection is in the table, and what no route takes or shows is said to be so, with the true reason.
import { describe, expect, it } from 'vitest';
import { type Coverage, coverageOf, type KnownFormat, type RouteSchemes, systems } from './coverage.ts';

const sure = (scheme: string): KnownFormat => ({ scheme, confidence: 'H' });
const published = ['WECHAT', 'ALIPAY', 'UNIONPAY', 'EMV_CPM', 'ECNY', 'BESTPAY', 'JD'].map(sure);

function route(id: string, schemes: string[], change: Partial<RouteSchemes> = {}): RouteSchemes {
  const codes = { codesOf: 'AGGREGATE', showsCodes: false };
  return {
    id,
    formats: schemes.map(sure),
    elsewhere: [],
    takesCodes: true,
    detects: false,
    ...codes,
    ...change,
  };
}

const find = (name_en: string, ...routes: RouteSchemes[]): Coverage =>
  coverageOf(routes, published).find(({ system }) => system.name_en === name_en) as Coverage;

const text = (ways: Coverage['taken']) =>
  ways.map(({ scheme, routeIds }) => `${scheme}: ${routeIds.join(', ')}`).join('; ');
const why = (reason: string, ...routeIds: string[]) => ({ reason, routeIds });

it('has all ten systems', () => {
  expect(systems).toHaveLength(10);
});

describe('passive scan', () => {
  const gateway = route('gateway', ['WECHAT', 'UNIONPAY', 'ECNY']);
  const wechat = route('wechat', ['WECHAT']);

  it('names the routes in order of preference', () => {
    const taken = (name: string) => text(find(name, wechat, gateway).taken);
    expect(taken('WeChat Pay')).toBe('WECHAT: wechat, gateway');
    expect(taken('foreign cards bound in WeChat')).toBe('WECHAT: wechat, gateway');
    expect(taken('JD Finance')).toBe('UNIONPAY: gateway');
    expect(find('WeChat Pay', wechat).notTaken).toBeNull();
  });

  it('a shop’s own rule counts, and does not say how sure it is unless it does', () => {
    const own = route('agg', [], { formats: [{ scheme: 'HEBAO', confidence: null }] });
    expect(find('China Mobile Hebao', own)).toMatchObject({
      taken: [{ scheme: 'HEBAO', routeIds: ['agg'] }],
      formats: [{ scheme: 'HEBAO', confidence: null }],
    });
    const vague = route('agg', [], { formats: [{ scheme: 'JD', confidence: 'L' }] });
    expect(find('JD Finance', vague).formats).toContainEqual({ scheme: 'JD', confidence: 'L' });
  });

  it.each([
    ['no contract', 'Alipay', gateway, why('noContract')],
    ['no format', 'China Mobile Hebao', gateway, why('noFormat')],
    [
      'no format, and an acquirer that may know it',
      'China Mobile Hebao',
      { ...gateway, detects: true },
      why('detection', 'gateway'),
    ],
    [
      'a format that is known is not left to chance',
      'Alipay',
      { ...gateway, detects: true },
      why('noContract'),
    ],
    ['not here', 'e-CNY', route('gateway', [], { elsewhere: ['ECNY'] }), why('region', 'gateway')],
    [
      'main scan only',
      'WeChat Pay',
      route('wechat', ['WECHAT'], { takesCodes: false }),
      why('passiveOff', 'wechat'),
    ],
  ])('%s', (_name, system, one, expected) => {
    expect(find(system, one).notTaken).toEqual(expected);
    expect(find(system, one).taken).toEqual([]);
  });
});

describe('main scan', () => {
  const wechat = route('wechat', ['WECHAT'], { codesOf: 'WECHAT', showsCodes: true });
  const alipay = route('alipay', ['ALIPAY'], { codesOf: 'ALIPAY' });
  const gateway = route('gateway', ['UNIONPAY', 'ECNY'], { showsCodes: true });

  it('own codes, those of friends, and a gateway’s for what it takes', () => {
    const shown = (name: string) => text(find(name, wechat, alipay, gateway).shown);
    expect(shown('WeChat Pay')).toBe('WECHAT: wechat');
    expect(shown('China Mobile Hebao')).toBe('WECHAT: wechat');
    expect(shown('UnionPay QuickPass')).toBe('WECHAT: wechat; AGGREGATE: gateway');
    expect(shown('e-CNY')).toBe('AGGREGATE: gateway');
    expect(find('e-CNY', gateway).notShown).toBeNull();
  });

  it('QuickPass and bank apps scan the same codes: those of a contract with UnionPay, not of one for foreign payloads', () => {
    const abroad = { ...route('gateway', ['EMV_CPM', 'ECNY']), showsCodes: true };
    const atHome = { ...route('gateway', ['UNIONPAY']), showsCodes: true };
    for (const name of ['UnionPay QuickPass', 'bank apps']) {
      expect(text(find(name, abroad).shown)).toBe('');
      expect(find(name, abroad).notShown).toEqual(why('noCode'));
      expect(text(find(name, atHome).shown)).toBe('AGGREGATE: gateway');
    }
    expect(text(find('UnionPay QuickPass', abroad).taken)).toBe('EMV_CPM: gateway');
  });

  it('a gateway that takes no payment codes still shows one for its contract', () => {
    expect(text(find('e-CNY', { ...gateway, takesCodes: false }).shown)).toBe('AGGREGATE: gateway');
  });

  it.each([
    ['not enabled', 'Alipay', [alipay, gateway], why('mainOff', 'alipay')],
    ['the gateway could', 'e-CNY', [wechat, { ...gateway, showsCodes: false }], why('mainOff', 'gateway')],
    ['nobody says whose codes', 'e-CNY', [wechat], why('noSource')],
    [
      'not here',
      'e-CNY',
      [wechat, route('gateway', ['UNIONPAY'], { elsewhere: ['ECNY'], showsCodes: true })],
      why('region', 'gateway'),
    ],
    [
      'its own code not here',
      'WeChat Pay',
      [{ ...wechat, elsewhere: ['WECHAT'], showsCodes: false }],
      why('region', 'wechat'),
    ],
    ['no route has to do with it', 'Alipay', [wechat], why('noCode')],
  ])('%s', (_name, system, routes, expected) => {
    expect(find(system, ...routes).notShown).toEqual(expected);
    expect(find(system, ...routes).shown).toEqual([]);
  });
});
