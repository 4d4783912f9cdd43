// A scanner on its wire: bytes in pieces, codes read twice, two codes in one breath, noise; cut into frames by the real framer.
import type { ScannerEvent } from '../../../core/ports/scanner.ts';
import { Framer } from '../../../drivers/scanner/framing.ts';
import type { Chance } from '../../month/random.ts';
import type { Plan } from './plan.ts';
import type { Time } from './time.ts';

export type ScannerDependencies = {
  time: Time;
  chance: Chance;
  weights: Plan['scanner'];
  saw(kind: string): void;
  story(text: string): void;
  /** Where frames go: the life of the core that is there when they come. */
  post(event: ScannerEvent): void;
};

export class ScannerModel {
  readonly #deps: ScannerDependencies;
  #framer = new Framer({ kind: 'line' });
  isCalm = false;
  #isUnplugged = false;

  constructor(deps: ScannerDependencies) {
    this.#deps = deps;
  }

  #happens(trouble: keyof Plan['scanner']): boolean {
    const { chance, weights, saw, story } = this.#deps;
    if (this.isCalm || !chance.happens(weights[trouble])) return false;
    saw(`scanner.${trouble}`);
    story(`[${trouble}]`);
    return true;
  }

  /** A person holds this code under it. True when it was read as it is. */
  scan(text: string): boolean {
    this.#deps.story(`is held over ${text}`);
    if (this.#happens('unplug')) this.#unplug();
    if (this.#isUnplugged) return false;
    if (this.#happens('garbage')) this.#send(Buffer.from([0xff, 0x00, 0x1b, 0x5b, 0x41, 0x0d]));
    if (this.#happens('merge')) {
      this.#send(Buffer.from(`${text}${text}\r`));
      return false;
    }
    this.#send(Buffer.from(`${text}\r\n`));
    if (this.#happens('double'))
      this.#deps.time.after(this.#deps.chance.whole(1, 900), () => this.#send(Buffer.from(`${text}\r`)));
    return true;
  }

  /** In one piece at once, or in several, some of them later. */
  #send(bytes: Buffer): void {
    if (!this.#happens('stutter')) return this.#arrive(bytes);
    const cut = this.#deps.chance.whole(1, bytes.length - 1);
    this.#arrive(bytes.subarray(0, cut));
    this.#deps.time.after(this.#deps.chance.whole(1, 60), () => this.#arrive(bytes.subarray(cut)));
  }

  #arrive(bytes: Buffer): void {
    if (this.#isUnplugged) return;
    for (const frame of this.#framer.push(bytes, this.#deps.time.now_ms()))
      this.#deps.post({ kind: 'frame', scannerId: 'counter', ...frame });
  }

  #unplug(): void {
    const { time, chance, post, story } = this.#deps;
    this.#isUnplugged = true;
    const fault = { code: 'UNPLUGGED', retry: 'safe', detail: 'ENODEV' } as const;
    post({ kind: 'status', scannerId: 'counter', state: 'down', fault });
    time.after(chance.whole(500, 40_000), () => {
      this.#isUnplugged = false;
      story('is plugged in again');
      this.#framer = new Framer({ kind: 'line' });
      post({ kind: 'status', scannerId: 'counter', state: 'ready', fault: null });
    });
  }
}
