// Where a scheme is taken: the pilots by default, a contract's own list instead of them, and no limit where the shop's place is not told.
import { expect, it } from 'vitest';
import { isTakenIn, type Regions } from './regions.ts';

const WUHAN = '420100';
const CHENGDU_district = '510107';
const MIANYANG = '510700';
const HANGZHOU = '330100';

it.each<[name: string, region: string | null, scheme: string, own: Regions, taken: boolean]>([
  ['place not told', null, 'ECNY', {}, true],
  ['a pilot province', HANGZHOU, 'ECNY', {}, true],
  ['a pilot city', CHENGDU_district, 'ECNY', {}, true],
  ['the same province, another city', MIANYANG, 'ECNY', {}, false],
  ['no pilot', WUHAN, 'ECNY', {}, false],
  ['a contract for more', WUHAN, 'ECNY', { ECNY: ['4201'] }, true],
  ['a contract for less than the pilots', HANGZHOU, 'ECNY', { ECNY: ['4201'] }, false],
  ['the switch', WUHAN, 'ECNY', { ECNY: 'all' }, true],
  ['a scheme without pilots', WUHAN, 'WECHAT', {}, true],
  ['limited by the contract', WUHAN, 'BESTPAY', { BESTPAY: ['44'] }, false],
  ['another scheme’s limit', WUHAN, 'WECHAT', { BESTPAY: ['44'] }, true],
])('%s', (_name, region, scheme, own, taken) => {
  expect(isTakenIn(region, scheme, own)).toBe(taken);
});
