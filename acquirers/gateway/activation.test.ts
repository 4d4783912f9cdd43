// What an answer to an activation must say before a key is kept.
import { expect, it } from 'vitest';
import { derive, wrap } from '../../fixtures/acquirers/gateway/wrapping.ts';
import { isActivationCode, readActivationAnswer } from './activation.ts';

const CODE = 'K7QZ2M4XW9BTY6HD3RNP';
const KEY = '0123456789abcdef0123456789abcdef';
const request = { terminalCode: '20260002', nonce: '00112233445566778899aabbccddeeff', code: CODE };
const wrapped = (key = KEY, owner = '20260002|YIMA-0042', code = CODE) =>
  wrap(Buffer.from(key), derive(code, request.nonce, 'app-key'), owner);
const answer = { errCode: '00', terminalCode: '20260002', appId: 'YIMA-0042', appKey: wrapped() };

it('gives app id and key', () => {
  expect(readActivationAnswer(answer, request)).toEqual({
    kind: 'activated',
    appId: 'YIMA-0042',
    appKey: KEY,
  });
});

it.each([
  [{ errCode: 'ACTIVATION_USED' }, { kind: 'refused', cause: 'ACTIVATION_USED' }],
  [{}, { kind: 'damaged', cause: 'NO_ERRCODE' }],
  [
    { ...answer, appId: 'a" b' },
    { kind: 'damaged', cause: 'INCOMPLETE_appId' },
  ],
  [
    { ...answer, appId: 'YIMA-0043' },
    { kind: 'damaged', cause: 'KEY_WRAPPED_WRONGLY' },
  ],
  [
    { ...answer, terminalCode: '20260003' },
    { kind: 'damaged', cause: 'MISMATCH' },
  ],
  [
    { ...answer, appKey: wrapped(KEY, '20260003|YIMA-0042') },
    { kind: 'damaged', cause: 'KEY_WRAPPED_WRONGLY' },
  ],
  [
    { ...answer, appKey: wrapped(KEY, undefined, 'A'.repeat(20)) },
    { kind: 'damaged', cause: 'KEY_WRAPPED_WRONGLY' },
  ],
  [
    { ...answer, appKey: wrapped('short') },
    { kind: 'damaged', cause: 'KEY_NOT_PRINTABLE' },
  ],
  [
    { ...answer, appKey: wrapped('two lines of a key\nfile') },
    { kind: 'damaged', cause: 'KEY_NOT_PRINTABLE' },
  ],
  [
    { ...answer, appKey: wrapped('密钥密钥密钥密钥密钥密钥密钥密钥') },
    { kind: 'damaged', cause: 'KEY_NOT_PRINTABLE' },
  ],
])('%j gives none', (said, expected) => {
  expect(readActivationAnswer(said, request)).toEqual(expected);
});

it.each([
  [CODE, true],
  [CODE.toLowerCase(), false],
  [CODE.slice(1), false],
  [`${CODE}\n`, false],
  ['', false],
])('%j is a code: %j', (text, expected) => {
  expect(isActivationCode(text)).toBe(expected);
});
