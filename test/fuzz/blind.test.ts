// The fuzzer would see a signature that is not compared: with the comparison switched off, in the product's own code, it finds what
// nobody said; with it on, the same tries find nothing.
import type * as crypto from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { chanceFor } from '../month/random.ts';
import { noticeTry, sources } from './notices.ts';
import { tryRail } from './once.ts';
import { alipayRail } from './rails/alipay.ts';
import { unionpayRail } from './rails/unionpay.ts';
import { wechatRail } from './rails/wechatpay.ts';
import { billTalks } from './talks/bills.ts';
import { tryTalk } from './talks/talk.ts';

/** What is not looked at: a signature by RSA, and the tag of a sealed message. */
const blind = vi.hoisted(() => ({ signature: false, seal: false }));

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>();
  const createDecipheriv = (...given: Parameters<typeof real.createDecipheriv>) => {
    const decipher = real.createDecipheriv(...given);
    if (blind.seal) decipher.final = (() => Buffer.alloc(0)) as typeof decipher.final;
    return decipher;
  };
  const verify = (...given: Parameters<typeof real.verify>) => blind.signature || real.verify(...given);
  return { ...real, createDecipheriv, verify };
});

afterEach(() => {
  blind.signature = false;
  blind.seal = false;
});

const PATIENCE_ms = 120_000;
const ANSWERS = 4000;
const NOTICES = 3000;
const TALKS = 600;

const answersOf = (rail: typeof alipayRail): string[] =>
  Array.from({ length: ANSWERS }, (_, number) => tryRail([rail], chanceFor(1, `blind ${number}`)))
    .filter(({ fault }) => fault !== null)
    .map(({ what }) => what);

test.each([wechatRail, alipayRail, unionpayRail].map((rail) => ({ name: rail.name, rail })))(
  'answers of $name',
  ({ rail }) => {
    expect(answersOf(rail)).toEqual([]);
    blind.signature = true;
    const found = answersOf(rail);
    for (const kind of ['approved', 'done']) expect(found).toContain(kind);
  },
  PATIENCE_ms,
);

test.each(billTalks.filter(({ name }) => name !== 'gateway bill'))(
  'answers of the $name',
  (talk) => {
    const faults = () =>
      Array.from({ length: TALKS }, (_, number) => tryTalk(talk, chanceFor(1, `blind ${number}`))).filter(
        ({ fault }) => fault !== null,
      );
    expect(faults()).toEqual([]);
    blind.signature = true;
    expect(faults().length).toBeGreaterThan(0);
  },
  PATIENCE_ms,
);

function noticesOf(name: string): number {
  const source = sources.find((one) => one.name === name);
  if (source === undefined) throw new Error(`no notices called ${name}`);
  const tried = Array.from({ length: NOTICES }, (_, number) =>
    noticeTry(source, chanceFor(1, `blind ${number}`)),
  );
  return tried.filter(({ fault }) => fault !== null).length;
}

test.each([{ name: 'alipay notice' }, { name: 'unionpay notice' }])('an $name', ({ name }) => {
  expect(noticesOf(name)).toBe(0);
  blind.signature = true;
  expect(noticesOf(name)).toBeGreaterThan(0);
});

test('a wechatpay notice has two locks: signature and seal; without either it is still true, without both it is not', () => {
  expect(noticesOf('wechatpay notice')).toBe(0);
  blind.signature = true;
  expect(noticesOf('wechatpay notice')).toBe(0);
  blind.seal = true;
  expect(noticesOf('wechatpay notice')).toBeGreaterThan(0);
  blind.signature = false;
  expect(noticesOf('wechatpay notice')).toBe(0);
});
