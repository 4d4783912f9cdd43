// The signature against published messages (yansongda/pay, tests/Plugin/Unipay/Open: a request with the signature that UnionPay's test
// identity makes, and a real answer of its gateway with CFCA's test chain), and against the openssl command, both ways.
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, hash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeUnionpayKeys, type UnionpayKeyFiles } from '../../fixtures/acquirers/unionpay/keys.ts';
import { certificateIdOf, loadKeys, signerKey } from './certificate.ts';
import { readQueryAnswer } from './codec.ts';
import { believe, type Signing, signedFields } from './message.ts';
import { presentFields } from './presented.ts';
import { type Fields, isSignedBy, signatureOf, signedText } from './signature.ts';
import { facts, keySettings, order as payment } from '../../test/acquirers/unionpay.ts';

const published = new URL('../../fixtures/acquirers/unionpay/published/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, published), 'utf8');
const fieldsOf = (name: string): Fields => JSON.parse(read(name)) as Fields;
const answer = fieldsOf('answer.json');
const ANSWERED_ms = Date.parse('2022-09-11T04:16:48+08:00');

let directory = '';
let files: UnionpayKeyFiles;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-unionpay-'));
  files = makeUnionpayKeys(join(directory, 'keys'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** The published chain in the place of our simulator's. */
function publishedSigning(wall_ms: number, change: { roots?: string; signer?: string } = {}): Signing {
  const settings = { ...keySettings(files), roots: read('root.pem'), ...change };
  const keys = loadKeys({ ...settings, intermediates: read('intermediate.pem') });
  return { keys, merchantId: answer['merId'] ?? '', wall_ms: () => wall_ms };
}

const bytesOf = (fields: Fields): Buffer =>
  Buffer.from(
    Object.entries(fields)
      .map(([name, value]) => `${name}=${value}`)
      .join('&'),
  );
const receive = (signing: Signing, fields: Fields) =>
  believe(signing, { status: 200, headers: {}, body: bytesOf(fields) }, 1);

describe('the published request', () => {
  it('is what the test identity signed, and names its certificate', () => {
    const request = fieldsOf('request.json');
    const certificate = new X509Certificate(read('merchant.pem'));
    expect(isSignedBy(certificate.publicKey, request, request['signature'] ?? '')).toBe(true);
    expect(certificateIdOf(certificate)).toBe(request['certId']);
    const changed = { ...request, txnAmt: '2' };
    expect(isSignedBy(certificate.publicKey, changed, request['signature'] ?? '')).toBe(false);
  });
});

describe('the published answer', () => {
  it('is believed on its day, by its chain', () => {
    const outcome = receive(publishedSigning(ANSWERED_ms), answer);
    expect(outcome).toMatchObject({ kind: 'answered', fields: { origRespCode: '00', txnAmt: '1' } });
  });

  it('approves the payment that it is of', () => {
    const order = {
      orderNumber: 'pay20220911041647',
      openedAt_ms: Date.parse('2022-09-11T04:16:47+08:00'),
      amount_fen: 1,
      timeout_ms: 1000,
    };
    const own = { ...facts, merchantId: '777290058167151' };
    expect(readQueryAnswer(answer, own, order)).toMatchObject({
      kind: 'approved',
      proof: {
        acquirerOrderId: '512209110416475616528',
        systemTraceNum: '561652',
        paidAt: '2022-09-11T04:16:47+08:00',
        settlementDate: '20220911',
      },
    });
  });

  it.each(Object.keys(answer).filter((name) => name !== 'signature' && name !== 'signPubKeyCert'))(
    'is not believed with another %s',
    (name) => {
      const outcome = receive(publishedSigning(ANSWERED_ms), { ...answer, [name]: `${answer[name]}1` });
      expect(outcome.kind).toBe('unbelievable');
    },
  );

  it.each([
    ['CERTIFICATE_EXPIRED', Date.UTC(2026, 0), {}],
    ['CERTIFICATE_EXPIRED', Date.UTC(2019, 0), {}],
    ['OTHER_CERTIFICATE', ANSWERED_ms, { signer: '00040000:SIGN' }],
  ])('%s', (cause, wall_ms, change) => {
    expect(receive(publishedSigning(wall_ms, change), answer)).toMatchObject({ kind: 'unbelievable', cause });
  });

  it('is not believed under another root', () => {
    const roots = readFileSync(files.rootCertFile, 'utf8');
    const outcome = receive(publishedSigning(ANSWERED_ms, { roots }), answer);
    expect(outcome).toMatchObject({ cause: 'CERTIFICATE_CHAIN' });
  });

  it('is not believed when lines of its certificate end otherwise: the signature covers them', () => {
    const signPubKeyCert = (answer['signPubKeyCert'] ?? '').replaceAll('\r\n', '\n');
    const outcome = receive(publishedSigning(ANSWERED_ms), { ...answer, signPubKeyCert });
    expect(outcome).toMatchObject({ cause: 'BAD_SIGNATURE' });
  });
});

describe('the chain', () => {
  const trustOf = (change: object = {}) => loadKeys({ ...keySettings(files), ...change }).trust;
  const pem = (file: string): string => readFileSync(file, 'utf8');
  const now_ms = () => Date.now();

  it("accepts UnionPay's certificate, and neither a stranger's nor a self-made one", () => {
    expect(signerKey(trustOf(), pem(files.signerCertFile), now_ms()).kind).toBe('trusted');
    const cause = (file: string) => signerKey(trustOf(), pem(file), now_ms());
    expect(cause(files.strangerCertFile)).toEqual({ kind: 'refused', cause: 'OTHER_CERTIFICATE' });
    expect(cause(files.rogueCertFile)).toEqual({ kind: 'refused', cause: 'CERTIFICATE_CHAIN' });
  });

  it('while one authority follows another is believed by both, and by the old one no more once it is removed', () => {
    // The same names, other keys: what follows is told apart by its signature alone.
    const next = makeUnionpayKeys(join(directory, 'next'));
    const both = trustOf({
      roots: `${pem(files.rootCertFile)}${pem(next.rootCertFile)}`,
      intermediates: `${pem(files.intermediateCertFile)}${pem(next.intermediateCertFile)}`,
    });
    const after = trustOf({
      roots: pem(next.rootCertFile),
      intermediates: pem(next.intermediateCertFile),
    });
    const [old, signer] = [pem(files.signerCertFile), pem(next.signerCertFile)];
    const kinds = (trust: typeof both) => [old, signer].map((one) => signerKey(trust, one, now_ms()).kind);
    expect(kinds(trustOf())).toEqual(['trusted', 'refused']);
    expect(kinds(both)).toEqual(['trusted', 'trusted']);
    expect(kinds(after)).toEqual(['refused', 'trusted']);
  });

  it('is not completed by an end certificate in the place of an authority', () => {
    const at = (name: string) => join(directory, name);
    const run = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const name = '/CN=041@8310000000083040@中国银联股份有限公司@00016495';
    run('req', '-new', '-key', files.rogueKeyFile, '-utf8', '-subj', name, '-out', at('child.csr'));
    const by = ['-CA', files.strangerCertFile, '-CAkey', files.strangerKeyFile, '-CAcreateserial'];
    run('x509', '-req', '-in', at('child.csr'), ...by, '-days', '9', '-out', at('child.pem'));
    const both = `${pem(files.intermediateCertFile)}${pem(files.strangerCertFile)}`;
    const child = pem(at('child.pem'));
    for (const trust of [trustOf({ intermediates: both }), trustOf({ roots: pem(files.strangerCertFile) })])
      expect(signerKey(trust, child, now_ms())).toMatchObject({ cause: 'CERTIFICATE_CHAIN' });
  });

  it.each(['', 'x', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'reads no certificate in %j',
    (text) => {
      expect(signerKey(trustOf(), text, now_ms())).toEqual({ kind: 'refused', cause: 'NO_CERTIFICATE' });
    },
  );
});

describe('our own keys', () => {
  it("a certificate that is another key's is refused", () => {
    const certificate = readFileSync(files.signerCertFile, 'utf8');
    expect(() => loadKeys({ ...keySettings(files), certificate })).toThrow('belongs to another key');
  });

  it('a root file without a certificate is refused', () => {
    expect(() => loadKeys({ ...keySettings(files), roots: 'x' })).toThrow('no certificate');
  });
});

// openssl stands on every machine that the setup prepares: it makes the certificates of all simulators (fixtures/acquirers/tls.ts).
describe("openssl's command line", () => {
  const at = (name: string): string => join(directory, name);
  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  const shown = { ...payment, expiresAt_ms: payment.openedAt_ms + 300_000 };
  it.each([
    ['a query', { orderId: 'A1', txnTime: '20261128180005' }],
    ['an order code', presentFields(facts, shown)],
  ])('verifies what we sign: %s', (_, fields) => {
    const keys = loadKeys(keySettings(files));
    const sent = signedFields({ keys, merchantId: facts.merchantId }, fields);
    writeFileSync(at('digest'), hash('sha256', signedText(sent)));
    writeFileSync(at('signature'), Buffer.from(sent['signature'] ?? '', 'base64'));
    const key = createPublicKey(createPrivateKey(readFileSync(files.merchantKeyFile, 'utf8')));
    writeFileSync(at('public.pem'), key.export({ type: 'spki', format: 'pem' }));
    const check = ['dgst', '-sha256', '-verify', at('public.pem'), '-signature', at('signature')];
    expect(openssl(...check, at('digest'))).toContain('Verified OK');
    writeFileSync(at('digest'), hash('sha256', `${signedText(sent)}&x=1`));
    expect(() => openssl(...check, at('digest'))).toThrow(/Verif/i);
  });

  it('signs what we verify, and sorts nothing by the locale', () => {
    const fields = { b: '2', B: '1', a_1: '3', a1: '4' };
    expect(signedText(fields)).toBe('B=1&a1=4&a_1=3&b=2');
    writeFileSync(at('digest'), hash('sha256', signedText(fields)));
    openssl('dgst', '-sha256', '-sign', files.signerKeyFile, '-out', at('signature'), at('digest'));
    const signature = readFileSync(at('signature')).toString('base64');
    const { publicKey } = new X509Certificate(readFileSync(files.signerCertFile, 'utf8'));
    expect(isSignedBy(publicKey, fields, signature)).toBe(true);
    expect(isSignedBy(publicKey, { ...fields, b: '3' }, signature)).toBe(false);
    const own = createPrivateKey(readFileSync(files.signerKeyFile, 'utf8'));
    expect(signatureOf(own, fields)).toBe(signature);
  });
});
