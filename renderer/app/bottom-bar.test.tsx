// What the bar at the bottom says of the till's own time, and of the lines that are down.
import { expect, it } from 'vitest';
import type { RouteView } from '../../contract/snapshot.ts';
import { drawn } from '../preview/drawn.tsx';
import { base } from '../preview/goods.ts';
import { differingRoutes } from '../preview/samples.ts';
import { BottomBar } from './BottomBar.tsx';

const bar = (clockSetBy_ms: number | undefined, language: 'zh' | 'en') =>
  drawn(<BottomBar snapshot={clockSetBy_ms === undefined ? base : { ...base, clockSetBy_ms }} />, language);

it('after the clock was set it says that papers carry the old date, in both languages', async () => {
  const [zh, en] = [await bar(36_000_000, 'zh'), await bar(-36_000_000, 'en')];
  expect(zh).toContain('单据还是旧日期');
  expect(en).toContain('Papers carry the old date');
});

it('while the date is right it says nothing of it', async () => {
  expect(await bar(undefined, 'zh')).not.toContain('时钟');
  expect(await bar(undefined, 'en')).not.toContain('Clock');
});

it('names the line that is down beside others, but not one of several that are down for the same cause', async () => {
  const [wechat, alipay] = differingRoutes as [RouteView, RouteView];
  const barOf = (...routes: RouteView[]) => drawn(<BottomBar snapshot={{ ...base, routes }} />);
  expect(await barOf(wechat, alipay)).not.toContain('wechat');
  expect(await barOf(wechat, { ...alipay, layer: 'dns' })).toContain('wechat');
  expect(await barOf(wechat, { ...alipay, state: 'online' })).toContain('wechat');
});
