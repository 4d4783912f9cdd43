// One connection: what is validated, who may do what, what an unsigned one sees, and how news is pushed.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  approvableCommands,
  type CommandName,
  commandRoles,
  commandSchemas,
  openCommands,
} from '../../contract/commands.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { codeOf, operators, pins, serve } from '../../test/core/served.ts';

let served: ReturnType<typeof serve>;
let screen: ReturnType<ReturnType<typeof serve>['connect']>;
beforeEach(() => {
  served = serve();
  screen = served.connect(true);
});

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Parameters of the right shape for each command. */
const fitting: Partial<Record<CommandName, object>> = {
  'operator.signIn': { operatorId: 'lin', pin: '1357' },
  'till.setLanguage': { language: 'en' },
  'goods.enter': { barcode: '6901234567892' },
  'goods.search': { text: '茶' },
  'line.setQuantity': { lineId: 'L1', quantity: 2 },
  'line.remove': { lineId: 'L1' },
  'payment.giveUp': { attemptId: 'P1' },
  'payment.present': { routeId: 'gateway' },
  'sale.recall': { saleId: 'S1' },
  'tender.walletPart': { amount_fen: 100 },
  'tender.cash': { received_fen: 1000 },
  'shift.open': { float_fen: 0 },
  'shift.close': { counted: [] },
  'cash.paidIn': { amount_fen: 100, reason: '零钱', after: 0 },
  'cash.paidOut': { amount_fen: 100, reason: '买水', after: 0 },
  'drawer.open': { reason: '换零', after: 1 },
  'day.close': { zNumber: 1 },
  'sale.find': { text: '00000001' },
  'sales.browse': { from_ms: null, to_ms: null, sum_fen: null, wallet: null, before: null },
  'payment.find': { text: '1234' },
  'evidence.print': { attemptId: 'P1' },
  'code.print': { attemptId: 'P1' },
  'return.preview': { saleId: 'S1', lines: [{ lineId: 'L1', quantity: 1 }] },
  'return.open': { saleId: 'S1', lines: [{ lineId: 'L1', quantity: 1 }], reason: '质量问题' },
  'giveBack.payCash': { giveBackId: 'G1', reason: '退款失败' },
  'giveBack.retry': { giveBackId: 'G1', reason: '余额已补足' },
  'giveBack.seeLoss': { giveBackId: 'G1', reason: '已向顾客追回' },
  'giveBack.confirmBack': { giveBackId: 'G1', reason: '已在商户平台核实：顾客已收到' },
  'exception.collect': { attemptId: 'P1' },
  'exception.writeOff': { attemptId: 'P1', missing_fen: 500, reason: '找不到顾客' },
  'bills.fetch': { routeId: 'gateway', date: '2026-11-22' },
  'bills.compare': { file: 'bill.csv' },
  'reconciliation.get': { reconciliationId: 'B1' },
  'finding.settle': { reconciliationId: 'B1', index: 0, reason: '已核对' },
  'office.confirm': { orderNumber: 'N1', reason: '收单方确认' },
  'report.get': { reportId: 'Z1' },
  'restore.confirm': { reason: '已与账单核对' },
  'diagnostics.scanTest': { on: true },
};

/** Who may not, and is told so: by the role, or because a manager must approve first. */
function isRefusedRole(command: CommandName, code: string): boolean {
  return code === 'E-AUTH-03' || (code === 'E-AUTH-05' && approvableCommands.includes(command));
}

describe('every command', () => {
  it.each(Object.keys(commandSchemas) as CommandName[])(
    '%s objects to parameters that it does not have',
    (command) => {
      expect(codeOf(screen.ask(command, { ...fitting[command], nothing: 1 }))).toBe('E-RPC-03');
    },
  );

  it.each(Object.keys(commandSchemas) as CommandName[])('%s needs sign-in and role', (command) => {
    const isOpen = openCommands.includes(command);
    expect(codeOf(screen.ask(command, fitting[command]))).toBe(isOpen ? 'ok' : 'E-AUTH-02');
    for (const { id, role } of operators) {
      const other = served.connect(false);
      other.signIn(id as keyof typeof pins);
      const code = codeOf(other.ask(command, fitting[command]));
      expect([role, isRefusedRole(command, code)]).toEqual([role, !commandRoles[command].includes(role)]);
    }
  });
});

