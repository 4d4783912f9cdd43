import { describe, expect, it } from 'vitest';
import { type Bounds, customerPlace } from './customer-place.ts';
import { createCustomerScreen } from './customer-screen.ts';

const left = { x: 0, y: 0, width: 1280, height: 800 };
const right = { x: 1280, y: 0, width: 1024, height: 768 };

describe('the place of the customer’s screen', () => {
  const cashiers = { id: 7, bounds: left };

  it('is the monitor that the cashier does not have', () => {
    expect(customerPlace([{ id: 3, bounds: right }, cashiers], cashiers, false)).toEqual(right);
  });

  it('is nowhere on a till with one monitor, unless it is asked for', () => {
    expect(customerPlace([cashiers], cashiers, false)).toBeNull();
    expect(customerPlace([cashiers], cashiers, true)).toEqual({ x: 0, y: 0, width: 1024, height: 600 });
  });
});

function fixture() {
  const seen: string[] = [];
  const gone: (() => void)[] = [];
  let place: Bounds | null | 'broken' = right;
  const screen = createCustomerScreen({
    place: () => {
      if (place === 'broken') throw new Error('no monitors now');
      return place;
    },
    open: ({ x, width }, onGone) => {
      seen.push(`open ${x} ${width}`);
      gone.push(onGone);
      return {
        move: (bounds) => void seen.push(`move ${bounds.x} ${bounds.width}`),
        close: () => void seen.push('close'),
      };
    },
    log: (text) => void seen.push(text),
  });
  const put = (next: typeof place) => {
    place = next;
    screen.monitorsChanged();
  };
  return { screen, seen, put, gone };
}

describe('the customer’s window', () => {
  it('opens when the core has something for it, not before, and not twice', () => {
    const { screen, seen } = fixture();
    screen.monitorsChanged();
    screen.wanted(true);
    screen.wanted(true);
    screen.monitorsChanged();
    expect(seen).toEqual(['open 1280 1024']);
  });

  it('goes and comes with its monitor, and follows its size', () => {
    const { screen, seen, put } = fixture();
    screen.wanted(true);
    put({ ...right, width: 1920 });
    put(null);
    put(right);
    expect(seen).toEqual(['open 1280 1024', 'move 1280 1920', 'close', 'open 1280 1024']);
  });

  it('closes when a new core has nothing for it, and at the end for good', () => {
    const { screen, seen } = fixture();
    screen.wanted(true);
    screen.wanted(false);
    screen.wanted(true);
    screen.end();
    screen.wanted(true);
    screen.monitorsChanged();
    expect(seen).toEqual(['open 1280 1024', 'close', 'open 1280 1024', 'close']);
  });

  it('that somebody else closed is opened again at the next change, and never closed twice', () => {
    const { screen, seen, put, gone } = fixture();
    screen.wanted(true);
    gone[0]?.();
    put(null);
    put(right);
    expect(seen).toEqual(['open 1280 1024', 'open 1280 1024']);
  });

  it('never throws into the till, whatever the monitors do', () => {
    const { screen, seen, put } = fixture();
    screen.wanted(true);
    put('broken');
    put(right);
    expect(seen).toEqual(['open 1280 1024', "customer's screen: Error: no monitors now"]);
  });
});
