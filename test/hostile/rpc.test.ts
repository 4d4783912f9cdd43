// The control socket under fire: every bad frame has an answer with a code, nothing gets past sign-in and role, the core lives.
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { approvableCommands, commandRoles, commandSchemas, openCommands } from '../../contract/commands.ts';
import { MESSAGE_LIMIT_bytes } from '../../contract/envelope.ts';
import { connectTo, openTill, type Till } from './till.ts';

let till: Till;
beforeAll(async () => {
  till = await openTill();
});
afterAll(() => till.stop());

type Answer = { id: number | null; ok: boolean; error?: { code: string; detail: string }; result?: unknown };

let socket: Socket;
let answers: AsyncIterator<string>;
beforeEach(async () => {
  socket = connect(till.shop.controlSocket);
  await once(socket, 'connect');
  answers = createInterface({ input: socket })[Symbol.asyncIterator]();
});
afterEach(() => socket.destroy());

async function next(): Promise<Answer> {
  const { value, done } = await answers.next();
  if (done === true) throw new Error('the core hung up');
  return JSON.parse(value) as Answer;
}

async function ask(command: string, params?: unknown, id = 1): Promise<Answer> {
  socket.write(`${JSON.stringify({ id, command, params })}\n`);
  return next();
}

const signIn = (operatorId: string) =>
  ask('operator.signIn', { operatorId, pin: till.shop.pins[operatorId] });
const codeOf = (answer: Answer): string => answer.error?.code ?? 'ok';

it('the socket is for its owner only', () => {
  expect(statSync(till.shop.controlSocket).mode & 0o777).toBe(0o600);
});

describe('a frame', () => {
  it.each([
    ['that is not JSON', 'hello', 'E-RPC-01'],
    ['that is half JSON', '{"id":1,"command":', 'E-RPC-01'],
    ['that is a list', '[]', 'E-RPC-01'],
    ['that is null', 'null', 'E-RPC-01'],
    ['without id', '{"command":"snapshot.get"}', 'E-RPC-01'],
    ['with a negative id', '{"id":-1,"command":"snapshot.get"}', 'E-RPC-01'],
    ['with an id that is text', '{"id":"1","command":"snapshot.get"}', 'E-RPC-01'],
    ['with something more', '{"id":1,"command":"snapshot.get","sudo":true}', 'E-RPC-01'],
    ['without command', '{"id":1}', 'E-RPC-01'],
    ['with an unknown command', '{"id":1,"command":"till.empty"}', 'E-RPC-02'],
    ['with a prototype name for a command', '{"id":1,"command":"__proto__"}', 'E-RPC-02'],
    ['with another one', '{"id":1,"command":"constructor"}', 'E-RPC-02'],
    ['with a long command', `{"id":1,"command":"${'x'.repeat(65)}"}`, 'E-RPC-01'],
    ['with parameters where none belong', '{"id":1,"command":"snapshot.get","params":{"a":1}}', 'E-RPC-03'],
    ['with parameters that are a list', '{"id":1,"command":"snapshot.get","params":[]}', 'E-RPC-03'],
    [
      'nested ten thousand deep',
      `{"id":1,"command":"goods.enter","params":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      'E-RPC-03',
    ],
    ['of invalid UTF-8', '\ufffd\ufffd{}', 'E-RPC-01'],
  ])('%s', async (_what, frame, code) => {
    socket.write(`${frame}\n`);
    const answer = await next();
    expect(answer.ok).toBe(false);
    expect(codeOf(answer)).toBe(code);
    expect(codeOf(await ask('snapshot.get', {}, 2))).toBe('ok');
  });

  it('that is just under the limit is read; one over it is refused and the connection ends', async () => {
    const frame = (length: number) => {
      const start = '{"id":1,"command":"goods.enter","params":{"barcode":"';
      return `${start}${'9'.repeat(length - start.length - 3)}"}}`;
    };
    socket.write(`${frame(MESSAGE_LIMIT_bytes)}\n`);
    expect(codeOf(await next())).toBe('E-RPC-03');
    socket.write(frame(MESSAGE_LIMIT_bytes * 4));
    expect(codeOf(await next())).toBe('E-RPC-01');
    await once(socket, 'close');
    const other = await connectTo(till.shop);
    other.close();
  });

  it('in many small pieces, and many in one piece, are all answered in order', async () => {
    const text = Array.from(
      { length: 50 },
      (_, id) => `${JSON.stringify({ id, command: 'snapshot.get' })}\n`,
    ).join('');
    for (let at = 0; at < 400; at += 7) socket.write(text.slice(at, Math.min(at + 7, 400)));
    socket.write(text.slice(400));
    for (let id = 0; id < 50; id += 1) expect(await next()).toMatchObject({ id, ok: true });
  });

  it('of any bytes never ends the core', { timeout: 120_000 }, async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.json().map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (chunk) => {
        const other = connect(till.shop.controlSocket);
        await once(other, 'connect');
        other.end(Buffer.concat([chunk, Buffer.from('\n')]));
        other.resume();
        await once(other, 'close');
      }),
      { numRuns: 100 },
    );
    expect(codeOf(await ask('snapshot.get'))).toBe('ok');
    expect(till.core.child.exitCode).toBeNull();
  });
});

