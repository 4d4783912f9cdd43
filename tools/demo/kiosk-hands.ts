// The cashier's hands at the real kiosk: every action by its key on the glass, or by its key on the keyboard.
import type { Page } from 'playwright';
import type { DayHands, Manager } from './hands.ts';
import type { Cashier } from './stage.ts';

/** `touch`: fingers on keys drawn on the glass; `keys`: a keyboard and nothing else. */
export type HandKind = 'touch' | 'keys';

const yuan = (amount_fen: number): string => (amount_fen / 100).toFixed(2);

export class KioskHands {
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

  /** The key, and then the question that it opens: answered by the same key. */
  async useAndConfirm(label: string, yes: string, key: string): Promise<void> {
    await this.use(label, key);
    const button = this.#page.getByRole('alertdialog').getByRole('button', { name: yes });
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

  /** `place`: where the name stands among the operators, from 0; the keyboard goes there by arrows. */
  async signIn(operator: { name: string; pin: string; place: number }): Promise<void> {
    const name = this.#page.getByRole('button', { name: operator.name }).first();
    await name.waitFor();
    if (this.#kind === 'touch') await name.click();
    else for (let step = 0; step < operator.place; step += 1) await this.#page.keyboard.press('ArrowDown');
    await this.sees(`${operator.name} 的密码`);
    await this.type(operator.pin);
    await this.use('登录', 'Enter');
  }
}

export function kioskCashier(hands: KioskHands, operator: { name: string; pin: string }): Cashier {
  return {
    signIn: () => hands.signIn({ ...operator, place: 0 }),
    tender: () => hands.use('收款', 'Enter'),
    giveUp: () => hands.useAndConfirm('放弃并撤销', '放弃并撤销', 'F9'),
    cancelSale: () => hands.useAndConfirm('取消整单', '取消整单', 'F9'),
    next: () => hands.use('下一单', 'Enter'),
  };
}

async function approve(hands: KioskHands, manager: Manager): Promise<void> {
  await hands.sees('请店长同意');
  await hands.type(manager.pin);
  await hands.use('同意', 'Enter');
}

async function takeCash(hands: KioskHands, received_fen: number, roundDown: boolean): Promise<void> {
  await hands.sees('现金收款');
  if (roundDown) await hands.use('抹零', 'F4');
  await hands.type(yuan(received_fen));
  await hands.use('确认收款', 'Enter');
}

const errandKeys = { 开钱箱: '4', 交班: '5', 日结: '7' } as const;

async function errand(hands: KioskHands, label: keyof typeof errandKeys): Promise<void> {
  await hands.use('更多', 'F6');
  await hands.use(label, errandKeys[label]);
}

type AtTheCounter =
  | 'cash'
  | 'cashInstead'
  | 'walletPart'
  | 'showCode'
  | 'closeCode'
  | 'park'
  | 'recall'
  | 'returnGoods'
  | 'returnDone';

function counterHands(hands: KioskHands, manager: Manager): Pick<DayHands, AtTheCounter> {
  return {
    cash: async (received_fen, { roundDown }) => {
      await hands.use('现金', 'F5');
      await takeCash(hands, received_fen, roundDown);
    },
    cashInstead: async (received_fen) => {
      await hands.useAndConfirm('现金', '改收现金', 'F5');
      await takeCash(hands, received_fen, false);
    },
    walletPart: async (amount_fen) => {
      await hands.use('部分金额', 'F4');
      await hands.sees('这次扫码收');
      await hands.type(yuan(amount_fen));
      await hands.use('确定', 'Enter');
    },
    showCode: async ({ label, place }) => {
      await hands.use('收款码', 'F6');
      await hands.sees('用哪个钱包的收款码');
      await hands.use(label, String(place));
    },
    closeCode: async () => hands.useAndConfirm('关闭收款码', '关闭收款码', 'F9'),
    park: async () => hands.use('挂单', 'F3'),
    recall: async () => {
      await hands.use('取单', 'F3');
      await hands.sees('取回哪一单');
      await hands.use('取单', 'Enter');
    },
    returnGoods: async (what) => {
      await hands.sees('退回金额');
      if (what === 'all') await hands.use('全部', 'F4');
      else await hands.use('+', '+');
      await hands.use('确认退货', 'Enter');
      await hands.use('质量问题', '2');
      await approve(hands, manager);
    },
    returnDone: async () => hands.use('完成', 'Enter'),
  };
}

export function kioskHands(hands: KioskHands, manager: Manager): DayHands {
  return {
    ...counterHands(hands, manager),
    openShift: async (float_fen) => {
      await hands.sees('备用金');
      await hands.type(yuan(float_fen));
      await hands.use('开班', 'Enter');
    },
    openDrawer: async () => {
      await errand(hands, '开钱箱');
      await hands.use('换零钱', '1');
      await approve(hands, manager);
    },
    closeShift: async (counted) => {
      await errand(hands, '交班');
      await hands.sees('交班点数');
      for (const { count } of counted) {
        if (count > 0) await hands.type(String(count));
        await hands.use('下一种', 'Enter');
      }
      await hands.useAndConfirm('点好了', '交班', 'F5');
      await hands.sees('已交班');
    },
    shiftDone: async () => hands.use('完成', 'Enter'),
    closeDay: async () => {
      await errand(hands, '日结');
      await hands.use('日结', 'Enter');
      await hands.use('日结，封账', 'F5');
      await approve(hands, manager);
      await hands.sees('已日结，账已封好');
    },
    reprintReport: async () => {
      await hands.use('重印报表', 'F5');
      await approve(hands, manager);
    },
  };
}
