// Which scanner of this process has which HID device. The kernel gives each report to everybody who has the device open: two scanners on
// one device would count every scan twice, and a second device of that model would stay unread.
import { realpath } from 'node:fs/promises';
import { type FoundHid, type HidTarget, isMeant } from './hid-target.ts';

export type HidUser = {
  target: HidTarget;
  /** Lets go of its device, for one that means it more exactly; it looks for another one then. */
  giveUp(): void;
};

/** Three ways to mean a device; who says it more exactly goes first. */
function exactness({ path, serial }: HidTarget): number {
  if (path !== undefined) return 2;
  return serial === undefined ? 0 : 1;
}

/** A name of udev's stands for another node after each plugging in, or for none. */
async function nodeOf({ path }: HidTarget): Promise<string | null> {
  if (path === undefined) return null;
  try {
    return await realpath(path);
  } catch {
    return null;
  }
}

export class HidUsers {
  readonly #users = new Set<HidUser>();
  readonly #holders = new Map<string, HidUser>();

  /** From its making on, so that what it means by its path or serial number is left to it whoever starts first. */
  join(user: HidUser): void {
    this.#users.add(user);
  }

  leave(user: HidUser): void {
    this.#users.delete(user);
  }

  /** The first of these devices that it may have is its own from now on, until `free`; null: others have them all. Never rejects. */
  async take(user: HidUser, devices: readonly FoundHid[]): Promise<FoundHid | null> {
    const rank = exactness(user.target);
    const before = [...this.#users].filter((other) => exactness(other.target) > rank);
    const nodes = await Promise.all(before.map((other) => nodeOf(other.target)));
    // No waiting from here on: two scanners that look at the same time must not take the same device.
    const isLeftTo = (other: HidUser, index: number, { path, device }: FoundHid): boolean => {
      if (other.target.path !== undefined) return nodes[index] === path;
      // One that has its device already needs no other of the same serial number: some models have one for all.
      return device !== null && isMeant(other.target, device) && !this.#has(other);
    };
    const found = devices.find(
      (one) => !this.#holders.has(one.path) && !before.some((other, index) => isLeftTo(other, index, one)),
    );
    if (found !== undefined) {
      this.#holders.set(found.path, user);
      return found;
    }
    // A name of udev's comes a moment after its node, which somebody may have taken by numbers: it is free at our next look.
    const holders = devices.flatMap(({ path }) => this.#holders.get(path) ?? []);
    holders.find((holder) => exactness(holder.target) < rank)?.giveUp();
    return null;
  }

  free(user: HidUser, path: string): void {
    if (this.#holders.get(path) === user) this.#holders.delete(path);
  }

  #has(user: HidUser): boolean {
    return [...this.#holders.values()].includes(user);
  }
}