describe('before sign-in', () => {
  it('only the open commands answer', async () => {
    for (const command of Object.keys(commandSchemas)) {
      if ((openCommands as string[]).includes(command)) continue;
      const code = codeOf(await ask(command, {}));
      expect([command, ['E-AUTH-02', 'E-RPC-03'].includes(code)]).toEqual([command, true]);
    }
    expect(codeOf(await ask('sale.cancel'))).toBe('E-AUTH-02');
    expect(codeOf(await ask('goods.enter', { barcode: till.barcodes[0] }))).toBe('E-AUTH-02');
  });

  it('the snapshot names the operators and shows no hash of a PIN', async () => {
    const answer = JSON.stringify(await ask('snapshot.get'));
    expect(answer).toContain('林晓');
    expect(answer).not.toMatch(/scrypt|app\.key/);
  });
});

/** A good value for every parameter there is, but no approval. */
const wellFormed = {
  on: true,
  barcode: '1',
  text: '1234',
  lineId: '1',
  quantity: 1,
  attemptId: '1',
  saleId: '1',
  giveBackId: '1',
  orderNumber: '1',
  reportId: '1',
  reconciliationId: '1',
  file: '1.csv',
  routeId: '1',
  from_ms: null,
  to_ms: null,
  sum_fen: null,
  wallet: null,
  before: null,
  date: '2026-11-22',
  index: 0,
  receiptId: '1',
  amount_fen: 1,
  after: 0,
  zNumber: 1,
  missing_fen: 1,
  received_fen: 1,
  roundDown: false,
  float_fen: 1,
  counted: [],
  lines: [{ lineId: '1', quantity: 1 }],
  reason: 'why',
};

describe('roles', () => {
  const forbidden = (role: 'cashier' | 'manager' | 'technician') =>
    Object.entries(commandRoles)
      .filter(([, roles]) => !roles.includes(role))
      .map(([name]) => name);

  it.each([
    ['wu', 'technician'],
    ['lin', 'cashier'],
    ['chen', 'manager'],
  ] as const)('%s, a %s, is refused what the role may not do', async (operatorId, role) => {
    expect(codeOf(await signIn(operatorId))).toBe('ok');
    for (const command of forbidden(role)) {
      const schema = commandSchemas[command as keyof typeof commandSchemas];
      const known = 'shape' in schema ? Object.keys(schema.shape) : [];
      const wanted = Object.fromEntries(Object.entries(wellFormed).filter(([name]) => known.includes(name)));
      const mayBeApproved = role !== 'technician' && (approvableCommands as string[]).includes(command);
      const code = mayBeApproved ? 'E-AUTH-05' : 'E-AUTH-03';
      expect([command, codeOf(await ask(command, wanted))]).toEqual([command, code]);
    }
  });

  it('a technician sells nothing', async () => {
    await signIn('wu');
    expect(codeOf(await ask('goods.enter', { barcode: till.barcodes[0] }))).toBe('E-AUTH-03');
    expect(codeOf(await ask('journal.verify'))).toBe('ok');
    await till.rpc.call('operator.signIn', { operatorId: 'lin', pin: till.shop.pins['lin'] });
  });
});

