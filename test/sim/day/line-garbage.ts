// Answers that no till may believe, made of one that it might have.
import type { Chance } from '../../month/random.ts';
import type { WireAnswer } from './host/host.ts';

const statuses = [500, 502, 503, 504, 404, 403, 429, 301];
const page = Buffer.from(
  '<!DOCTYPE html><html><body>欢迎使用免费 WiFi，请登录 {"errCode":"00","result":"SUCCESS"}</body></html>',
);

function noise(chance: Chance): Buffer {
  return Buffer.from(Array.from({ length: chance.whole(0, 80) }, () => chance.whole(0, 255)));
}

/** `own` null: the request was not served. */
export function mangled(fault: string, own: WireAnswer | null, chance: Chance): WireAnswer {
  const headers = { ...own?.headers };
  const body = own?.body ?? page;
  switch (fault) {
    case 'html':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: page };
    case 'truncated':
      return { status: 200, headers, body: body.subarray(0, chance.whole(0, body.length - 1)) };
    case 'serverError':
      return { status: chance.pick(statuses), headers, body };
    case 'badSignature': {
      const signature = headers['body-signature'] ?? '';
      const wrong = signature.replace(
        /Signature="(.)/,
        (_, first: string) => `Signature="${first === 'A' ? 'B' : 'A'}`,
      );
      return {
        status: 200,
        headers: chance.happens(0.3) ? {} : { ...headers, 'body-signature': wrong },
        body,
      };
    }
    default:
      return { status: 200, headers, body: noise(chance) };
  }
}