describe('an approval in place', () => {
  const open = { reason: '换零', after: 1 };
  const withPin = (operatorId: string, pin: string) => ({ ...open, approval: { operatorId, pin } });

  it('lets a cashier do it in his own name, and the journal names the manager', () => {
    screen.signIn('lin');
    expect(codeOf(screen.ask('drawer.open', open))).toBe('E-AUTH-05');
    expect(codeOf(screen.ask('drawer.open', withPin('chen', pins.chen)))).toBe('ok');
    const asked = served.stage.store.commits
      .flatMap((one) => one.records)
      .findLast((one) => one.type === 'drawer.asked');
    expect(asked?.body).toMatchObject({ cause: 'noSale', operatorId: 'lin', approverId: 'chen' });
  });

  it.each([
    ['a wrong PIN', 'chen', '0000', 'E-AUTH-01'],
    ['somebody who may not either', 'lin', pins.lin, 'E-AUTH-06'],
    ['a technician', 'wu', pins.wu, 'E-AUTH-06'],
    ['nobody', 'nobody', '1234', 'E-AUTH-01'],
  ])('is not given by %s', (_, operatorId, pin, code) => {
    screen.signIn('lin');
    const before = served.stage.store.commits.length;
    expect(codeOf(screen.ask('drawer.open', withPin(operatorId, pin)))).toBe(code);
    const records = served.stage.store.commits.slice(before).flatMap((one) => one.records);
    expect(records.filter((one) => one.type === 'drawer.asked')).toEqual([]);
  });

  it('has the same lock-out as a sign-in', () => {
    screen.signIn('lin');
    for (let count = 0; count < 5; count += 1) screen.ask('drawer.open', withPin('chen', '0000'));
    expect(codeOf(screen.ask('drawer.open', withPin('chen', pins.chen)))).toBe('E-AUTH-04');
    expect(codeOf(served.connect(false).signIn('chen'))).toBe('E-AUTH-04');
  });

  it('lends a technician nothing', () => {
    const technician = served.connect(false);
    technician.signIn('wu');
    expect(codeOf(technician.ask('drawer.open', withPin('chen', pins.chen)))).toBe('E-AUTH-03');
  });
});

describe('a till that locks itself', () => {
  it('by the touch itself, after a night asleep, does nothing of what the touch asks', () => {
    screen.signIn('chen');
    const asked = { text: '1234' };
    expect(codeOf(screen.ask('payment.find', asked))).not.toBe('E-AUTH-02');
    served.onTouch(() => served.stage.engine.post({ kind: 'locked' }));
    expect(codeOf(screen.ask('payment.find', asked))).toBe('E-AUTH-02');
  });

  it('ends the sign-in at the counter and keeps the sale for whoever comes next', () => {
    screen.signIn('lin');
    screen.ask('goods.enter', { barcode: '6901234567892' });
    served.stage.engine.post({ kind: 'locked' });
    expect(codeOf(screen.ask('sale.tender'))).toBe('E-AUTH-02');
    expect(screen.ask('snapshot.get').result).toMatchObject({ operator: null, isLocked: true, sale: null });
    screen.signIn('chen');
    expect(screen.ask('snapshot.get').result).toMatchObject({
      isLocked: false,
      operator: { id: 'chen' },
      sale: { itemCount: 1 },
    });
  });
});

describe('who sells', () => {
  it('is who signs in at the counter; elsewhere a sign-in only opens the commands', () => {
    const elsewhere = served.connect(false);
    elsewhere.signIn('chen');
    expect(served.stage.engine.state.operatorId).toBeNull();
    screen.signIn('lin');
    expect(served.stage.engine.state.operatorId).toBe('lin');
    elsewhere.ask('operator.signOut');
    expect(served.stage.engine.state.operatorId).toBe('lin');
    screen.ask('operator.signOut');
    expect(served.stage.engine.state.operatorId).toBeNull();
  });

  it('is never a technician', () => {
    expect(codeOf(screen.signIn('wu'))).toBe('ok');
    expect(served.stage.engine.state.operatorId).toBeNull();
  });
});