describe('PINs', () => {
  it.each(['0000', '13570', '123456789012'])('%s is wrong', async (pin) => {
    expect(codeOf(await ask('operator.signIn', { operatorId: 'lin', pin }))).toBe('E-AUTH-01');
    expect(codeOf(await ask('sale.cancel'))).toBe('E-AUTH-02');
  });

  it.each(['', '135', '13579999999999', 'abcd', 1357, null])('%j is none', async (pin) => {
    expect(codeOf(await ask('operator.signIn', { operatorId: 'lin', pin }))).toBe('E-RPC-03');
  });

  it('the right one works in between and clears the count', async () => {
    expect(codeOf(await signIn('lin'))).toBe('ok');
  });

  it('five wrong ones lock that operator, on every connection, and nobody else', async () => {
    const wrong = { operatorId: 'wu', pin: '1111' };
    for (let count = 0; count < 5; count += 1)
      expect(codeOf(await ask('operator.signIn', wrong))).toBe('E-AUTH-01');
    const locked = await ask('operator.signIn', { operatorId: 'wu', pin: till.shop.pins['wu'] });
    expect(locked.error).toEqual({ code: 'E-AUTH-04', detail: expect.stringMatching(/^\d+ s$/) });
    const other = await connectTo(till.shop);
    await expect(other.call('operator.signIn', { operatorId: 'wu', pin: '9753' })).rejects.toThrow(
      'E-AUTH-04',
    );
    other.close();
    expect(codeOf(await signIn('chen'))).toBe('ok');
  });

  it('nobody is signed in by an operator that does not exist, nor by a made-up token', async () => {
    for (const operatorId of ['nobody', '__proto__', 'constructor']) {
      expect(codeOf(await ask('operator.signIn', { operatorId, pin: '1357' }))).toBe('E-AUTH-01');
    }
    expect(codeOf(await ask('operator.signIn', { token: 'A'.repeat(32) }))).toBe('E-AUTH-01');
    expect(codeOf(await ask('operator.signIn', { token: '__proto__________' }))).toBe('E-AUTH-01');
  });

  it('a token signs in again, until its operator signs out', async () => {
    const { result } = await signIn('chen');
    const { token } = result as { token: string };
    const other = await connectTo(till.shop);
    await other.call('operator.signIn', { token });
    other.close();
    expect(codeOf(await ask('operator.signOut'))).toBe('ok');
    expect(codeOf(await ask('operator.signIn', { token }))).toBe('E-AUTH-01');
    await till.rpc.call('operator.signIn', { operatorId: 'lin', pin: till.shop.pins['lin'] });
  });
});

it('a client that never reads what it subscribed to does not hold the others up, and is dropped in the end', async () => {
  const deaf = connect(till.shop.controlSocket);
  await once(deaf, 'connect');
  deaf.write('{"id":1,"command":"snapshot.subscribe"}\n');
  deaf.pause();
  // Nothing is read, so the hang-up shows as a failed write.
  let isOpen = true;
  deaf.on('error', () => (isOpen = false));
  const question = '{"id":2,"command":"snapshot.get"}\n'.repeat(200);
  for (let count = 0; isOpen && count < 2000; count += 1) {
    deaf.write(question);
    await till.rpc.call('till.setLanguage', { language: count % 2 === 0 ? 'en' : 'zh' });
  }
  expect(isOpen).toBe(false);
  await till.rpc.call('till.setLanguage', { language: 'zh' });
});
