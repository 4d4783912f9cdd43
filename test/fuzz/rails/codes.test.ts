// Every code that the product has a row for, and every one of the second reading, said under a good signature: the two must agree which prove
// something. What is in one table alone is found here.
import { expect, it } from 'vitest';
import { alipayTable } from '../../../acquirers/alipay/code-rows.ts';
import { gatewayTable } from '../../../acquirers/gateway/code-rows.ts';
import { unionpayTable } from '../../../acquirers/unionpay/code-rows.ts';
import { wechatTable } from '../../../acquirers/wechatpay/code-rows.ts';
import type { Fields, Question, Rail } from '../rail.ts';
import { alipayRail } from './alipay.ts';
import { alipaySays, gatewaySays, unionpaySays, wechatSays } from './codes.ts';
import { gatewayRail } from './gateway.ts';
import { unionpayRail } from './unionpay.ts';
import { wechatRail } from './wechatpay.ts';

type Case = {
  rail: Rail;
  question: Question;
  /** The kind of event that such a code must come out as, and no other code may. */
  kind: string;
  by: ReadonlySet<string>;
  say: (code: string) => Fields;
  status?: number;
};

/** The first honest answer, with another code. */
const changed =
  (rail: Rail, question: Question, name: string) =>
  (code: string): Fields => ({ ...rail.honest[question][0]?.said, [name]: code });

const errCode = (code: string): Fields => ({ errCode: code });
const plain = (code: string): Fields => ({ code, message: 'x' });
const under40004 = (sub_code: string): Fields => ({ code: '40004', msg: 'Business Failed', sub_code });

const gateway = { rail: gatewayRail, say: errCode };
const wechat = { rail: wechatRail, say: plain, status: 400 };
const alipay = { rail: alipayRail, say: under40004 };

const unionpay = (question: Question, kind: string, by: ReadonlySet<string>, name = 'respCode'): Case => ({
  rail: unionpayRail,
  question,
  kind,
  by,
  say: changed(unionpayRail, question, name),
});

const cases: readonly Case[] = [
  { ...gateway, question: 'pay', kind: 'declined', by: gatewaySays.notCharged },
  { ...gateway, question: 'refund', kind: 'refused', by: gatewaySays.notGivenBack },
  { ...wechat, question: 'pay', kind: 'declined', by: wechatSays.notCharged },
  { ...wechat, question: 'query', kind: 'notFound', by: wechatSays.noSuchOrder, status: 404 },
  { ...wechat, question: 'reverse', kind: 'reversalAcknowledged', by: wechatSays.reversedBefore },
  { ...wechat, question: 'refund', kind: 'refused', by: wechatSays.notGivenBack },
  { ...alipay, question: 'pay', kind: 'declined', by: alipaySays.notCharged },
  { ...alipay, question: 'reverse', kind: 'reversalRefused', by: alipaySays.notCancelled },
  { ...alipay, question: 'refund', kind: 'refused', by: alipaySays.notGivenBack },
  unionpay('pay', 'declined', unionpaySays.notCharged),
  unionpay('query', 'approved', unionpaySays.done, 'origRespCode'),
  unionpay('query', 'declined', unionpaySays.notCharged, 'origRespCode'),
  unionpay('reverse', 'reversalRefused', unionpaySays.notReversed),
  unionpay('refund', 'refused', unionpaySays.notGivenBack),
  unionpay('refundQuery', 'done', unionpaySays.done, 'origRespCode'),
  unionpay(
    'refundQuery',
    'refused',
    new Set([...unionpaySays.notGivenBack, ...unionpaySays.failedBefore]),
    'origRespCode',
  ),
];

const known = [gatewayTable, wechatTable, alipayTable, unionpayTable].flatMap(({ rows }) =>
  rows.map(({ code }) => code),
);

it.each(cases)('$rail.name $question: $kind', ({ rail, question, kind, by, say, status = 200 }) => {
  const all = [...new Set([...known, ...by, 'NEVER_HEARD_OF', 'ZZ', 'constructor', 'toString'])];
  const read = all.filter(
    (code) => rail.read(question, rail.seal(question, JSON.stringify(say(code)), status))?.kind === kind,
  );
  expect(read.toSorted()).toEqual([...by].toSorted());
});
