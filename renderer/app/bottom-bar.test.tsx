// What the bar at the bottom says of the till's own time.
import { expect, it } from 'vitest';
import { drawn } from '../preview/drawn.tsx';
import { base } from '../preview/goods.ts';
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
