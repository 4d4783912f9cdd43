import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerRequest, contentSecurityPolicy } from './app-protocol.ts';

const table = new Map([
  ['/index.html', { body: new TextEncoder().encode('<html>'), type: 'text/html; charset=utf-8' }],
]);

describe('app://till', () => {
  it('serves a file of the table with the strict policy', async () => {
    const answer = answerRequest(table, 'GET', 'app://till/index.html?a=1');
    expect({
      status: answer.status,
      text: await answer.text(),
      policy: answer.headers.get('content-security-policy'),
      sniff: answer.headers.get('x-content-type-options'),
    }).toEqual({ status: 200, text: '<html>', policy: contentSecurityPolicy, sniff: 'nosniff' });
  });

  it('allows no script but its own files, no connection and no frame', () => {
    expect(contentSecurityPolicy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'",
    );
  });

  it.each(['POST', 'HEAD', 'PUT', 'OPTIONS', 'get'])('refuses %s', (method) => {
    expect(answerRequest(table, method, 'app://till/index.html').status).toBe(405);
  });

  it.each([
    'app://other/index.html',
    'app://till.evil/index.html',
    'app://user@till/index.html',
    'https://till/index.html',
    'file:///index.html',
    'app://till/../../etc/passwd',
    'app://till/%2e%2e/main/main.cjs',
    'app://till//index.html',
    'app://till/index.html/',
    'nonsense',
  ])('has nothing at %s', (url) => {
    expect(answerRequest(table, 'GET', url).status).toBe(404);
  });

  it('answers a file only under its exact path, whatever is asked', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webPath()), (text) => {
        const url = `app://till/${text}`;
        const isKnown =
          URL.canParse(url) && new URL(url).pathname === '/index.html' && new URL(url).host === 'till';
        return answerRequest(table, 'GET', url).status === (isKnown ? 200 : 404);
      }),
    );
  });
});
