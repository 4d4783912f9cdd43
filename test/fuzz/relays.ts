// What a relay answers to the till's long poll. Nothing of it is signed, and anybody may be the relay: whatever it says, one event comes of
// it, and a notice counts only as the one that its acquirer signed.
import { readRelayAnswer } from '../../acquirers/relay/relay.ts';
import type { Received } from '../../acquirers/transport/https.ts';
import type { NoticeRead } from '../../core/ports/notices.ts';
import type { Chance } from '../month/random.ts';
import { altered, harmed } from './mutate.ts';
import { headersOf, type Source, sources } from './notices.ts';
import { order, type Tried } from './rail.ts';

const LARGEST_notices = 16;

const wireOf = ({ posted }: Source) => ({
  heldFor_ms: 0,
  headers: headersOf(posted),
  body: Buffer.from(posted.body).toString('base64'),
});

const honestOf = (source: Source) => ({ cursor: 'c1', notices: [wireOf(source), wireOf(source)] });

const answers = sources.map((source) => ({
  source,
  honest: honestOf(source),
  text: JSON.stringify(honestOf(source)),
}));

function bodyOf({ honest, text }: (typeof answers)[number], chance: Chance): Buffer {
  if (chance.happens(0.5)) return harmed(Buffer.from(text), chance);
  const [one, other] = honest.notices;
  if (chance.happens(0.5)) return Buffer.from(JSON.stringify(altered(honest, [honest, one, other], chance)));
  return Buffer.from(
    JSON.stringify({ ...honest, notices: [altered(one, [one, one?.headers], chance), other] }),
  );
}

const isTrue = (found: NoticeRead): boolean =>
  found.kind !== 'named' ||
  (found.orderNumber === order.orderNumber && found.amount_fen === order.amount_fen);

export function readRelay(chance: Chance): Tried {
  const one = chance.pick(answers);
  const status = chance.happens(0.1) ? chance.pick([204, 302, 401, 502]) : 200;
  const received: Received = { status, headers: {}, body: bodyOf(one, chance) };
  const { event } = readRelayAnswer(received, one.source.read, one.source.made_ms);
  if (event.kind !== 'heard') return { where: 'relay', what: event.kind, fault: null };
  const { notices } = event;
  const isGood = notices.length <= LARGEST_notices && notices.every(isTrue);
  return { where: 'relay', what: event.kind, fault: isGood ? null : `believed ${JSON.stringify(notices)}` };
}
