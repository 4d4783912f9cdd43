// Derived and wrapped keys against vectors computed with Python's `cryptography` (HKDF, AESGCM), not with our own code:
//   HKDF(SHA256(), 32, salt, b'poslink ' + use).derive(secret); base64(iv + AESGCM(key).encrypt(iv, secret, owner)), iv 00 01 .. 0b.
import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { derive, wrap } from '../../fixtures/acquirers/gateway/wrapping.ts';
import { derivedKey, ownerOf, unwrap } from './wrapping.ts';

const APP_KEY = '0123456789abcdef0123456789abcdef';
const CODE = 'K7QZ2M4XW9BTY6HD3RNP';
const NONCE = '00112233445566778899aabbccddeeff';
const WRAPPED = 'AAECAwQFBgcICQoLyTL996wS9LQgq+XeZaN/Qbisoc7tFGxvycn6+HG2xQfOO8tsSu6Oc6zgHZoBKsDO';
const OWNER = ownerOf('20260002', 'S-0123456789abcdef');
const sessionKey = derivedKey(Buffer.from(APP_KEY), NONCE, 'session-key');

it.each([
  [APP_KEY, NONCE, 'session-key', 'c99185727b199b0cddd98bd773bdfa72f4ee6c96fed122f3f6aaf32c0c15b286'],
  [CODE, NONCE, 'app-key', '362c449995b2a37adc7bb546bad7305dab6ee6733cee33bbd1e21855d3a7c761'],
  [CODE, '', 'activation-signature', '4916f44a868562fa5e88cd021810637ffc9b486aa2d0a444bc8ff1a739948e3f'],
] as const)('%s with %j for %s gives the key of the vector', (secret, salt, use, expected) => {
  expect(derivedKey(Buffer.from(secret), salt, use).toString('hex')).toBe(expected);
  expect(derivedKey(createSecretKey(Buffer.from(secret)), salt, use).toString('hex')).toBe(expected);
  expect(derive(secret, salt, use).toString('hex')).toBe(expected);
});

it('opens the wrapped key of the vector', () => {
  const expected = '202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f';
  expect(unwrap(WRAPPED, sessionKey, OWNER)?.toString('hex')).toBe(expected);
  const wrapped = 'AAECAwQFBgcICQoLzYstBBkVxmoHN4Nu1vCQRMsFPsAkWCzrkR5/k3pyQDMcHHAauns9y0+LqZKoe9Zs';
  const appKey = unwrap(
    wrapped,
    derivedKey(Buffer.from(CODE), NONCE, 'app-key'),
    ownerOf('20260002', 'YIMA-0042'),
  );
  expect(appKey?.toString()).toBe(APP_KEY);
});

it.each([
  ['another nonce', derivedKey(Buffer.from(APP_KEY), 'another', 'session-key'), OWNER],
  ['another use', derivedKey(Buffer.from(APP_KEY), NONCE, 'app-key'), OWNER],
  ['another secret', derivedKey(Buffer.from(CODE), NONCE, 'session-key'), OWNER],
  ['another terminal', sessionKey, ownerOf('20260003', 'S-0123456789abcdef')],
  ['another session', sessionKey, ownerOf('20260002', 'S-0123456789abcdee')],
])('does not open it for %s', (_, key, owner) => {
  expect(unwrap(WRAPPED, key, owner)).toBeNull();
});

it('does not open what was changed or cut', () => {
  const bytes = Buffer.from(WRAPPED, 'base64');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(unwrap(changed.toString('base64'), sessionKey, OWNER)).toBeNull();
    expect(unwrap(bytes.subarray(0, at).toString('base64'), sessionKey, OWNER)).toBeNull();
  }
});

it('opens what the simulator wraps, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 80 }),
      fc.string(),
      fc.string(),
      (secret, nonce, name) => {
        const wrapped = wrap(Buffer.from(secret), derive(APP_KEY, nonce, 'app-key'), `T|${name}`);
        const opened = unwrap(
          wrapped,
          derivedKey(Buffer.from(APP_KEY), nonce, 'app-key'),
          ownerOf('T', name),
        );
        expect(opened).toEqual(Buffer.from(secret));
      },
    ),
    { numRuns: 200 },
  );
});
