// Money typed on a pad, in yuan with a point, as a person says it; kept as text until it is read, and read as whole fen.

/** Nine million yuan: more than any till holds, less than the contract's own limit. */
const WHOLE_digits = 7;
const PART_digits = 2;

/** The text after one more key: a digit or the point. A key that fits nowhere changes nothing. */
export function typeAmount(text: string, key: string): string {
  const [whole = '', part] = text.split('.');
  if (key === '.') return part === undefined ? `${whole === '' ? '0' : whole}.` : text;
  if (part !== undefined) return part.length < PART_digits ? text + key : text;
  if (whole === '0') return key;
  return whole.length < WHOLE_digits ? text + key : text;
}

/** "12.3" -> 1230. An empty text is nothing at all, not zero. */
export function amountOf_fen(text: string): number | null {
  if (text === '') return null;
  const [whole = '0', part = ''] = text.split('.');
  return Number(whole) * 100 + Number(part.padEnd(PART_digits, '0'));
}

/** 1230 -> "12.30", to be typed on. */
export function textOf(amount_fen: number): string {
  const digits = String(amount_fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const notes_fen = [1_000, 2_000, 5_000, 10_000];
const HUNDRED_fen = 10_000;

/** What a customer is likely to hand over for this sum, without the exact sum: the next whole notes above it. */
export function quickAmounts_fen(due_fen: number): number[] {
  const above = notes_fen.map((note_fen) => Math.ceil(due_fen / note_fen) * note_fen);
  // And whole hundreds: the next one, and one note more.
  const hundred_fen = Math.floor(due_fen / HUNDRED_fen) * HUNDRED_fen + HUNDRED_fen;
  const amounts = [...new Set([...above, hundred_fen, hundred_fen + HUNDRED_fen])].filter(
    (amount_fen) => amount_fen > due_fen,
  );
  return amounts.toSorted((a, b) => a - b).slice(0, 4);
}

export type CashSum = { due_fen: number; rounding_fen: number; change_fen: number; isEnough: boolean };

/** What cash settles: the due sum less 抹零, and the change. The core counts again; this is only what the screen says. */
export function cashSum(sum: {
  due_fen: number;
  roundDown_fen: number;
  isRoundedDown: boolean;
  received_fen: number;
}): CashSum {
  const rounding_fen = sum.isRoundedDown ? sum.roundDown_fen : 0;
  const due_fen = sum.due_fen - rounding_fen;
  return {
    due_fen,
    rounding_fen,
    change_fen: Math.max(0, sum.received_fen - due_fen),
    isEnough: sum.received_fen >= due_fen,
  };
}
