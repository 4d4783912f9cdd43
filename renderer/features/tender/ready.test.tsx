// Routes that are down differ in what they do with a code: the page says of each wallet what becomes of its code.
import { expect, it } from 'vitest';
import type { RouteView } from '../../../contract/snapshot.ts';
import { BottomBar } from '../../app/BottomBar.tsx';
import { drawn } from '../../preview/drawn.tsx';
import { base } from '../../preview/goods.ts';
import { differingRoutes } from '../../preview/samples.ts';
import { ReadyCard } from './ReadyCard.tsx';

const linesOf = async (routes: readonly RouteView[]): Promise<string[]> => {
  const text = await drawn(<ReadyCard routes={routes} part_fen={null} isSmall={false} />);
  return text.split('\n').filter((line) => line.trim() !== '');
};

const titleOf = async (routes: RouteView[]): Promise<string> =>
  drawn(<BottomBar snapshot={{ ...base, routes }} />);

const wordsFor = (best: 'queue' | 'hold') =>
  differingRoutes.filter(({ offlineMode }) => best === 'queue' || offlineMode !== 'queue');

it('a first route that refuses hides no other that queues, and its wallets are not called taken', async () => {
  const lines = await linesOf(differingRoutes);
  expect(lines.slice(1)).toEqual([
    '离线中：收下后为「离线待确认」，尚未扣款。',
    '支付宝',
    '云闪付',
    '数字人民币',
    '离线暂存：',
    '京东支付',
    '离线不能收：',
    '微信支付',
  ]);
  expect(await titleOf(differingRoutes)).toContain('现金可用 · 扫码离线入队');
});

it('without one that queues the others still say what they do', async () => {
  const lines = await linesOf(wordsFor('hold'));
  expect(lines.slice(1)).toEqual([
    '离线中：付款码会暂时保留，网络恢复才提交。',
    '支付宝',
    '京东支付',
    '离线不能收：',
    '微信支付',
  ]);
  expect(await titleOf(wordsFor('hold'))).toContain('现金可用 · 扫码暂存等待');
});

it('what one line takes now is not said of the others, nor of a wallet that another one takes', async () => {
  const [wechat, alipay, gateway] = differingRoutes as [RouteView, RouteView, RouteView];
  const lines = await linesOf([wechat, alipay, { ...gateway, state: 'online' }]);
  expect(lines.slice(2)).toEqual([
    '支付宝',
    '云闪付',
    '数字人民币',
    '离线暂存：',
    '京东支付',
    '离线不能收：',
    '微信支付',
  ]);
});

it('a shop that scans no codes is not called offline for it', async () => {
  const route = { ...(differingRoutes[0] as RouteView), schemes: [], presents: 'WECHAT' };
  expect((await linesOf([{ ...route, state: 'online' }]))[0]).toBe('请扫付款码');
  expect((await linesOf([route]))[0]).toBe('离线中：现在不能收电子付款。');
});
