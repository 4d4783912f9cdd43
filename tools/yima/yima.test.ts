// The command line as a person runs it: its own process, its exit code, its words.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pinMatches } from '../../core/rpc/operators.ts';
import { contents, copyState, tamper } from '../../fixtures/databases/tamper.ts';
import { openDrivenTill, proof } from '../../fixtures/databases/till.ts';
import { openTill, type Till } from '../../test/hostile/till.ts';

const script = fileURLToPath(new URL('../yima.ts', import.meta.url));

type Run = { code: number | null; out: string; err: string };

function yima(args: readonly string[], options: { input?: string; env?: Record<string, string> } = {}): Run {
  const run = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    input: options.input ?? '',
    env: { ...process.env, ...options.env },
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

let directory = '';
let state = '';
let records = 0;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-cli-'));
  state = join(directory, 'state');
  const till = openDrivenTill(state);
  till.route(true);
  till.answer(till.sell('130123456789012345'), { kind: 'approved', proof });
  till.route(false);
  const declined = till.sell('130123456789012346');
  till.sell('130123456789012347');
  till.route(true);
  till.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
  till.answer(declined, { kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' });
  records = till.store.head().sequence;
  till.close();
});
afterAll(() => rmSync(directory, { recursive: true }));

function tampered(statements: string): string {
  const copy = mkdtempSync(join(directory, 'copy-'));
  copyState(state, copy);
  tamper(copy, statements);
  return copy;
}

describe('yima', () => {
  it('lists its commands, and says what is wrong with a command line', () => {
    expect(yima(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/journal[^]*queue[^]*rpc[^]*pin/),
    });
    expect(yima([])).toMatchObject({ code: 64, err: expect.stringContaining('Usage: yima') });
    expect(yima(['jurnal'])).toMatchObject({
      code: 64,
      err: expect.stringContaining("unknown command 'jurnal'"),
    });
    expect(yima(['queue'])).toMatchObject({ code: 64, err: expect.stringContaining('--state') });
    expect(yima(['queue', '--state', state, '--loud'])).toMatchObject({ code: 64 });
  });
});

describe('yima journal verify', () => {
  it('says that a sound journal is sound, and writes nothing', () => {
    const before = contents(state);
    const { code, out, err } = yima(['journal', 'verify', '--state', state]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`^sound: ${records} records, head [0-9a-f]{8} `));
    expect(contents(state)).toEqual(before);
  });

  it('names the first bad record, exit 1', () => {
    const first = "(SELECT min(sequence) FROM journal WHERE type = 'sale.lineAdded')";
    const copy = tampered(`UPDATE journal SET body = replace(body, '450', '451') WHERE sequence = ${first}`);
    const { code, err } = yima(['journal', 'verify', '--state', copy]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /BROKEN after (\d+) sound records\nrecord (\d+) is altered: record \2 \(sale\.lineAdded\)/,
    );
  });

  it('names a cut tail and a changed projection', () => {
    const cut = tampered(`DELETE FROM journal WHERE sequence = ${records}`);
    expect(yima(['journal', 'verify', '--state', cut])).toMatchObject({
      code: 1,
      err: expect.stringContaining(`record ${records} is missing`),
    });
    const changed = tampered("UPDATE sale SET state = 'cancelled' WHERE sale_id = 'S001000001'");
    const { code, err, out } = yima(['journal', 'verify', '--state', changed, '--json']);
    expect({ code, differences: JSON.parse(out).differences }).toEqual({
      code: 1,
      differences: ['sale S001000001 differs'],
    });
    expect(err).toContain('sale S001000001 differs');
  });

  it('says so when there is no journal, or none that can be read', () => {
    expect(yima(['journal', 'verify', '--state', join(directory, 'none')])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^E-DB-06 /),
    });
    const copy = tampered('');
    writeFileSync(join(copy, 'journal.db'), 'no journal');
    expect(yima(['journal', 'verify', '--state', copy])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^E-DB-01 /),
    });
  });
});

