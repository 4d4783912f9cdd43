// `yima report show` of a till that was really restored: in words while in quarantine, with name and reason once confirmed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDrivenTill } from '../../fixtures/databases/till.ts';
import { makeRestoredState, type RestoredState } from '../../test/e2e/restored-state.ts';

const root = resolve(import.meta.dirname, '../..');
const reason = '与账单和小票核对，相符';

let directory = '';
let state = '';
let made: RestoredState;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-restored-'));
  state = join(directory, 'state');
  made = makeRestoredState(state);
  const till = openDrivenTill(state);
  till.engine.post({ kind: 'reportTaken', operatorId: 'chen', at_ms: 1_795_000_000_000 });
  till.engine.ask({ kind: 'restoreConfirmed', operatorId: 'chen', reason });
  till.engine.post({ kind: 'dayClosed', operatorId: 'chen', at_ms: 1_795_000_100_000 });
  till.engine.post({ kind: 'dayClosed', operatorId: 'chen', at_ms: 1_795_000_200_000 });
  till.close();
});
afterAll(() => rmSync(directory, { recursive: true }));

function show(number: string): string {
  const args = [join(root, 'tools/yima.ts'), 'report', 'show', number, '--state', state];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  return run.stdout;
}

it('says what was lost and that it is in quarantine; then who confirmed and why; then no more', () => {
  const { first, last } = made.lost;
  const [number, happened, end] = show('X100001').split('\n');
  expect(number).toBe('X100001');
  expect(happened).toMatch(/^RESTORED FROM A BACKUP at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, up to record \d+; /);
  expect(happened).toContain(`up to record ${first - 1}; records ${first} to ${last} were lost`);
  expect(end).toMatch(/^IN QUARANTINE: /);
  const sealed = show('Z100001');
  expect(sealed).not.toContain('QUARANTINE');
  expect(sealed.split('\n')[2]).toMatch(/^confirmed by chen at .*: 与账单和小票核对，相符$/);
  expect(show('Z100002')).not.toContain('RESTORED');
});
