// The acquirer's simulator on the bench: which faults it is armed with, and the customer's and the bank's word.
import type { GatewayControl } from '../../../fixtures/acquirers/gateway/client.ts';
import type { ActiveFault } from '../../../fixtures/acquirers/gateway/faults.ts';
import type { AcquirerView } from '../../../fixtures/lab/shared/view.ts';
import { faultOf, labFaults } from './fault-list.ts';
import { BenchRefused, follower, type Handlers, type Side } from './side.ts';

function armedOf(fault: ActiveFault): AcquirerView['armed'][number] {
  const left = fault.count === undefined ? null : fault.count - fault.hits;
  return {
    armedId: fault.id,
    faultId: faultOf(fault)?.id ?? null,
    name: fault.fault,
    path: fault.path,
    left,
  };
}

/** Undecided: nothing that the customer or the bank could decide is a refusal in words, not a defect. */
async function decided(word: Promise<unknown>): Promise<void> {
  try {
    await word;
  } catch (error) {
    throw new BenchRefused({
      zh: '现在没有什么要决定',
      en: `Nothing to decide: ${(error as Error).message}`,
    });
  }
}

function acquirerHandlers(acquirer: GatewayControl, changed: () => void): Handlers {
  return {
    'fault.arm': async (fields) => {
      const fault = labFaults.find((one) => one.id === fields['fault']);
      if (fault === undefined) throw new BenchRefused({ zh: '没有这个故障', en: 'No such fault' });
      // Of all calls the next one is a probe of the line, which nobody sees.
      const isAlways = fields['always'] === true || fault.request.path === 'all';
      await acquirer.faults.set(isAlways ? fault.request : { ...fault.request, count: 1 });
      changed();
      return isAlways
        ? { zh: `${fault.zh}：一直`, en: `${fault.en}: until disarmed` }
        : { zh: `${fault.zh}：下一次`, en: `${fault.en}: next call` };
    },
    'fault.disarm': async (fields) => {
      await acquirer.call('faults.clear', { faultId: Number(fields['armedId']) });
      changed();
      return { zh: '已解除', en: 'Disarmed' };
    },
    'fault.clear': async () => {
      await acquirer.faults.clear();
      await acquirer.release();
      changed();
      return { zh: '收单方恢复正常', en: 'The acquirer behaves' };
    },
    'customer.approve': async () => {
      await decided(acquirer.customer.approve());
      return { zh: '顾客输了密码', en: 'The customer confirmed' };
    },
    'customer.decline': async () => {
      await decided(acquirer.customer.decline());
      return { zh: '顾客取消了', en: 'The customer cancelled' };
    },
    'refund.complete': async () => {
      await decided(acquirer.refund.complete());
      return { zh: '退款到账', en: 'Refund done' };
    },
    'refund.fail': async () => {
      await decided(acquirer.refund.fail());
      return { zh: '退款失败', en: 'Refund failed' };
    },
  };
}

export async function openAcquirerSide(acquirer: GatewayControl): Promise<Side<AcquirerView>> {
  let isStale = true;
  let view: AcquirerView = { armed: [], undecided: 0, undecidedRefunds: 0 };
  const fresh = follower(acquirer);
  const read = async (): Promise<void> => {
    const [faults, orders, refunds] = await Promise.all([
      acquirer.faults.list(),
      acquirer.orders(),
      acquirer.refunds(),
    ]);
    view = {
      armed: faults.map(armedOf),
      undecided: orders.filter((order) => order.state === 'processing').length,
      undecidedRefunds: refunds.filter((refund) => refund.state === 'processing').length,
    };
  };
  await read();
  return {
    view: () => view,
    handlers: acquirerHandlers(acquirer, () => {
      isStale = true;
    }),
    look: async () => {
      // Probes of the line come twice a second; they change nothing here unless a fault hit one.
      const isTouched = fresh().some((event) => {
        const faults = event['faults'];
        return event['path'] !== 'echo' || (Array.isArray(faults) && faults.length > 0);
      });
      if (!isStale && !isTouched) return false;
      isStale = false;
      await read();
      return true;
    },
  };
}
