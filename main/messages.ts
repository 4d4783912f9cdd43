// What main and the core process say to each other. Frames are opaque here: main relays them and reads none.

/** Channel between page and main: the page asks for its port and shows that it lives; main answers with a port. */
export const PAGE_CHANNEL = 'yima:page';

/** Which screen a page is on: the till's own, or the customer's. */
export type Screen = 'counter' | 'customer';

/** Main -> core. A utility process gets the page's port with `open`; a Node child gets frames instead. */
export type ToCore =
  | { connection: number; open: true; screen: Screen }
  | { connection: number; frame: string }
  | { connection: number; close: true }
  | { beat: number };

/** Core -> main. `ready` once, when connections are served, and whether there is anything for a customer's screen; `beat` returns the number it was sent. */
export type FromCore =
  | { ready: true; hasCustomerScreen: boolean }
  | { connection: number; frame: string }
  | { connection: number; close: true }
  | { beat: number };

function hasNumber<Key extends string>(value: object, key: Key): value is Record<Key, number> {
  return typeof (value as Record<string, unknown>)[key] === 'number';
}

/** The message of a core, or null for anything else: another process is not trusted to keep to its types. */
export function readFromCore(value: unknown): FromCore | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('ready' in value) {
    return {
      ready: true,
      hasCustomerScreen: 'hasCustomerScreen' in value && value.hasCustomerScreen === true,
    };
  }
  if (hasNumber(value, 'beat')) return { beat: value.beat };
  if (!hasNumber(value, 'connection')) return null;
  const { connection } = value;
  if ('frame' in value && typeof value.frame === 'string') return { connection, frame: value.frame };
  return 'close' in value ? { connection, close: true } : null;
}
