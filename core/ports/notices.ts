// What the core hears of an acquirer's notices, which reach a till only through a merchant's own relay (docs/notices.md).

/** What one notice comes to. It never says that something is paid: the most it can do is make the till ask sooner. */
export type NoticeRead =
  /** Believed, and about this order; whose it is, and whether the amount is ours, is for the core to say. */
  | { kind: 'named'; orderNumber: string; amount_fen: number }
  /** Not to be believed, or not about us: counted, shown to the technician, and nothing else. */
  | { kind: 'problem'; problem: string }
  /** What an acquirer sends to try us. */
  | { kind: 'trial' };

export type RelayEvent =
  /** Empty: there was none for as long as the relay waits. */
  { kind: 'heard'; notices: readonly NoticeRead[] } | { kind: 'away'; cause: string };

export interface NoticeSource {
  /** Asks the relay once, which may let us wait; posts exactly one event, unless it is closed before. */
  ask(post: (event: RelayEvent) => void): void;
  /** Gives up what is under way. Resolves when nothing is any more. */
  close(): Promise<void>;
}
