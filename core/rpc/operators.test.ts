// Sign-in: PINs, their rate limit, tokens and what ends them.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pinMemory } from '../../test/core/pin-memory.ts';
import { describe, expect, it } from 'vitest';
import {
  createOperators,
  hashPin,
  pinHashFault,
  pinMatches,
  type TokenEntry,
  type TokenStore,
} from './operators.ts';
import { openTokenFile } from './token-file.ts';

const list = [
  { id: 'lin', name: '林晓', role: 'cashier' as const, pin: hashPin('1357') },
  { id: 'chen', name: '陈岚', role: 'manager' as const, pin: hashPin('2468') },
];

function memory(): TokenStore {
  let tokens: Record<string, TokenEntry> = {};
  return {
    read: () => tokens,
    write: (next) => {
      tokens = next;
    },
  };
}

function open(tokens = memory()) {
  const clock = { now_ms: 1_000_000 };
  return {
    clock,
    tokens,
    operators: createOperators(
      list,
      tokens,
      () => clock.now_ms,
      pinMemory(() => clock.now_ms),
    ),
  };
}

function tokenOf(signedIn: ReturnType<ReturnType<typeof open>['operators']['withPin']>): string {
  if (!signedIn.ok) throw new Error(signedIn.code);
  return signedIn.token;
}

describe('a PIN', () => {
  it('matches its own hash and no other; every hash is salted', () => {
    expect(pinMatches(hashPin('1357'), '1357')).toBe(true);
    expect(pinMatches(hashPin('1357'), '1358')).toBe(false);
    expect(hashPin('1357')).not.toBe(hashPin('1357'));
    expect(pinHashFault(hashPin('1357'))).toBeNull();
  });

  it.each([
    [131_072, 16, 1],
    [131_072, 16, 4],
    [131_072, 2, 1],
    [32_768, 1, 4],
    [1024, 1, 1],
  ])('whose hash the configuration lets in is tried and never throws: N %i, r %i, p %i', (n, r, p) => {
    const stored = `scrypt$${n}$${r}$${p}$${'a'.repeat(22)}$${'a'.repeat(43)}`;
    expect(pinHashFault(stored)).toBeNull();
    expect(pinMatches(stored, '1357')).toBe(false);
  });

  it('wrong five times locks that operator for a minute, even for the right one, and nobody else', () => {
    const { operators, clock } = open();
    for (let count = 0; count < 5; count += 1)
      expect(operators.withPin('lin', '0000')).toMatchObject({ code: 'E-AUTH-01' });
    expect(operators.withPin('lin', '1357')).toEqual({ ok: false, code: 'E-AUTH-04', detail: '60 s' });
    expect(operators.withPin('chen', '2468').ok).toBe(true);
    clock.now_ms += 59_999;
    expect(operators.withPin('lin', '1357')).toMatchObject({ code: 'E-AUTH-04', detail: '1 s' });
    clock.now_ms += 1;
    expect(operators.withPin('lin', '1357').ok).toBe(true);
  });

  it('is counted on after the minute: five more wrong ones lock for longer; a right one clears the count', () => {
    const { operators, clock } = open();
    for (let count = 0; count < 5; count += 1) operators.withPin('lin', '0000');
    clock.now_ms += 60_000;
    for (let count = 0; count < 5; count += 1)
      expect(operators.withPin('lin', '0000')).toMatchObject({ code: 'E-AUTH-01' });
    expect(operators.withPin('lin', '1357')).toEqual({ ok: false, code: 'E-AUTH-04', detail: '300 s' });
    clock.now_ms += 300_000;
    expect(operators.withPin('lin', '1357').ok).toBe(true);
    for (let count = 0; count < 4; count += 1) operators.withPin('lin', '0000');
    expect(operators.withPin('lin', '1357').ok).toBe(true);
  });

  it('lock that a clock set back since would prolong for days is over', () => {
    const { operators, clock } = open();
    for (let count = 0; count < 5; count += 1) operators.withPin('lin', '0000');
    clock.now_ms -= 24 * 3600 * 1000;
    expect(operators.withPin('lin', '1357').ok).toBe(true);
  });

  it('of nobody is wrong, and no prototype name is somebody', () => {
    const { operators } = open();
    for (const id of ['nobody', '__proto__', 'constructor', 'toString']) {
      expect(operators.withPin(id, '1357')).toMatchObject({ code: 'E-AUTH-01' });
    }
  });
});

describe('a token', () => {
  it('signs in until it is 12 hours old, also after the core was restarted', () => {
    const { operators, tokens, clock } = open();
    const token = tokenOf(operators.withPin('lin', '1357'));
    const again = open(tokens);
    expect(again.operators.withToken(token)).toMatchObject({ ok: true, operator: { id: 'lin' } });
    again.clock.now_ms = clock.now_ms + 12 * 3600 * 1000 - 1;
    expect(again.operators.withToken(token).ok).toBe(true);
    again.clock.now_ms += 1;
    expect(again.operators.withToken(token)).toMatchObject({ code: 'E-AUTH-01' });
  });

  it('is not kept itself, only its hash; old ones are forgotten', () => {
    const { operators, tokens, clock } = open();
    const token = tokenOf(operators.withPin('lin', '1357'));
    expect(JSON.stringify(tokens.read())).not.toContain(token);
    clock.now_ms += 12 * 3600 * 1000;
    operators.withPin('chen', '2468');
    expect(Object.values(tokens.read()).map((entry) => entry.operatorId)).toEqual(['chen']);
  });

  it('ends when its operator signs out, and when that operator is gone from the configuration', () => {
    const { operators, tokens } = open();
    const [first, second] = [
      tokenOf(operators.withPin('lin', '1357')),
      tokenOf(operators.withPin('lin', '1357')),
    ];
    const other = tokenOf(operators.withPin('chen', '2468'));
    operators.forget('lin');
    expect([first, second, other].map((token) => operators.withToken(token).ok)).toEqual([
      false,
      false,
      true,
    ]);
    const fewer = createOperators(list.slice(0, 1), tokens, () => 1_000_000, pinMemory());
    expect(fewer.withToken(other)).toMatchObject({ ok: false, code: 'E-AUTH-01' });
  });

  it('of everybody ends when the till may have slept for a night', () => {
    const { operators, tokens } = open();
    const held = [tokenOf(operators.withPin('lin', '1357')), tokenOf(operators.withPin('chen', '2468'))];
    operators.forgetAll();
    expect(held.map((token) => operators.withToken(token).ok)).toEqual([false, false]);
    expect(tokens.read()).toEqual({});
  });

  it.each(['', 'x', '__proto__', 'constructor'])('made up (%j) signs nobody in', (token) => {
    expect(open().operators.withToken(token)).toMatchObject({ ok: false });
  });
});

describe('the token file', () => {
  it('is for its owner only, and a damaged one only costs a new sign-in', () => {
    const directory = mkdtempSync(join(tmpdir(), 'yima-tokens-'));
    const file = join(directory, 'tokens.json');
    openTokenFile(file).write({ abc: { operatorId: 'lin', until_ms: 5 } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(openTokenFile(file).read()).toEqual({ abc: { operatorId: 'lin', until_ms: 5 } });
    for (const damage of ['', '{', '[]', '{"a":{"operatorId":1}}', '\u0000']) {
      writeFileSync(file, damage);
      expect(openTokenFile(file).read()).toEqual({});
    }
    expect(readFileSync(file, 'utf8')).toBe('\u0000');
    rmSync(directory, { recursive: true });
  });
});
