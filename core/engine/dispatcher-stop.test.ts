// The dispatcher at the end of its core.
import { expect, it } from 'vitest';
import { engineStage } from '../../test/core/engine-stage.ts';

it('looks at nothing any more once it is stopped: the store may be closed behind it', () => {
  const stage = engineStage();
  stage.sell();
  stage.dispatcher.stop();
  stage.store.openRows = () => {
    throw new Error('the database is closed');
  };
  stage.calls.length = 0;
  stage.dispatcher.pump();
  expect(stage.calls).toEqual([]);
  expect(stage.acquirer.asked).toEqual([]);
});
