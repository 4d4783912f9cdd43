// The remedy of a failed test page is the one of the check.
import { expect, it } from 'vitest';
import { problemFinding } from './print-problem.ts';

it.each([
  ['coverOpen: cover open', 'coverOpen'],
  ['paperOut: ', 'paperOut'],
  ['cutter: error 8', 'cutterJammed'],
  ['unreachable: tcp.refused: 127.0.0.1:9100', 'printerUnreachable'],
  ['processId', null],
  ['', null],
])('%s is %s', (detail, finding) => {
  expect(problemFinding(detail)).toBe(finding);
});
