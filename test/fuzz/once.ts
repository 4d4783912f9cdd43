// One try: an honest answer is harmed on its way, or said by a server gone mad under its own signature, and then read by the product.
import type { Received } from '../../acquirers/transport/https.ts';
import { type Chance, chanceFor } from '../month/random.ts';
import { bombNames, readArchive, readBillFile, readBomb, readDownload } from './files.ts';
import { altered, harmed } from './mutate.ts';
import { readNotice } from './notices.ts';
import {
  type Fields,
  fieldsOf,
  type Honest,
  proofs,
  type Question,
  questions,
  type Rail,
  type Read,
  type Tried,
} from './rail.ts';
import { alipayRail } from './rails/alipay.ts';
import { gatewayRail } from './rails/gateway.ts';
import { sessionRail } from './rails/gateway-session.ts';
import { unionpayRail } from './rails/unionpay.ts';
import { wechatRail } from './rails/wechatpay.ts';
import { readRelay } from './relays.ts';
import { readScan } from './scans.ts';
import { billTalks } from './talks/bills.ts';
import { terminalTalks } from './talks/terminal.ts';
import { tryTalk } from './talks/talk.ts';

export const rails: readonly Rail[] = [gatewayRail, sessionRail, wechatRail, alipayRail, unionpayRail];

const SLOW_ms = 1000;
const statuses = [200, 201, 202, 204, 301, 400, 401, 403, 404, 429, 500, 502, 503];

type Case = { question: Question; received: Received; said: Fields };

const sealed = new WeakMap<Honest, Received>();

function sealedOf(rail: Rail, question: Question, honest: Honest): Received {
  const known = sealed.get(honest);
  if (known !== undefined) return known;
  const fresh = rail.seal(question, JSON.stringify(honest.said), honest.status);
  sealed.set(honest, fresh);
  return fresh;
}

/** Nobody on the line has the key: what is believed must be what was signed. */
function harmedOnTheWay(rail: Rail, question: Question, chance: Chance): Case {
  const honest = chance.pick(rail.honest[question]);
  const { status, headers, body } = sealedOf(rail, question, honest);
  const [name] = chance.happens(0.3) ? [chance.pick([...Object.keys(headers), 'x'])] : [null];
  if (name !== null) {
    const value = harmed(Buffer.from(String(headers[name] ?? '')), chance).toString('latin1');
    return {
      question,
      said: honest.said,
      received: { status, headers: { ...headers, [name]: value }, body },
    };
  }
  if (chance.happens(0.1))
    return { question, said: honest.said, received: { status: chance.pick(statuses), headers, body } };
  if (chance.happens(0.1)) {
    const other = chance.pick(questions);
    const answer = chance.pick(rail.honest[other]);
    // Where the signature stands in the body it comes along, and the other answer says what it says.
    const said = Object.keys(headers).length === 0 ? answer.said : honest.said;
    return { question, said, received: { status, headers, body: sealedOf(rail, other, answer).body } };
  }
  if (chance.happens(0.1)) return forged(rail, question, honest, chance);
  return { question, said: honest.said, received: { status, headers, body: harmed(body, chance) } };
}

/** What another answer says, under the signature of this one. */
function forged(rail: Rail, question: Question, honest: Honest, chance: Chance): Case {
  const signed = sealedOf(rail, question, honest);
  const text = JSON.stringify(chance.pick(rail.honest[chance.pick(questions)]).said);
  const received = rail.forge?.(question, text, signed) ?? { ...signed, body: Buffer.from(text) };
  return { question, said: honest.said, received };
}

/** The acquirer itself says it, under its own signature: the codec decides alone. */
function saidByTheServer(rail: Rail, question: Question, chance: Chance): Case {
  const honest = chance.pick(rail.honest[question]);
  const others = questions.flatMap((one) => rail.honest[one].map(({ said }) => said));
  const text = chance.happens(0.3)
    ? harmed(Buffer.from(JSON.stringify(honest.said)), chance).toString('utf8')
    : JSON.stringify(altered(honest.said, others, chance));
  const status = chance.happens(0.2) ? chance.pick(statuses) : honest.status;
  return { question, said: parsed(text), received: rail.seal(question, text, status) };
}

function parsed(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function faultOf(rail: Rail, { question, received, said }: Case, read: Read): string | null {
  if (read === null || !proofs.has(read.kind)) return null;
  const allowed = rail.proves(question, said, received.status);
  return allowed.includes(read.kind)
    ? null
    : `${read.kind} of ${JSON.stringify(said)} with HTTP ${received.status}`;
}

export function tryRail(of: readonly Rail[], chance: Chance): Tried {
  const rail = chance.pick(of);
  const question = chance.pick(questions);
  const make = chance.happens(0.6) ? harmedOnTheWay : saidByTheServer;
  const one = make(rail, question, chance);
  const read = rail.read(question, one.received);
  return {
    where: `${rail.name} ${question}`,
    what: read?.kind ?? 'not believed',
    fault: faultOf(rail, one, read),
  };
}

export const talks = [...billTalks, ...terminalTalks];

/** What is no answer about a payment, each as often as the others; what is large comes seldom, for it takes its time. */
const others: readonly ((chance: Chance) => Tried)[] = [
  readScan,
  readNotice,
  readRelay,
  (chance) => tryTalk(chance.pick(billTalks), chance),
  (chance) => tryTalk(chance.pick(terminalTalks), chance),
  readDownload,
  readArchive,
  (chance) => (chance.happens(0.01) ? readBomb(chance.pick(bombNames)) : readBillFile(chance)),
];

/** Try `number` of `seed`: the same each time. */
export function tryOnce(seed: number, number: number): Tried {
  const chance = chanceFor(seed, `try ${number}`);
  const started_ms = performance.now();
  try {
    const tried = chance.happens(0.5) ? tryRail(rails, chance) : chance.pick(others)(chance);
    const took_ms = performance.now() - started_ms;
    return took_ms > SLOW_ms ? { ...tried, fault: `took ${Math.round(took_ms)} ms` } : tried;
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { where: 'crash', what: 'crash', fault: text };
  }
}