describe('a snapshot', () => {
  it('shows nothing of sales before sign-in, and no hash ever', () => {
    const other = served.connect(false);
    screen.signIn('lin');
    screen.ask('goods.enter', { barcode: '6901234567892' });
    served.stage.engine.updateUi({ askedPayments: { asked: '5127', attemptIds: [], hasMore: false } });
    const unsigned = other.ask('snapshot.get').result as Snapshot;
    expect(unsigned).toMatchObject({ sale: null, resolving: [], notice: null, asked: null });
    expect(unsigned.exposure.count).toBe(0);
    const signed = screen.ask('snapshot.get').result as Snapshot;
    expect(signed.asked?.asked).toBe('5127');
    expect(signed.sale?.lines).toHaveLength(1);
    expect(JSON.stringify([unsigned, signed])).not.toContain('scrypt');
  });

  it('is pushed once per turn to whoever subscribed, and not after the end', async () => {
    const silent = served.connect(false);
    screen.signIn('lin');
    expect(codeOf(screen.ask('snapshot.subscribe'))).toBe('ok');
    for (let count = 0; count < 5; count += 1) screen.ask('goods.enter', { barcode: '6901234567892' });
    await nextTurn();
    const pushes = screen.heard.filter((message) => message.push === 'snapshot');
    expect(pushes).toHaveLength(1);
    expect(pushes[0]?.snapshot?.sale?.lines[0]?.quantity).toBe(5);
    expect(silent.heard).toEqual([]);
    screen.ask('goods.enter', { barcode: '6901234567892' });
    screen.session.close();
    const before = screen.heard.length;
    await nextTurn();
    screen.session.receive('{"id":99,"command":"snapshot.get"}');
    expect(screen.heard).toHaveLength(before);
  });
});

it('a till that refuses answers everything but the snapshot with its reason', () => {
  const refusing = serve({ code: 'E-DB-01', detail: 'page 3' });
  const other = refusing.connect(true);
  for (const command of Object.keys(commandSchemas) as CommandName[]) {
    const isShown = command.startsWith('snapshot.');
    expect([command, codeOf(other.ask(command, fitting[command]))]).toEqual([
      command,
      isShown ? 'ok' : 'E-DB-01',
    ]);
  }
});

it('answers carry the id that was asked under; what has none is answered with null', () => {
  screen.session.receive('{"id":7,"command":"snapshot.get"}');
  expect(screen.heard.at(-1)).toMatchObject({ id: 7, ok: true });
  screen.session.receive('nonsense');
  expect(screen.heard.at(-1)).toMatchObject({ id: null, ok: false, error: { code: 'E-RPC-01' } });
});

it('digits as long as a payment code are not said back, whoever typed them', () => {
  const code = '130123456789012345';
  served.stage.engine.ask({ kind: 'signedOut' });
  screen.signIn('lin');
  const before = served.stage.engine.state.shift;
  expect(before).not.toBeNull();
  served.stage.engine.ask({ kind: 'shiftClosed', operatorId: 'lin', counted: [] });
  const answer = screen.ask('goods.enter', { barcode: code });
  expect(answer).toMatchObject({ ok: false, error: { code: 'E-SALE-07' } });
  expect(JSON.stringify(answer)).not.toContain(code);
});

it('a technician who left the till alone signs in again before anything is done in his name', () => {
  screen.signIn('wu');
  served.stage.clock.advance(299_000);
  expect(codeOf(screen.ask('diagnostics.start'))).toBe('ok');
  served.stage.clock.advance(301_000);
  expect(codeOf(screen.ask('diagnostics.drawerTest'))).toBe('E-AUTH-02');
  screen.signIn('wu');
  expect(codeOf(screen.ask('diagnostics.drawerTest'))).toBe('ok');
  expect(codeOf(screen.ask('diagnostics.measures'))).toBe('ok');
});

describe('a list that is open and asks anew with each record, while nobody is at the till,', () => {
  it.each(['exceptions.list', 'undecided.list', 'bills.list'] as const)(
    'is no touch of a key: %s keeps no till from its lock',
    (command) => {
      screen.signIn('chen');
      const before = served.touches();
      expect(codeOf(screen.ask(command))).toBe('ok');
      expect(served.touches()).toBe(before);
      screen.ask('notice.dismiss');
      expect(served.touches()).toBe(before + 1);
    },
  );

  it('keeps no technician signed in', () => {
    screen.signIn('wu');
    for (let minute = 0; minute < 6; minute += 1) {
      served.stage.clock.advance(60_000);
      screen.ask('exceptions.list');
      screen.ask('undecided.list');
    }
    expect(codeOf(screen.ask('diagnostics.drawerTest'))).toBe('E-AUTH-02');
  });
});

it('a journal that takes longer to verify than a kiosk waits for a core is not verified by the core that sells', () => {
  screen.signIn('wu');
  expect(screen.ask('journal.verify').result).toBe('verified');
  Object.defineProperty(served.stage.engine, 'head', {
    get: () => ({ sequence: 230_000, hash: 'a'.repeat(64) }),
  });
  expect(screen.ask('journal.verify')).toMatchObject({
    ok: false,
    error: { code: 'E-SALE-02', detail: expect.stringContaining('yima journal verify') },
  });
});
