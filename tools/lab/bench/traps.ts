// Accidents in the worst moment: as soon as the acquirer has taken the next payment and before it answers, the cable is
// pulled or the core is killed. The acquirer's answer is held back for that.
import type { GatewayControl } from '../../../fixtures/acquirers/gateway/client.ts';
import { follower, type Handlers, type Side } from './side.ts';

export type TrapName = 'cable' | 'core';
type Springs = Readonly<Record<TrapName, () => Promise<void>>>;

export type Traps = Side<{ cable: boolean; core: boolean }> & {
  /** The held answer was disarmed by other means: no trap is set any more. */
  forget(): void;
  /** The cable is plugged in by hand: it is not pulled right after that by a payment which has arrived already. */
  keepCable(): Promise<void>;
};

const words = {
  cable: {
    on: { zh: '下一笔一到收单方就拔网线', en: 'Cable goes as the next payment arrives' },
    off: { zh: '不拔了', en: 'Disarmed' },
  },
  core: {
    on: { zh: '下一笔一到收单方就杀掉核心', en: 'Core dies as the next payment arrives' },
    off: { zh: '不杀了', en: 'Disarmed' },
  },
} as const;

function handlersOf(become: (name: TrapName, isOn: boolean) => Promise<void>): Handlers {
  const handler =
    (name: TrapName): Handlers[string] =>
    async (fields) => {
      const isOn = fields['on'] === true;
      await become(name, isOn);
      return words[name][isOn ? 'on' : 'off'];
    };
  return { 'trap.cable': handler('cable'), 'trap.core': handler('core') };
}

export function openTraps(acquirer: GatewayControl, springs: Springs): Traps {
  const set = new Set<TrapName>();
  const fresh = follower(acquirer);
  let isNew = true;

  const arm = async (name: TrapName): Promise<void> => {
    if (set.size === 0) await acquirer.faults.set({ fault: 'hold', path: 'pay', count: 1 });
    set.add(name);
    isNew = true;
  };
  const disarm = async (name: TrapName): Promise<void> => {
    set.delete(name);
    isNew = true;
    if (set.size === 0) await acquirer.faults.clear('hold');
  };
  const spring = async (): Promise<void> => {
    const names = [...set];
    set.clear();
    isNew = true;
    try {
      for (const name of names) await springs[name]();
    } finally {
      // an accident that could not happen must not leave the payment held for ever
      await acquirer.release();
    }
  };
  return {
    view: () => ({ cable: set.has('cable'), core: set.has('core') }),
    handlers: handlersOf((name, isOn) => (isOn ? arm(name) : disarm(name))),
    forget: () => {
      set.clear();
      isNew = true;
    },
    keepCable: async () => {
      if (!set.has('cable')) return;
      await disarm('cable');
      if (set.size === 0) await acquirer.release();
    },
    look: async () => {
      const isHeld = fresh().some((event) => event.event === 'held' && event['path'] === 'pay');
      if (isHeld && set.size > 0) await spring();
      const was = isNew;
      isNew = false;
      return was;
    },
  };
}
