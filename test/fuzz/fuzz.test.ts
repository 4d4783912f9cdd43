// A bounded part of `npm run fuzz`, other tries with each commit; and that it would see what it looks for.
import { expect, test } from 'vitest';
import { seedOfCommit } from '../commit-seed.ts';
import { chanceFor } from '../month/random.ts';
import { headersOf, readNotice, sources } from './notices.ts';
import { bombNames, readBomb } from './files.ts';
import { rails, talks, tryOnce, tryRail } from './once.ts';
import { order, proofs, questions, type Rail } from './rail.ts';
import { gatewayRail } from './rails/gateway.ts';
import { readRelay } from './relays.ts';
import { tryTalk } from './talks/talk.ts';

const PATIENCE_ms = 120_000;
const TRIES = 12_000;

test.each(rails.map((rail) => ({ name: rail.name, rail })))(
  'honest answers of $name are read, and prove what they say',
  ({ rail }) => {
    const seen = new Set<string>();
    for (const question of questions) {
      for (const { status, said } of rail.honest[question]) {
        const read = rail.read(
          question,
          rail.seal(question, status === 204 ? '' : JSON.stringify(said), status),
        );
        if (read === null) expect(status).toBe(500);
        else if (proofs.has(read.kind)) {
          seen.add(read.kind);
          expect(rail.proves(question, said, status), `${question} ${JSON.stringify(said)}`).toContain(
            read.kind,
          );
        }
      }
    }
    const payment = ['approved', 'declined', 'notFound', 'reversalAcknowledged', 'done', 'refused'];
    for (const kind of [...payment, 'presented', 'closed', 'paidMeanwhile'])
      expect([...seen]).toContain(kind);
  },
);

test.each(sources)('an unharmed $name is believed, and names its order', ({ posted, made_ms, read }) => {
  const notice = { headers: headersOf(posted), body: Buffer.from(posted.body), arrived_ms: made_ms };
  const { orderNumber, amount_fen } = order;
  expect(read(notice)).toEqual({ kind: 'named', orderNumber, amount_fen });
});

test('no harmed notice of any acquirer is believed for another one', () => {
  const seed = seedOfCommit();
  const tried = Array.from({ length: 3000 }, (_, number) => readNotice(chanceFor(seed, `notice ${number}`)));
  expect(tried.filter(({ fault }) => fault !== null)).toEqual([]);
  for (const { name } of sources) {
    const read = new Set(tried.filter(({ where }) => where === name).map(({ what }) => what));
    expect(read, name).toContain('problem');
  }
});

test.each(talks)('honest answers of the $name are read, and claim what they say', (talk) => {
  const seen = talk.honest.map(({ status, said }) => {
    const told = talk.read(talk.seal(JSON.stringify(said), status));
    if (told !== null && talk.claims.has(told.kind)) expect(talk.proves(said, status)).toContain(told.kind);
    return told?.kind;
  });
  expect([...talk.claims]).toContain(seen[0]);
  expect(seen).not.toContain(undefined);
  const seed = seedOfCommit();
  const faults = Array.from({ length: 300 }, (_, number) =>
    tryTalk(talk, chanceFor(seed, `${talk.name} ${number}`)),
  ).filter(({ fault }) => fault !== null);
  expect(faults).toEqual([]);
});

test.each(bombNames)('%s: what unpacks to more than a bill may have is refused', (name) => {
  expect(readBomb(name)).toEqual({ where: 'packed bomb', what: 'refused', fault: null });
});

test('a relay is heard, and heard harmed; a notice of its own making counts for nothing', () => {
  const seed = seedOfCommit();
  const tried = Array.from({ length: 1000 }, (_, number) => readRelay(chanceFor(seed, `relay ${number}`)));
  expect(tried.filter(({ fault }) => fault !== null)).toEqual([]);
  expect(new Set(tried.map(({ what }) => what))).toEqual(new Set(['heard', 'away']));
});

test(
  'no harmed answer crashes a decoder or proves what it does not say',
  () => {
    const seed = seedOfCommit();
    process.stdout.write(`fuzz: seed ${seed}, ${TRIES} tries\n`);
    const seen = new Set<string>();
    for (let number = 1; number <= TRIES; number += 1) {
      const tried = tryOnce(seed, number);
      expect(tried.fault, `npm run fuzz -- --seed ${seed} --only ${number}`).toBeNull();
      seen.add(tried.what);
    }
    // Some mutants stay good, and some good ones are refused: else it would have looked at nothing.
    const payment = ['not believed', 'approved', 'undecided', 'inquiryFailed', 'reversalPending', 'done'];
    for (const what of [...payment, 'presented', 'closed', 'paidMeanwhile', 'closePending'])
      expect([...seen]).toContain(what);
  },
  PATIENCE_ms,
);

/** A gateway adapter as somebody in a hurry might write it. */
const careless: { name: string; read: Rail['read'] }[] = [
  {
    name: 'the signature is not compared',
    read: (question, { body, status }) =>
      gatewayRail.read(question, gatewayRail.seal(question, body.toString(), status)),
  },
  {
    name: 'the order number is not compared',
    read: (question, received) => {
      if (gatewayRail.read(question, received) === null) return null;
      const text = received.body
        .toString()
        .replace(/"merchantOrderId":"[^"]*"/, `"merchantOrderId":"${order.orderNumber}"`);
      return gatewayRail.read(question, gatewayRail.seal(question, text, received.status));
    },
  },
];

test.each(careless)('it is found when $name', ({ read }) => {
  const faults = Array.from({ length: 4000 }, (_, number) =>
    tryRail([{ ...gatewayRail, read }], chanceFor(1, `careless ${number}`)),
  ).filter(({ fault }) => fault !== null);
  expect(faults.length).toBeGreaterThan(0);
});
