// Who is asked about a code that no rule knows: only who says that it recognises codes, and never about a wallet that it does not take.
import { expect, it } from 'vitest';
import { detectorFor, type DetectingRoute, type Detector } from './detection.ts';

const CODE = '7100000000000000';
const good = { autoDetect: true, isGood: true };
const down = { autoDetect: true, isGood: false };
const silent = { autoDetect: false, isGood: true };
const first: Detector = { routeId: 'first', withheld: [] };
const second: Detector = { routeId: 'second', withheld: [] };
const withheld = [{ scheme: 'HEBAO', pattern: '^71\\d{14}$', deferrable: true }];

it.each<[string, Detector[], Record<string, DetectingRoute>, string | null]>([
  ['nobody detects', [], {}, null],
  ['one does', [first], { first: good }, 'first'],
  ['its echo does not say so', [first], { first: silent }, null],
  ['two do: the first', [first, second], { first: good, second: good }, 'first'],
  ['the first does not say so', [first, second], { first: silent, second: good }, 'second'],
  ['the first is down', [first, second], { first: down, second: good }, 'second'],
  [
    'all are down: the first, whose line is said to be down',
    [first, second],
    { first: down, second: down },
    'first',
  ],
  ['a wallet that the route does not take', [{ ...first, withheld }], { first: good }, null],
  ['that the first does not take', [{ ...first, withheld }, second], { first: good, second: good }, 'second'],
])('%s', (_name, detectors, routes, expected) => {
  expect(detectorFor(CODE, detectors, (routeId) => routes[routeId] ?? silent)).toBe(expected);
});

it.each([
  // The example of GB 11643 itself ends in X; this is the next one.
  ['an identity number', '110105194912310038', null],
  ['one digit of it read wrongly', '110105194912310037', 'first'],
  ['no day of birth in it', '110105194913310038', 'first'],
])('%s', (_name, code, expected) => {
  expect(detectorFor(code, [first], () => good)).toBe(expected);
});
