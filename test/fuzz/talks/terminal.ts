// The gateway about a terminal and its batches, from docs/gateway-protocol.md, "Session and batch": activation, sign-in, settling, upload.
import { readActivationAnswer } from '../../../acquirers/gateway/activation.ts';
import { readSettleAnswer, readUploadAnswer, uploadOf } from '../../../acquirers/gateway/batch.ts';
import { believe, type Signing } from '../../../acquirers/gateway/message.ts';
import { readSignInAnswer } from '../../../acquirers/gateway/sign-in.ts';
import { derive, wrap } from '../../../fixtures/acquirers/gateway/wrapping.ts';
import type { Fields } from '../rail.ts';
import { appKey, sealBy, signing } from '../rails/gateway.ts';
import type { Talk, Told } from './talk.ts';

const NONCE = signing.nonce();
const terminalCode = '00810001';
const party = { merchantCode: '898310000000001', terminalCode };
const ok = (said: Fields) => ({ status: 200, said: { errCode: '00', ...said } });
const no = (errCode: string, said: Fields = {}) => ({ status: 200, said: { errCode, ...said } });

const unread = ['refused', 'damaged'];

/** `by`: the key that the call is signed with, both ways. */
function talkBy(
  by: Signing,
  key: Buffer,
  rest: Omit<Talk, 'seal' | 'read'>,
  read: (json: unknown) => Told,
): Talk {
  return {
    ...rest,
    seal: (text, status) => sealBy(key, text, status),
    read: (received) => {
      const outcome = believe(by, received, NONCE, 1);
      return outcome.kind === 'answered' ? read(outcome.json) : null;
    },
  };
}

const code = 'ABCDEFGHJKMNPQRSTUVW';
const codeKey = derive(code, '', 'activation-signature');
const appId = 'till-1';
const given = wrap(
  Buffer.from('an-app-key-of-the-fuzzer-32-bytes'),
  derive(code, NONCE, 'app-key'),
  `${terminalCode}|${appId}`,
);

/** A wrapped key opens for its owner alone: another one with the same words is no proof. */
const activation = talkBy(
  { ...signing, key: { appId: 'ACTIVATION', appKey: codeKey } },
  codeKey,
  {
    name: 'gateway activate',
    honest: [ok({ terminalCode, appId, appKey: given }), no('ACTIVATION_USED'), no('TERMINAL_INVALID')],
    kinds: new Set(['activated', ...unread]),
    claims: new Set(['activated']),
    proves: (said) =>
      said['errCode'] === '00' &&
      said['terminalCode'] === terminalCode &&
      said['appId'] === appId &&
      said['appKey'] === given
        ? ['activated']
        : [],
  },
  (json) => readActivationAnswer(json, { terminalCode, nonce: NONCE, code }),
);

const sessionId = 'S-20261128-01';
const sessionKey = wrap(
  Buffer.alloc(32, 7),
  derive(appKey.toString(), NONCE, 'session-key'),
  `${terminalCode}|${sessionId}`,
);

function signIn(json: unknown): Told {
  const found = readSignInAnswer(json, { terminalCode, nonce: NONCE, appKey });
  if ('cause' in found) return { kind: found.refused ?? 'unreadable' };
  const opened = { ...found, kind: 'opened', key: found.key.export().toString('hex') };
  return opened;
}

const signInTalk = talkBy(
  signing,
  appKey,
  {
    name: 'gateway sign-in',
    honest: [
      ok({ terminalCode, sessionId, sessionKey, batchNo: '000007', expiresAt: '2026-11-29T10:00:00+08:00' }),
      no('TERMINAL_INVALID'),
      no('SIGN_ERROR'),
    ],
    kinds: new Set(['opened', 'byName', 'now', 'unreadable']),
    claims: new Set(['opened', 'byName']),
    proves: (said) => {
      if (/^(MERCHANT_INVALID|TERMINAL_INVALID|PARAM_ERROR|NOT_SUPPORTED)$/.test(String(said['errCode'])))
        return ['byName'];
      const isOurs = said['terminalCode'] === terminalCode && said['sessionId'] === sessionId;
      return said['errCode'] === '00' && isOurs && said['sessionKey'] === sessionKey ? ['opened'] : [];
    },
  },
  signIn,
);

const batchNo = '000007';
const figures = {
  paymentCount: 3,
  paymentAmount: 4500,
  voidCount: 0,
  voidAmount: 0,
  refundCount: 1,
  refundAmount: 100,
};

const settle = talkBy(
  signing,
  appKey,
  {
    name: 'gateway settle',
    honest: [
      ok({ batchNo, settledAt: '2026-11-29T02:00:00+08:00' }),
      no('TOTALS_DIFFER', { batchNo, ...figures }),
      no('BATCH_NOT_FOUND'),
    ],
    kinds: new Set(['agreed', 'differs', ...unread]),
    claims: new Set(['agreed', 'differs']),
    proves: (said) => {
      if (said['batchNo'] !== batchNo) return [];
      if (said['errCode'] === '00') return ['agreed'];
      return said['errCode'] === 'TOTALS_DIFFER' ? ['differs'] : [];
    },
  },
  (json) => readSettleAnswer(json, batchNo),
);

const item = {
  kind: 'PAY',
  merchantOrderId: '2611230001000200AB7K3M9Q1',
  refundRequestId: null,
  amount: 1500,
};
const upload = uploadOf(party, batchNo, []);
const about = { batchNo, uploadId: upload.uploadId };

const uploads = [false, true].map((isLast) =>
  talkBy(
    signing,
    appKey,
    {
      name: isLast ? 'gateway upload, last' : 'gateway upload',
      honest: [
        ok({
          ...about,
          differenceCount: 2,
          differences: [
            { difference: 'missingHere', merchantOrderId: item.merchantOrderId, here: null, there: item },
            {
              difference: 'amountDiffers',
              merchantOrderId: item.merchantOrderId,
              here: item,
              there: { ...item, amount: 1 },
            },
          ],
        }),
        ok({ ...about, differenceCount: 0, differences: [] }),
        no('UPLOAD_CHANGED'),
      ],
      kinds: new Set(['received', 'compared', ...unread]),
      claims: new Set(['received', 'compared']),
      proves: (said) => {
        const isOurs = said['batchNo'] === batchNo && said['uploadId'] === upload.uploadId;
        return said['errCode'] === '00' && isOurs ? [isLast ? 'compared' : 'received'] : [];
      },
    },
    (json) => readUploadAnswer(json, upload, isLast),
  ),
);

export const terminalTalks: readonly Talk[] = [activation, signInTalk, settle, ...uploads];