describe('yima journal export', () => {
  it('prints every record as a line of JSON, no payment code among them', () => {
    const { code, out } = yima(['journal', 'export', '--state', state]);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { sequence: number; type: string });
    expect(code).toBe(0);
    expect(lines.map((line) => line.sequence)).toEqual(
      Array.from({ length: records }, (_, index) => index + 1),
    );
    expect(lines[0]).toMatchObject({ type: 'till.installed', body: { epoch: 1 } });
    expect(out).not.toMatch(/1301234567890123/);
    expect(out).toContain('130123********2345');
  });

  it('goes on after a record, and objects to a number that is none', () => {
    const { out } = yima(['journal', 'export', '--state', state, '--after', String(records - 1)]);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(yima(['journal', 'export', '--state', state, '--after', 'x'])).toMatchObject({ code: 1 });
    expect(yima(['journal', 'export', '--state', join(directory, 'none')])).toMatchObject({ code: 1 });
  });

  it.each(['journal.db', 'head', 'inputs.gz'])(
    'writes no file of its own among those of the till: %s',
    (name) => {
      const copy = tampered('');
      const before = contents(copy);
      const run = yima(['journal', 'export', '--state', copy, '--out', join(copy, name)]);
      expect(run).toMatchObject({
        code: 1,
        err: expect.stringContaining('lies among the files of the till'),
      });
      expect(contents(copy)).toEqual(before);
    },
  );

  it('ends quietly when its reader has had enough', async () => {
    const child = spawn('sh', [
      '-c',
      `"${process.execPath}" "${script}" journal export --state "${state}" | head -n 1`,
    ]);
    let err = '';
    child.stderr.on('data', (part: Buffer) => (err += part.toString()));
    await new Promise((resolve) => child.on('close', resolve));
    expect(err).toBe('');
  });
});

describe('yima backup make', () => {
  it('makes one for its owner alone, as the till does, also where everybody may look', () => {
    const shared = mkdtempSync(join(directory, 'shared-'));
    chmodSync(shared, 0o755);
    const { code, out } = yima(['backup', 'make', '--state', state, '--directory', shared]);
    expect(code).toBe(0);
    expect(statSync(out.split(': ')[0] ?? '').mode & 0o777).toBe(0o600);
  });
});

describe('yima restore', () => {
  it('takes no epoch that its numbers have no room for (a date, the seconds of a clock)', () => {
    const backups = join(directory, 'backups');
    const made = yima(['backup', 'make', '--state', state, '--directory', backups]).out;
    const file = made.split(': ')[0] ?? '';
    const target = join(directory, 'restored');
    const restore = (epoch: string) => yima(['restore', '--state', target, '--from', file, '--epoch', epoch]);
    for (const epoch of ['46656', '20261128', String(4_000_000_000)])
      expect(restore(epoch)).toMatchObject({ code: 1, err: expect.stringContaining('46655') });
    expect(existsSync(target)).toBe(false);
    expect(restore('12')).toMatchObject({ code: 0, out: expect.stringContaining('epoch 12') });
  });
});

describe('yima queue and yima exceptions', () => {
  it('show what is at risk, masked', () => {
    const { code, out } = yima(['queue', '--state', state]);
    expect(code).toBe(0);
    expect(out).toMatch(/WECHAT {2}130123\*{8}2347 {2}4\.50 {2}queued\n1 open, 4\.50 yuan at risk\n$/);
    const row = JSON.parse(yima(['queue', '--state', state, '--json']).out) as object;
    expect(row).toMatchObject({ attemptId: 'P001000003', amount_fen: 450, state: 'queued' });
  });

  it('show what a person must settle, with the reason in words', () => {
    const { code, out } = yima(['exceptions', '--state', state]);
    expect(code).toBe(0);
    expect(out).toMatch(/receipt 00000002 {2}4\.50 {2}BALANCE_NOT_ENOUGH\n {4}E-OFF-08 .+\n1 exceptions\n$/);
    expect(JSON.parse(yima(['exceptions', '--state', state, '--json']).out)).toMatchObject({
      reason: 'E-OFF-08',
    });
  });

  it('say so when there is no till', () => {
    for (const command of ['queue', 'exceptions']) {
      expect(yima([command, '--state', directory])).toMatchObject({
        code: 1,
        err: expect.stringContaining('E-DB-06'),
      });
    }
  });
});

describe('yima pin', () => {
  it('prints a hash that the PIN matches, another one each time', () => {
    const [one, two] = [yima(['pin'], { input: '2468\n' }), yima(['pin'], { input: '2468' })];
    expect(pinMatches(one.out.trim(), '2468')).toBe(true);
    expect(pinMatches(one.out.trim(), '2469')).toBe(false);
    expect(one.out).not.toBe(two.out);
  });

  it.each(['', '123', '1234567890123', 'abcd'])('objects to %j without repeating it', (input) => {
    expect(yima(['pin'], { input })).toEqual({ code: 1, out: '', err: 'a PIN has 4 to 12 digits\n' });
  });
});

