// Where the customer's screen is: the first monitor that is not the cashier's. Pure.

export type Bounds = { x: number; y: number; width: number; height: number };
type Monitor = { id: number; bounds: Bounds };

/** Beside the kiosk's own pixels nobody sees it: for trying out and for tests. */
const TRIAL_size = { width: 1024, height: 600 };

/** Null: there is no monitor for it. `isForced`: then a window on the cashier's own. */
export function customerPlace(
  monitors: readonly Monitor[],
  primary: Monitor,
  isForced: boolean,
): Bounds | null {
  const other = monitors.find(({ id }) => id !== primary.id);
  if (other !== undefined) return other.bounds;
  const { x, y } = primary.bounds;
  return isForced ? { x, y, ...TRIAL_size } : null;
}

export function isSamePlace(one: Bounds, other: Bounds): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
}
