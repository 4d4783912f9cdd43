// The drawer tried out: how it ended stays known, and it ends whatever else opens the drawer meanwhile.
import { expect, it } from 'vitest';
import { engineStage } from '../../test/core/engine-stage.ts';
import { createDrawerTest } from './part-tests.ts';

function begun() {
  const { engine } = engineStage();
  const test = createDrawerTest(engine);
  expect(test.view().state).toBe('none');
  expect(test.start('wu')).toBeNull();
  const end = () => {
    const openId = engine.state.drawer?.openId ?? '';
    engine.post({ kind: 'drawerEnded', openId, outcome: 'opened', detail: '' });
  };
  const openAgain = () =>
    engine.post({ kind: 'drawerAsked', cause: 'noSale', operatorId: 'lin', approverId: 'lin', reason: '' });
  return { test, end, openAgain };
}

it('is done when its own pulse left, and stays so when the drawer opens again', () => {
  const { test, end, openAgain } = begun();
  expect(test.view().state).toBe('running');
  end();
  expect(test.view()).toEqual({ state: 'done', detail: 'opened' });
  openAgain();
  expect(test.view().state).toBe('done');
});

it('ends unsure when the drawer was opened again before its own end was seen', () => {
  const { test, openAgain } = begun();
  openAgain();
  expect(test.view().state).toBe('unsure');
});
