// The gateway in a session: the session's key signs, and of what the terminal's key signs only "the session is over" is believed.
import { type Honest, type Question, questions, type Rail } from '../rail.ts';
import { appKey, gatewayRail, readBy, sealBy, signing } from './gateway.ts';

const sessionKey = Buffer.from('a session of the fuzzer, 32 bytes');

const inSession = { ...signing, key: { appId: 'S-fuzz', appKey: sessionKey }, terminalKey: signing.key };

/** Nothing that the till could take for a proof: the call was not worked on, and is sent again. */
const expired: Honest = { status: 200, said: { errCode: 'SESSION_EXPIRED' } };

const honest = Object.fromEntries(
  questions.map((question) => [question, [...gatewayRail.honest[question], expired]]),
) as Record<Question, Honest[]>;

export const sessionRail: Rail = {
  ...gatewayRail,
  name: 'gateway in a session',
  honest,
  seal: (_question, text, status) =>
    sealBy(text.includes('SESSION_EXPIRED') ? appKey : sessionKey, text, status),
  read: (question, received) => readBy(inSession, question, received),
};
