// The acquirer of a main scan in a few tables: what a request does to a presented order, and what it answers. More than one row: it may do
// either. Two families: one can end a code at once, the other can only let it run out.
export type Family = 'ends' | 'lasts';

/** `open`: its code exists. `scanned`: somebody is paying. `fresh`: paid so lately that a copy of the books may not have it yet. */
export type ShownOrder = 'none' | 'open' | 'scanned' | 'fresh' | 'paid' | 'closed' | 'ended';

/** The adapter's closing is two calls: `look` follows a refused close, `wary` one whose answer leaves room for a payment. */
export type ShownRequest = 'present' | 'query' | 'close' | 'look' | 'wary';

export type ShownAnswer =
  | 'code'
  | 'noCode'
  | 'odd'
  | 'saidPaid'
  | 'approved'
  | 'declined'
  | 'awaiting'
  | 'processing'
  | 'closed'
  | 'refused'
  | 'doubtful'
  | 'lookPaid'
  | 'lookDead'
  | 'lookOpen'
  | 'waryOpen';

export type ShownOutcome = { order: ShownOrder; answer: ShownAnswer; isFault: boolean };

function may(order: ShownOrder, answer: ShownAnswer, isFault = false): ShownOutcome {
  return { order, answer, isFault };
}

const present: Record<ShownOrder, ShownOutcome[]> = {
  none: [
    may('open', 'code'),
    may('open', 'odd', true),
    may('none', 'odd', true),
    may('none', 'noCode', true),
  ],
  open: [may('open', 'code'), may('open', 'odd', true)],
  scanned: [may('scanned', 'code'), may('scanned', 'odd', true)],
  fresh: [may('fresh', 'odd'), may('fresh', 'saidPaid')],
  paid: [may('paid', 'odd'), may('paid', 'saidPaid')],
  closed: [may('closed', 'noCode')],
  ended: [may('ended', 'noCode')],
};

function found(order: ShownOrder, family: Family): ShownAnswer[] {
  switch (order) {
    case 'none':
    case 'open':
      return ['processing'];
    case 'scanned':
      return ['awaiting', 'processing'];
    case 'fresh':
      return ['approved', 'processing'];
    case 'paid':
      return ['approved'];
    case 'closed':
      return ['declined'];
    // A code that nobody scanned is no order there, before its end and after it.
    case 'ended':
      return family === 'ends' ? ['declined'] : ['processing'];
  }
}

const lookOf: Partial<Record<ShownAnswer, 'lookPaid' | 'lookDead'>> = {
  approved: 'lookPaid',
  declined: 'lookDead',
};

function close(order: ShownOrder, family: Family): ShownOutcome[] {
  switch (order) {
    case 'none':
    case 'open':
      return family === 'ends'
        ? [may('closed', 'closed'), may(order, 'doubtful', true)]
        : [may(order, 'refused')];
    case 'scanned':
      return [may('closed', 'closed'), may('scanned', 'doubtful')];
    case 'fresh':
    case 'paid':
      return [may(order, 'doubtful')];
    case 'closed':
      return [may('closed', 'closed')];
    case 'ended':
      return family === 'ends' ? [may('closed', 'closed')] : [may('ended', 'refused')];
  }
}

/** `isLate`: the code has ended by the acquirer's clock, so that no order is made any more. */
export function shownOutcomes(
  request: ShownRequest,
  order: ShownOrder,
  family: Family,
  isLate: boolean,
): ShownOutcome[] {
  switch (request) {
    case 'present':
      return order === 'none' && isLate ? [may('ended', 'noCode')] : present[order];
    case 'query':
      return found(order, family).map((answer) => may(order, answer));
    case 'close':
      return close(order, family);
    case 'look':
    case 'wary': {
      const open = request === 'look' ? 'lookOpen' : 'waryOpen';
      return found(order, family).map((answer) => may(order, lookOf[answer] ?? open));
    }
  }
}
