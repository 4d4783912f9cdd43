// Sign-in: PINs by scrypt, wrong ones rate-limited per operator, tokens that live as long as this core and its successor.
import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { Role } from '../../contract/commands.ts';

export type Operator = { id: string; name: string; role: Role; pin: string };

const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value));

/**
 * Why a stored hash can't be used, or null. A short one would match any PIN, a wild cost would end the core at a sign-in.
 * Its form was checked by the configuration's schema.
 */
export function pinHashFault(stored: string): string | null {
  const [, cost, block, parallel, salt = '', key = ''] = stored.split('$');
  const [n, r, p] = [Number(cost), Number(block), Number(parallel)];
  if (!isPowerOfTwo(n) || n < 1024 || n > 131_072)
    return 'scrypt cost N must be a power of two from 1024 to 131072';
  if (r < 1 || r > 16 || p < 1 || p > 4) return 'scrypt r must be 1 to 16, p 1 to 4';
  if (n >= 2 ** (16 * r)) return 'scrypt r must be at least 2 with N from 65536';
  if (Buffer.from(salt, 'base64url').length < 8) return 'salt is shorter than 8 bytes';
  const length = Buffer.from(key, 'base64url').length;
  return length < 16 || length > 64 ? 'hash must have 16 to 64 bytes' : null;
}

/** What scrypt takes: at most 256 MiB and a little by the bounds above. A limit of its own would refuse at a sign-in what they let in. */
const memory_bytes = (n: number, r: number, p: number): number => 128 * r * (n + p + 2);

/** scrypt$N$r$p$salt$hash. @throws Error when the text is not of this form. */
export function pinMatches(stored: string, pin: string): boolean {
  const [, cost, block, parallel, salt = '', expected = ''] = stored.split('$');
  const key = Buffer.from(expected, 'base64url');
  const [n, r, p] = [Number(cost), Number(block), Number(parallel)];
  const options = { N: n, r, p, maxmem: memory_bytes(n, r, p) };
  return timingSafeEqual(scryptSync(pin, Buffer.from(salt, 'base64url'), key.length, options), key);
}

export function hashPin(pin: string): string {
  const salt = randomBytes(16);
  const key = scryptSync(pin, salt, 32, { N: 16_384, r: 8, p: 1 });
  return `scrypt$16384$8$1$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

const WRONG_LIMIT = 5;
/** The first, second and every later lock-out after five wrong PINs in a row. */
const LOCKS_ms = [60_000, 300_000, 900_000];

/** Wrong PINs are journaled: neither a restart nor another transport gives more tries. Times as the core's steady clock. */
export type PinGuard = {
  now_ms(): number;
  wrong(operatorId: string): { count: number; lockedUntil_ms: number };
  recordWrong(operatorId: string, lockedUntil_ms: number): void;
  /** The right one came after wrong ones. */
  clear(operatorId: string): void;
};

const TOKEN_LIFE_ms = 12 * 3600 * 1000;

/** Where tokens' hashes are kept so that a restarted core still knows them; the token itself is with the client only. */
export type TokenStore = {
  read(): Record<string, TokenEntry>;
  write(tokens: Record<string, TokenEntry>): void;
};
export type TokenEntry = { operatorId: string; until_ms: number };

export type SignIn =
  | { ok: true; operator: Operator; token: string }
  | { ok: false; code: 'E-AUTH-01' | 'E-AUTH-04'; detail: string };

function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export type PinCheck =
  | { ok: true; operator: Operator }
  | { ok: false; code: 'E-AUTH-01' | 'E-AUTH-04'; detail: string };

/** A lock that lies further ahead than any lock lasts was written by a clock that has been set back since: it is over. */
function isLocked(lockedUntil_ms: number, now_ms: number): boolean {
  const left_ms = lockedUntil_ms - now_ms;
  return left_ms > 0 && left_ms <= Math.max(...LOCKS_ms);
}

export function createOperators(
  operators: readonly Operator[],
  tokens: TokenStore,
  now_ms: () => number,
  guard: PinGuard,
) {
  const byId = (id: string) => operators.find((operator) => operator.id === id);

  /** Also for a manager's approval in place: the same limits hold. */
  function checkPin(operatorId: string, pin: string): PinCheck {
    const { count, lockedUntil_ms } = guard.wrong(operatorId);
    if (isLocked(lockedUntil_ms, guard.now_ms())) {
      const left_s = Math.ceil((lockedUntil_ms - guard.now_ms()) / 1000);
      return { ok: false, code: 'E-AUTH-04', detail: `${left_s} s` };
    }
    const operator = byId(operatorId);
    if (!operator) return { ok: false, code: 'E-AUTH-01', detail: '' };
    if (pinMatches(operator.pin, pin)) {
      if (count > 0) guard.clear(operatorId);
      return { ok: true, operator };
    }
    const wrong = count + 1;
    const round = Math.min(wrong / WRONG_LIMIT, LOCKS_ms.length) - 1;
    const lock_ms = wrong % WRONG_LIMIT === 0 ? (LOCKS_ms[round] ?? 0) : 0;
    guard.recordWrong(operatorId, lock_ms === 0 ? 0 : guard.now_ms() + lock_ms);
    return { ok: false, code: 'E-AUTH-01', detail: '' };
  }

  function withPin(operatorId: string, pin: string): SignIn {
    const checked = checkPin(operatorId, pin);
    if (!checked.ok) return checked;
    const token = randomBytes(24).toString('base64url');
    const alive = Object.entries(tokens.read()).filter(([, entry]) => entry.until_ms > now_ms());
    const entry = { operatorId, until_ms: now_ms() + TOKEN_LIFE_ms };
    tokens.write({ ...Object.fromEntries(alive), [tokenHash(token)]: entry });
    return { ok: true, operator: checked.operator, token };
  }

  function withToken(token: string): SignIn {
    const entry = tokens.read()[tokenHash(token)];
    const operator = entry && entry.until_ms > now_ms() ? byId(entry.operatorId) : undefined;
    return operator ? { ok: true, operator, token } : { ok: false, code: 'E-AUTH-01', detail: 'token' };
  }

  /** Signing out ends every token of that operator. */
  function forget(operatorId: string): void {
    const others = Object.entries(tokens.read()).filter(([, entry]) => entry.operatorId !== operatorId);
    tokens.write(Object.fromEntries(others));
  }

  function forgetAll(): void {
    tokens.write({});
  }

  return { list: operators, byId, checkPin, withPin, withToken, forget, forgetAll };
}

export type Operators = ReturnType<typeof createOperators>;
