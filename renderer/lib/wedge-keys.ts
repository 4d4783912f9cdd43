// What a scanner means by a key: by its place on an American keyboard, which is what scanners pretend to be. `key` would be
// changed by CapsLock, by another layout and by a Chinese input method; `code` is not.

const plain: Readonly<Record<string, string>> = {
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Comma: ',',
  Period: '.',
  Slash: '/',
  Backquote: '`',
  NumpadDivide: '/',
  NumpadMultiply: '*',
  NumpadSubtract: '-',
  NumpadAdd: '+',
  NumpadDecimal: '.',
};

const shifted: Readonly<Record<string, string>> = {
  Minus: '_',
  Equal: '+',
  BracketLeft: '{',
  BracketRight: '}',
  Backslash: '|',
  Semicolon: ':',
  Quote: '"',
  Comma: '<',
  Period: '>',
  Slash: '?',
  Backquote: '~',
};
const shiftedDigits = ')!@#$%^&*(';

const suffixes = new Set(['Enter', 'NumpadEnter', 'Tab']);

export const isSuffixCode = (code: string): boolean => suffixes.has(code);

/** Null: no part of a code. The space bar is none: it presses buttons, and no goods barcode has a space. */
export function scannedText(code: string, isShift: boolean): string | null {
  const [, digit, padDigit, letter] = /^(?:Digit(\d)|Numpad(\d)|Key([A-Z]))$/.exec(code) ?? [];
  if (digit !== undefined) return isShift ? (shiftedDigits[Number(digit)] ?? null) : digit;
  if (padDigit !== undefined) return padDigit;
  if (letter !== undefined) return isShift ? letter : letter.toLowerCase();
  return (isShift ? shifted[code] : undefined) ?? plain[code] ?? null;
}