describe('with a shop', () => {
  let till: Till;
  beforeAll(async () => {
    till = await openTill();
  });
  afterAll(() => till.stop());

  const at = () => ['--state', till.shop.stateDirectory];
  const rpc = (args: string[], env: Record<string, string> = {}) => yima(['rpc', ...args, ...at()], { env });

  it('yima rpc answers, and signs in when told to', () => {
    expect(JSON.parse(rpc(['snapshot.get']).out)).toMatchObject({ refusal: null });
    const signedIn = rpc(['goods.search', '{"text":"水"}', '--operator', 'chen'], { YIMA_PIN: '2468' });
    expect(JSON.parse(signedIn.out)).toContainEqual(
      expect.objectContaining({ price_fen: expect.any(Number) }),
    );
    const byOption = rpc(['journal.verify', '--operator', 'wu', '--pin', '9753']);
    expect(JSON.parse(byOption.out)).toMatchObject({ ok: true });
  });

  it.each<[string[], RegExp]>([
    [['sale.cancel'], /^E-AUTH-02 /],
    [['journal.verify', '--operator', 'lin', '--pin', '1357'], /^E-AUTH-03 /],
    [['sale.cancel', '--operator', 'lin', '--pin', '0000'], /^E-AUTH-01 /],
    [['sale.cancel', '--operator', 'lin'], /^a PIN is needed/],
    [['goods.enter', '{"code":1}', '--operator', 'lin', '--pin', '1357'], /^E-RPC-03 [^]*goods\.enter/],
    [['goods.enter', '{barcode', '--operator', 'lin'], /^the parameters are not valid JSON/],
    [['till.empty'], /^there is no command till\.empty; there are:/],
  ])('yima rpc %j is refused with a reason', (args, words) => {
    const { code, out, err } = rpc(args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(words);
  });

  it('yima rpc says when no core is there', () => {
    const { code, err } = yima(['rpc', 'snapshot.get', '--state', state]);
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('no core serves') });
  });

  it('yima journal verify works beside the running core', () => {
    expect(yima(['journal', 'verify', ...at()])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^sound: /),
    });
  });

  it('yima report and yima audit work beside the running core', () => {
    const taken = JSON.parse(rpc(['report.x', '--operator', 'chen', '--pin', '2468']).out) as {
      number: string;
    };
    expect(taken).toMatchObject({ kind: 'x', number: 'X000001' });
    expect(yima(['report', 'list', ...at()])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^X000001 [^\n]*\n1 reports\n$/),
    });
    expect(yima(['report', 'show', taken.number, '--csv', ...at()]).out).toMatch(/^report,kind,x,,$/m);
    expect(yima(['audit', ...at()])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^X 1 [^]*AUDIT OK: \d+ records, 1 reports\n$/),
    });
  });

  it('yima config check passes a good file and names every bad field of a bad one, no secret among the words', () => {
    const { configFile } = till.shop;
    expect(yima(['config', 'check', configFile])).toMatchObject({
      code: 0,
      out: expect.stringContaining('is good'),
    });
    const good = JSON.parse(readFileSync(configFile, 'utf8')) as { route: object; store: object };
    const bad = join(directory, 'bad.json');
    const check = (change: object): Run => {
      writeFileSync(bad, JSON.stringify({ ...good, ...change }));
      return yima(['config', 'check', bad]);
    };
    const fields = check({ store: {}, route: { ...good.route, baseUrl: 'http://pay.example' } });
    expect(fields).toMatchObject({
      code: 1,
      err: expect.stringMatching(/E-CFG-01 [^]*store\.name_zh[^]*route\.baseUrl/),
    });
    const key = join(directory, 'app.key');
    writeFileSync(key, 'SECRET-OF-THE-SHOP');
    chmodSync(key, 0o644);
    const files = check({
      catalogueFile: '/nowhere.csv',
      route: { ...good.route, appKeyFile: key, caFile: '/nowhere.pem' },
    });
    expect(files.code).toBe(1);
    expect(files.err).toMatch(/route\.appKeyFile: [^]*chmod 600[^]*route\.caFile: [^]*nowhere\.csv/);
    expect(files.err).not.toContain('SECRET');
    expect(yima(['config', 'check', '/nowhere.json'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('/nowhere.json'),
    });
  });

  it('yima catalogue check counts good goods and names bad rows', () => {
    const good = yima(['catalogue', 'check', 'fixtures/catalogue/goods.csv']);
    expect(good).toMatchObject({ code: 0, out: expect.stringMatching(/is good: \d+ goods/) });
    const bad = join(directory, 'bad.csv');
    writeFileSync(
      bad,
      'barcode,name_zh,name_en,unit,price_fen,tax_bp,category\n1234,茶,Tea,瓶,0,1300,\n12,茶,Tea,瓶,1,1300,\n',
    );
    const { code, err } = yima(['catalogue', 'check', bad]);
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringMatching(/row 2: price_fen[^]*row 3: barcode "12"/),
    });
  });
});
