// What the world has been told before a moment: heads of the journal that a screen was shown, requests that left for the
// acquirer, papers and drawer pulses. None of it may be unknown to the disk, whenever the power goes.
import { z } from 'zod';
import type { Entry } from './log.ts';

export type Told = {
  head: { sequence: number; shortHash: string };
  /** Order numbers of authorizations that left. */
  authorized: ReadonlySet<string>;
  /** Order numbers of voids that left, whether they give back or give up. */
  voided: ReadonlySet<string>;
  /** Request numbers of refunds that left. */
  refunded: ReadonlySet<string>;
  /** Numbers on papers that began to come out. */
  papers: ReadonlySet<string>;
  pulses: number;
};

const noteSchema = z.object({
  path: z.string(),
  order: z.string().optional(),
  refund: z.string().optional(),
});

const HEAD = /"journal":\{"sequence":(\d+),"shortHash":"([0-9a-f]+)"\}/g;
/** 号 No. in GB 18030, as on every paper, and its number as far as the next blank or command. */
const PAPER_NUMBER = /\xba\xc5 No\. +([0-9A-Z]+)[\s\x1b\x1d]/g;
const DRAWER_PULSE = /\x1bp/g;
/** A text is looked for again with so much of what came before it. */
const CARRY_bytes = 200;

export class Witness {
  /** Grows whenever something new was told. */
  version = 0;
  readonly #printerPort: number;
  #head: Told['head'];
  readonly #authorized = new Set<string>();
  readonly #voided = new Set<string>();
  readonly #refunded = new Set<string>();
  readonly #papers = new Set<string>();
  #pulses = 0;
  readonly #carried = new Map<number, string>();

  /** `head`: of a journal that was there before. */
  constructor(printerPort: number, head: Told['head']) {
    this.#printerPort = printerPort;
    this.#head = head;
  }

  get told(): Told {
    return {
      head: this.#head,
      authorized: this.#authorized,
      voided: this.#voided,
      refunded: this.#refunded,
      papers: this.#papers,
      pulses: this.#pulses,
    };
  }

  take(entry: Entry): void {
    if (entry.kind === 'noted') this.#note(entry.bytes.toString('utf8'));
    if (entry.kind !== 'sent') return;
    const text = entry.bytes.toString('latin1');
    const before = this.#carried.get(entry.inode) ?? '';
    this.#carried.set(entry.inode, (before + text).slice(-CARRY_bytes));
    if (entry.port === 0) this.#hearHead(before + text);
    if (entry.port === this.#printerPort) this.#hearPrinter(before, text);
  }

  #note(line: string): void {
    const { path, order, refund } = noteSchema.parse(JSON.parse(line));
    if (path.endsWith('/pay') && order !== undefined) this.#authorized.add(order);
    if (path.endsWith('/voidpayment') && order !== undefined) this.#voided.add(order);
    if (path.endsWith('/refund') && refund !== undefined) this.#refunded.add(refund);
    this.version += 1;
  }

  #hearHead(text: string): void {
    for (const [, sequence, shortHash = ''] of text.matchAll(HEAD)) {
      if (Number(sequence) <= this.#head.sequence) continue;
      this.#head = { sequence: Number(sequence), shortHash };
      this.version += 1;
    }
  }

  #hearPrinter(before: string, text: string): void {
    for (const [, number = ''] of (before + text).matchAll(PAPER_NUMBER)) this.#papers.add(number);
    // A pulse that lies across two sends ends in the second.
    this.#pulses += (before.slice(-1) + text).match(DRAWER_PULSE)?.length ?? 0;
    this.version += 1;
  }
}
