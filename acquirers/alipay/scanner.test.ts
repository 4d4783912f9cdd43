// The cut out of an answer's text: what a brace, a quote or an escape inside of a string must not do to it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberTexts } from './scanner.ts';

const NAME = 'alipay_trade_pay_response';

describe('the member as it stands', () => {
  it.each([
    ['plain', '{"code":"10000"}'],
    ['spaced', '{ "code" : "10000" ,\n\t"msg": "" }'],
    ['a brace in a string', '{"shop":"a } b"}'],
    ['a quote in a string', '{"shop":"a \\" } b"}'],
    ['a backslash before the closing quote', '{"shop":"a\\\\"}'],
    ['the end of an answer in a string', '{"shop":"\\"},\\"sign\\":\\"x\\"}"}'],
    ['nested', '{"list":[{"a":[1,{"b":"]"}]}],"c":{}}'],
    ['Chinese and an escaped slash', '{"shop":"一码","url":"https:\\/\\/x"}'],
    ['a doubled name inside', '{"sign":"a","sign":"b"}'],
  ])('%s', (_, said) => {
    for (const text of [
      `{"${NAME}":${said},"sign":"S=="}`,
      `{"sign":"S==","${NAME}":${said}}`,
      ` {\r\n "sign" : "S==" ,\n"${NAME}" :\t${said}\n}\n`,
    ]) {
      expect(memberTexts(text)?.get(NAME)).toBe(said);
      expect(memberTexts(text)?.get('sign')).toBe('"S=="');
    }
  });

  it('also when it is a number, a word or a list', () => {
    const members = memberTexts('{"a":-1.5e3,"b":true,"c":null,"d":[],"e":"x"}');
    expect([...(members ?? [])]).toEqual([
      ['a', '-1.5e3'],
      ['b', 'true'],
      ['c', 'null'],
      ['d', '[]'],
      ['e', '"x"'],
    ]);
  });
});

describe('nothing, where it is not clear what was meant', () => {
  it.each([
    ['a name twice', `{"${NAME}":{"a":1},"${NAME}":{"a":2}}`],
    ['a name with an escape', '{"alipay\\u005ftrade":{}}'],
    ['something behind it', '{"a":1} {"b":2}'],
    ['something before it', 'x{"a":1}'],
    ['a list', '[{"a":1}]'],
    ['a trailing comma', '{"a":1,}'],
    ['no comma', '{"a":1"b":2}'],
    ['no colon', '{"a" 1}'],
    ['no value', '{"a":}'],
    ['an open string', '{"a":"x}'],
    ['an open object', '{"a":{"b":1}'],
    ['an escape at the end', '{"a":"x\\'],
    ['nothing', ''],
    ['a page', '<!doctype html><html></html>'],
  ])('%s', (_, text) => {
    expect(memberTexts(text)).toBeNull();
  });
});

it('cuts whatever JSON writes into the very pieces it was made of', () => {
  const member = fc.tuple(fc.stringMatching(/^[a-z_]{1,12}$/), fc.jsonValue());
  fc.assert(
    fc.property(fc.uniqueArray(member, { selector: ([name]) => name, maxLength: 6 }), (pairs) => {
      const written = pairs.map(([name, value]) => [name, JSON.stringify(value, null, 1)] as const);
      const text = `{${written.map(([name, value]) => `"${name}":${value}`).join(' , ')}}`;
      expect([...(memberTexts(text) ?? [])]).toEqual(written);
    }),
    { seed: 5 },
  );
});

it('neither fails nor hangs on any text', () => {
  const noise = fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', 'a', ' ', '1') });
  fc.assert(
    fc.property(noise, (text) => {
      memberTexts(text);
      memberTexts(`{"a":${text}}`);
    }),
    { seed: 7, numRuns: 2000 },
  );
});
