// The cable between till and acquirer: pulled, plugged, swallowing, slow.
import type { ForwarderProcess } from '../../../fixtures/network/spawn.ts';
import type { NetworkView } from '../../../fixtures/lab/shared/view.ts';
import type { Side } from './side.ts';

/** Longer than the lab's connection limit allows three round trips, shorter than its answer limit. */
const SLOW_ms = 400;

export type NetworkSide = Side<Omit<NetworkView, 'cutsNextPayment'>> & { pull(): Promise<void> };

export function openNetworkSide(network: ForwarderProcess): NetworkSide {
  let state: NetworkView['state'] = 'plugged';
  let isNew = true;
  const become = (next: NetworkView['state']): void => {
    state = next;
    isNew = true;
  };
  const pull = async (): Promise<void> => {
    await network.restore();
    await network.cut();
    become('pulled');
  };
  return {
    view: () => ({ state }),
    pull,
    handlers: {
      'network.plug': async () => {
        await network.restore();
        become('plugged');
        return { zh: '网线已插上', en: 'Cable plugged in' };
      },
      'network.pull': async () => {
        await pull();
        return { zh: '网线已拔掉', en: 'Cable pulled' };
      },
      'network.blackHole': async () => {
        await network.restore();
        await network.stall();
        become('blackHole');
        return { zh: '包都石沉大海', en: 'Packets vanish' };
      },
      'network.slow': async () => {
        await network.restore();
        await network.delay(SLOW_ms);
        become('slow');
        return { zh: `单程慢 ${SLOW_ms} 毫秒`, en: `${SLOW_ms} ms slower each way` };
      },
    },
    look: () => {
      const was = isNew;
      isNew = false;
      return was;
    },
  };
}
