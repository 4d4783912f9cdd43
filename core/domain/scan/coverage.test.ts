// Every wallet of the interconnection is in the table, and what no route takes is said to be so.
import { expect, it } from 'vitest';
import { coverageOf, systems } from './coverage.ts';

const taken = (routes: Parameters<typeof coverageOf>[0]) =>
  Object.fromEntries(
    coverageOf(routes).map(({ system, taken: by }) => [
      system.name_en,
      by.map(({ scheme, routeIds }) => `${scheme}: ${routeIds.join(', ')}`).join('; '),
    ]),
  );

it('names the routes in order of preference, and none where none takes it', () => {
  const found = taken([
    { id: 'wechat', schemes: ['WECHAT'], presents: null },
    { id: 'gateway', schemes: ['WECHAT', 'UNIONPAY', 'ECNY'], presents: null },
  ]);
  expect(found['WeChat Pay']).toBe('WECHAT: wechat, gateway');
  expect(found['foreign cards bound in WeChat']).toBe('WECHAT: wechat, gateway');
  expect(found['Alipay']).toBe('');
  expect(found['JD Finance']).toBe('UNIONPAY: gateway');
  expect(found['China Mobile Hebao']).toBe('');
});

it("a shop's own rule counts", () => {
  expect(taken([{ id: 'agg', schemes: ['HEBAO'], presents: null }])['China Mobile Hebao']).toBe('HEBAO: agg');
});

it('main scan: own codes, those of friends, and a gateway’s for what it takes', () => {
  const found = Object.fromEntries(
    coverageOf([
      { id: 'wechat', schemes: ['WECHAT'], presents: 'WECHAT' },
      { id: 'alipay', schemes: ['ALIPAY'], presents: null },
      { id: 'gateway', schemes: ['UNIONPAY', 'ECNY'], presents: 'AGGREGATE' },
    ]).map(({ system, shown }) => [
      system.name_en,
      shown.map(({ scheme, routeIds }) => `${scheme}: ${routeIds.join(', ')}`).join('; '),
    ]),
  );
  expect(found['WeChat Pay']).toBe('WECHAT: wechat');
  expect(found['China Mobile Hebao']).toBe('WECHAT: wechat');
  expect(found['UnionPay QuickPass']).toBe('WECHAT: wechat; AGGREGATE: gateway');
  expect(found['e-CNY']).toBe('AGGREGATE: gateway');
  expect(found['Alipay']).toBe('');
});

it('has all ten systems', () => {
  expect(systems).toHaveLength(10);
});
