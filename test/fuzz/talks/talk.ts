// Signed answers about no payment: bills, batches, a terminal's keys. Harmed on the way, none is believed that is not the one that was
// signed; said by a server gone mad, none counts for more than it says.
import { isDeepStrictEqual } from 'node:util';
import type { Received } from '../../../acquirers/transport/https.ts';
import type { Chance } from '../../month/random.ts';
import { altered, harmed } from '../mutate.ts';
import { type Fields, fieldsOf, type Honest, type Tried } from '../rail.ts';

/** What the product makes of an answer; only values that can be compared. */
export type Told = { kind: string };

export type Talk = {
  name: string;
  honest: readonly Honest[];
  seal(text: string, status: number): Received;
  /** Where the signature stands in the body: that one's, over this text. */
  forge?(text: string, signed: Received): Received;
  /** The whole way of the product: signature first, then the reader. Null: not believed. */
  read(received: Received): Told | null;
  /** All that it may come to. */
  kinds: ReadonlySet<string>;
  /** Kinds that claim something, and so must stand in the answer. */
  claims: ReadonlySet<string>;
  /** Those that an answer which says this may come to; written from the protocol pages a second time. */
  proves(said: Fields, status: number): readonly string[];
};

const sealed = new WeakMap<Honest, Received>();

function sealedOf(talk: Talk, honest: Honest): Received {
  const known = sealed.get(honest);
  if (known !== undefined) return known;
  const fresh = talk.seal(JSON.stringify(honest.said), honest.status);
  sealed.set(honest, fresh);
  return fresh;
}

function harmedHeader({ headers, ...rest }: Received, chance: Chance): Received {
  const name = chance.pick([...Object.keys(headers), 'x']);
  const value = harmed(Buffer.from(String(headers[name] ?? '')), chance).toString('latin1');
  return { ...rest, headers: { ...headers, [name]: value } };
}

/** Another answer's text where this one's was. */
function forged(talk: Talk, signed: Received, chance: Chance): Received {
  const text = JSON.stringify(chance.pick(talk.honest).said);
  return talk.forge?.(text, signed) ?? { ...signed, body: Buffer.from(text) };
}

const ways = { body: 6, header: 2, forged: 2, status: 1 } as const;

function onTheWay(talk: Talk, chance: Chance): Tried {
  const honest = chance.pick(talk.honest);
  const signed = sealedOf(talk, honest);
  const way = chance.weighted(ways);
  const received = {
    body: () => ({ ...signed, body: harmed(signed.body, chance) }),
    header: () => harmedHeader(signed, chance),
    forged: () => forged(talk, signed, chance),
    status: () => ({ ...signed, status: chance.pick([200, 204, 301, 400, 403, 404, 500]) }),
  }[way]();
  const told = talk.read(received);
  // Some acquirers sign the body and not HTTP's status: under another one it may say less, never more.
  const isNothing = told === null || (way === 'status' && !talk.claims.has(told.kind));
  const isTrue = isNothing || isDeepStrictEqual(told, talk.read(signed));
  return triedOf(talk, told, isTrue ? null : `believed ${JSON.stringify(told)} with its ${way} harmed`);
}

function parsed(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function byTheServer(talk: Talk, chance: Chance): Tried {
  const honest = chance.pick(talk.honest);
  const others = talk.honest.map(({ said }) => said);
  const text = chance.happens(0.3)
    ? harmed(Buffer.from(JSON.stringify(honest.said)), chance).toString('utf8')
    : JSON.stringify(altered(honest.said, others, chance));
  const told = talk.read(talk.seal(text, honest.status));
  const said = parsed(text);
  const isFalse =
    told !== null && talk.claims.has(told.kind) && !talk.proves(said, honest.status).includes(told.kind);
  return triedOf(talk, told, isFalse ? `${told.kind} of ${JSON.stringify(said)}` : null);
}

function triedOf({ name, kinds }: Talk, told: Told | null, fault: string | null): Tried {
  if (told === null) return { where: name, what: 'not believed', fault };
  // A code may be called `constructor`: what comes out is a word of ours all the same.
  if (!kinds.has(told.kind)) return { where: name, what: 'no such kind', fault: `came to ${told.kind}` };
  return { where: name, what: told.kind, fault };
}

export function tryTalk(talk: Talk, chance: Chance): Tried {
  return (chance.happens(0.6) ? onTheWay : byTheServer)(talk, chance);
}
