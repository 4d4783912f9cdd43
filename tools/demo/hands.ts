// What the cashier does in the course of a day, beyond selling: through the kiosk's own keys, or the control socket.
import type { Page } from 'playwright';
import type { Snapshot } from '../../contract/snapshot.ts';
import type { CommandName } from '../../contract/commands.ts';

export type CountedPiece = { value_fen: number; count: number };

export type DayHands = {
  openShift(float_fen: number): Promise<void>;
  cash(received_fen: number, options: { roundDown: boolean }): Promise<void>;
  /** Cash though a wallet payment is in doubt: confirms that it is given up first. */
  cashInstead(received_fen: number): Promise<void>;
  walletPart(amount_fen: number): Promise<void>;
  /** One piece of the first line, or everything, of the sale whose receipt was just scanned; a manager approves. */
  returnGoods(what: 'one' | 'all'): Promise<void>;
  returnDone(): Promise<void>;
  openDrawer(): Promise<void>;
  park(): Promise<void>;
  recall(): Promise<void>;
  closeShift(counted: readonly CountedPiece[]): Promise<void>;
  shiftDone(): Promise<void>;
  closeDay(): Promise<void>;
  /** The Z that is on the screen. */
  reprintReport(): Promise<void>;
};

type Manager = { id: string; name: string; pin: string };

/** `touch`: fingers on keys drawn on the glass; `keys`: a keyboard and nothing else. */
export type HandKind = 'touch' | 'keys';

const yuan = (amount_fen: number): string => (amount_fen / 100).toFixed(2);

class KioskHands {
  readonly #page: Page;
  readonly #kind: HandKind;

  constructor(page: Page, kind: HandKind) {
    this.#page = page;
    this.#kind = kind;
  }

  /** The key with this label, or its shortcut. */
  async use(label: string, key: string): Promise<void> {
    const button = this.#page.getByRole('button', { name: label, disabled: false }).last();
    // The keyboard too acts on what is on the screen, not before it.
    await button.waitFor();
    if (this.#kind === 'touch') await button.click();
    else await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    for (const character of text) {
      if (this.#kind === 'keys') await this.#page.keyboard.press(character);
      else await this.#page.getByRole('button', { name: character, exact: true }).last().click();
    }
  }

  async sees(text: string): Promise<void> {
    await this.#page.getByText(text).first().waitFor();
  }
}

const errandKeys = { 开钱箱: '4', 交班: '5', 日结: '7' } as const;

export function kioskHands(page: Page, manager: Manager, kind: HandKind): DayHands {
  const hands = new KioskHands(page, kind);
  const errand = async (label: keyof typeof errandKeys) => {
    await hands.use('更多', 'F6');
    await hands.use(label, errandKeys[label]);
  };
  const approve = async () => {
    await hands.sees('请店长同意');
    await hands.type(manager.pin);
    await hands.use('同意', 'Enter');
  };
  const takeCash = async (received_fen: number, roundDown: boolean) => {
    await hands.sees('现金收款');
    if (roundDown) await hands.use('抹零', 'F4');
    await hands.type(yuan(received_fen));
    await hands.use('确认收款', 'Enter');
  };
  return {
    openShift: async (float_fen) => {
      await hands.sees('备用金');
      await hands.type(yuan(float_fen));
      await hands.use('开班', 'Enter');
    },
    cash: async (received_fen, { roundDown }) => {
      await hands.use('现金', 'F5');
      await takeCash(received_fen, roundDown);
    },
    cashInstead: async (received_fen) => {
      await hands.use('现金', 'F5');
      await hands.use('改收现金', 'F5');
      await takeCash(received_fen, false);
    },
    walletPart: async (amount_fen) => {
      await hands.use('部分金额', 'F4');
      await hands.sees('这次扫码收');
      await hands.type(yuan(amount_fen));
      await hands.use('确定', 'Enter');
    },
    returnGoods: async (what) => {
      await hands.sees('退回金额');
      if (what === 'all') await hands.use('全部', 'F4');
      else await hands.use('+', '+');
      await hands.use('确认退货', 'Enter');
      await hands.use('质量问题', '2');
      await approve();
    },
    returnDone: async () => hands.use('完成', 'Enter'),
    openDrawer: async () => {
      await errand('开钱箱');
      await hands.use('换零钱', '1');
      await approve();
    },
    park: async () => hands.use('挂单', 'F3'),
    recall: async () => {
      await hands.use('取单', 'F3');
      await hands.sees('取回哪一单');
      await hands.use('取单', 'Enter');
    },
    closeShift: async (counted) => {
      await errand('交班');
      await hands.sees('交班点数');
      for (const { count } of counted) {
        if (count > 0) await hands.type(String(count));
        await hands.use('下一种', 'Enter');
      }
      await hands.use('点好了', 'F5');
      await hands.use('交班', 'F9');
      await hands.sees('已交班');
    },
    shiftDone: async () => hands.use('完成', 'Enter'),
    closeDay: async () => {
      await errand('日结');
      await hands.use('日结', 'Enter');
      await hands.use('日结，封账', 'F9');
      await approve();
      await hands.sees('已日结，账已封好');
    },
    reprintReport: async () => hands.use('重印报表', 'F2'),
  };
}

type Call = (command: CommandName, params?: unknown) => Promise<unknown>;

/** The same by the control socket; `snapshot` is the newest one heard. */
export function rpcHands(call: Call, manager: Manager, snapshot: () => Snapshot): DayHands {
  const approval = { operatorId: manager.id, pin: manager.pin };
  let reportId = '';
  const cash = async (received_fen: number, roundDown: boolean) =>
    void (await call('tender.cash', { received_fen, roundDown }));
  return {
    openShift: async (float_fen) => void (await call('shift.open', { float_fen })),
    cash: async (received_fen, { roundDown }) => cash(received_fen, roundDown),
    cashInstead: async (received_fen) => cash(received_fen, false),
    walletPart: async (amount_fen) => void (await call('tender.walletPart', { amount_fen })),
    returnGoods: async (what) => {
      const { found } = snapshot();
      if (found === null) throw new Error('no sale was found');
      const left = found.lines.filter((line) => line.returned < line.quantity);
      const all = left.map(({ lineId, quantity, returned }) => ({ lineId, quantity: quantity - returned }));
      const one = left.slice(0, 1).map(({ lineId }) => ({ lineId, quantity: 1 }));
      const lines = what === 'all' ? all : one;
      await call('return.open', { saleId: found.saleId, lines, reason: '质量问题', approval });
    },
    returnDone: async () => void (await call('sale.forget')),
    openDrawer: async () => void (await call('drawer.open', { reason: '换零钱', approval })),
    park: async () => void (await call('sale.park')),
    recall: async () => void (await call('sale.recall', { saleId: snapshot().parked[0]?.saleId })),
    closeShift: async (counted) => void (await call('shift.close', { counted })),
    shiftDone: async () => undefined,
    closeDay: async () => {
      const found = (await call('day.close', { approval })) as { reportId: string };
      reportId = found.reportId;
    },
    reprintReport: async () => void (await call('receipt.reprint', { receiptId: reportId })),
  };
}
