// Each fault key says something that the simulator understands, and finds itself again among what is armed.
import { expect, test } from 'vitest';
import { Faults } from '../../../fixtures/acquirers/gateway/faults.ts';
import { faultOf, labFaults } from './fault-list.ts';

test('every fault can be armed for one call and for all, and its own key lights up', () => {
  const faults = new Faults();
  for (const { id, request } of labFaults) {
    for (const armed of [faults.set({ ...request, count: 1 }), faults.set(request)]) {
      expect(faultOf(armed)?.id).toBe(id);
    }
  }
});

test('what a trap armed lights up no key', () => {
  expect(faultOf({ fault: 'hold', path: 'pay', count: 1 })).toBeNull();
});
