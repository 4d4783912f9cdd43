// What the cashier does in the course of a day, beyond selling; here by the control socket, in kiosk-hands.ts by the kiosk's keys.
import type { Snapshot } from '../../contract/snapshot.ts';
import type { CommandName } from '../../contract/commands.ts';

export type CountedPiece = { value_fen: number; count: number };

/** `place`: among the wallets offered, from 1. */
export type CodeChoice = { routeId: string; label: string; place: number };

export type DayHands = {
  openShift(float_fen: number): Promise<void>;
  cash(received_fen: number, options: { roundDown: boolean }): Promise<void>;
  /** Cash though a wallet payment is in doubt: confirms that it is given up first. */
  cashInstead(received_fen: number): Promise<void>;
  walletPart(amount_fen: number): Promise<void>;
  /** Main scan, where the till has codes of several routes. */
  showCode(choice: CodeChoice): Promise<void>;
  closeCode(): Promise<void>;
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

export type Manager = { id: string; name: string; pin: string };

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
    showCode: async ({ routeId }) => void (await call('payment.present', { routeId })),
    closeCode: async () => {
      const attemptId = snapshot().sale?.payments.at(-1)?.attemptId;
      await call('payment.giveUp', { attemptId });
    },
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
    openDrawer: async () =>
      void (await call('drawer.open', { reason: '换零钱', after: snapshot().counts.drawerOpens, approval })),
    park: async () => void (await call('sale.park')),
    recall: async () => void (await call('sale.recall', { saleId: snapshot().parked[0]?.saleId })),
    closeShift: async (counted) => void (await call('shift.close', { counted })),
    shiftDone: async () => undefined,
    closeDay: async () => {
      const found = (await call('day.close', { zNumber: snapshot().counts.zNumber, approval })) as {
        reportId: string;
      };
      reportId = found.reportId;
    },
    reprintReport: async () => void (await call('receipt.reprint', { receiptId: reportId, approval })),
  };
}
