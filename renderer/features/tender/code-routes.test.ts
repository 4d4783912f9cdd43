import { expect, it } from 'vitest';
import type { RouteView } from '../../../contract/snapshot.ts';
import { base } from '../../preview/goods.ts';
import { codeRoutes, hasCodeRoute } from './code-routes.ts';

function route(id: string, presents: string | null, state: RouteView['state'] = 'online'): RouteView {
  const [gateway] = base.routes;
  if (gateway === undefined) throw new Error('the sample has no route');
  return { ...gateway, id, presents, state };
}

it('there is no key on a till whose routes show no codes', () => {
  expect(hasCodeRoute([route('gateway', null)])).toBe(false);
});

it('a code needs the line: a route that is down or refused is not offered, and the key stays', () => {
  const down = [route('wechat', 'WECHAT', 'offline'), route('alipay', 'ALIPAY', 'broken')];
  expect([hasCodeRoute(down), codeRoutes(down)]).toEqual([true, []]);
  expect(codeRoutes([...down, route('union', 'UNIONPAY', 'starting')])).toEqual([
    { routeId: 'union', scheme: 'UNIONPAY' },
  ]);
});

it('of two routes of one wallet the first that works is taken', () => {
  const routes = [
    route('one', 'AGGREGATE', 'offline'),
    route('two', 'AGGREGATE'),
    route('three', 'AGGREGATE'),
    route('wechat', 'WECHAT'),
  ];
  expect(codeRoutes(routes)).toEqual([
    { routeId: 'two', scheme: 'AGGREGATE' },
    { routeId: 'wechat', scheme: 'WECHAT' },
  ]);
});
