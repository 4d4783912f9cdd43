// Keeps the customer's window as it should be: open while the core has something for it and a monitor is there, closed otherwise.
import { type Bounds, isSamePlace } from './customer-place.ts';

export type CustomerWindow = { move(bounds: Bounds): void; close(): void };

export type CustomerScreenParts = {
  place(): Bounds | null;
  /** `onGone`: it was closed by somebody else. */
  open(bounds: Bounds, onGone: () => void): CustomerWindow;
  log(text: string): void;
};

export type CustomerScreen = ReturnType<typeof createCustomerScreen>;

export function createCustomerScreen({ place, open, log }: CustomerScreenParts) {
  let isWanted = false;
  let isEnded = false;
  let shown: { window: CustomerWindow; bounds: Bounds } | null = null;

  function show(bounds: Bounds): void {
    if (shown !== null) {
      if (!isSamePlace(shown.bounds, bounds)) shown.window.move(bounds);
      shown.bounds = bounds;
      return;
    }
    const window = open(bounds, () => (shown = null));
    shown = { window, bounds };
  }

  function hide(): void {
    const before = shown;
    shown = null;
    before?.window.close();
  }

  /** The till goes on whatever a second monitor does. */
  function update(): void {
    try {
      const bounds = isWanted && !isEnded ? place() : null;
      if (bounds === null) hide();
      else show(bounds);
    } catch (error) {
      log(`customer's screen: ${String(error)}`);
    }
  }

  return {
    /** A core is up: whether it has anything for such a screen. */
    wanted(isNow: boolean) {
      isWanted = isNow;
      update();
    },
    monitorsChanged: update,
    end() {
      isEnded = true;
      update();
    },
  };
}
