// A receipt as bytes: time and size beside the same receipt written by hand, and beside npm's encoders.
import type { Context, Measure } from '../support/measure.ts';
import { boundedOf, comparedOf, type Outcome } from '../support/outcome.ts';
import { installPeers } from '../support/peers.ts';
import type { Encoded, ReceiptInput } from '../trials/receipt.ts';

const GOAL_ratio = 2;
const GOAL_bytes_ratio = 1.1;

/** Ours beside one other, round by round. */
function beside(ours: Encoded, other: Encoded, goal_ratio: number | null): Outcome {
  const columns = other.misplaced === 0 ? 'columns exact' : `${other.misplaced} lines misplaced`;
  return comparedOf(
    {
      measure: 'receipt',
      name: `receipt encoded, beside ${other.name}`,
      unit: 'us',
      limitName: other.name,
      goal_ratio,
      note: `${other.name}: ${other.bytes} bytes, ${columns}; ours: ${ours.bytes} bytes`,
    },
    ours.us.map((took, round) => ({ ours: [took], limit: [other.us[round] ?? Number.NaN] })),
  );
}

async function run(context: Context): Promise<Outcome[]> {
  installPeers();
  const input: ReceiptInput = { rounds: context.rounds(21) };
  const { encoded } = await context.trial<{ encoded: Encoded[] }>('receipt', input);
  const [ours, hand, ...peers] = encoded;
  if (!ours || !hand) throw new Error('the trial encoded nothing');
  const facts = { measure: 'receipt', unit: 'x' };
  return [
    beside(ours, hand, GOAL_ratio),
    boundedOf(
      { ...facts, name: 'bytes of the receipt, beside by hand', atMost: GOAL_bytes_ratio },
      ours.bytes / hand.bytes,
    ),
    boundedOf(
      { ...facts, name: 'lines whose right column is misplaced', unit: 'lines', exactly: 0 },
      ours.misplaced,
    ),
    ...peers.map((peer) => beside(ours, peer, null)),
  ];
}

export const receipt: Measure = {
  name: 'receipt',
  what: 'a receipt encoded, beside the same bytes by hand and beside four npm encoders',
  run,
};
