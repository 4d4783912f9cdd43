// CODE128 as symbol values and as bars (ISO/IEC 15417). Pure.

/** Values of one code set; how to switch into it is up to the writer. */
export type Segment = { set: 'B' | 'C'; values: number[] };

/** In code set C the digits 16 20 01 ... are the bytes of DLE DC4 1: they would open the drawer (16 04, 16 05 too). */
function isRealTime(digits: string): boolean {
  return /16(04|05|20)/.test(digits);
}

const setB = (text: string): Segment => ({
  set: 'B',
  values: Array.from(text, (character) => character.charCodeAt(0) - 32),
});

/** Code set C takes digits in pairs: half the width. An odd digit goes first, in set B. `data` is printable ASCII. */
export function code128Segments(data: string): Segment[] {
  if (!/^[0-9]{4,}$/.test(data) || isRealTime(data)) return [setB(data)];
  const odd = data.length % 2;
  const pairs: Segment = { set: 'C', values: (data.slice(odd).match(/../g) ?? []).map(Number) };
  return odd === 1 ? [setB(data.slice(0, 1)), pairs] : [pairs];
}

const START = { B: 104, C: 105 } as const;
const SWITCH = { B: 100, C: 99 } as const;
const STOP = 106;
const CHECK_MODULUS = 103;

/** Everything that is drawn: start, data with its switches, check, stop. */
export function code128Values(segments: readonly Segment[]): number[] {
  const values = segments.flatMap(({ set, values: own }, index) => [
    index === 0 ? START[set] : SWITCH[set],
    ...own,
  ]);
  const sum = values.reduce((total, value, position) => total + value * Math.max(1, position), 0);
  return [...values, sum % CHECK_MODULUS, STOP];
}

/** Modules of a symbol: eleven a value, thirteen the stop, without the quiet zones. */
export const code128Width = (values: readonly number[]): number => values.length * 11 + 2;

/** Bar and space widths by value, three of each; the first bar is even (ISO/IEC 15417 table 1). */
const widths = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'
).split(' ');

/** One row of modules, true is a bar. */
export function code128Modules(values: readonly number[]): boolean[] {
  const all = values.map((value) => widths[value] ?? '').join('');
  return Array.from(all).flatMap((width, index) =>
    Array.from({ length: Number(width) }, () => index % 2 === 0),
  );
}
