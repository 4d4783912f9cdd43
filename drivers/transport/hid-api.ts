// Who reads HID devices on this machine: node-hid, or where its native part does not load the kernel's hidraw by itself.
import type { HidApi } from './hid-device.ts';
import { hidraw } from './hidraw.ts';
import { errorDetail } from './link-state.ts';
import { nodeHid, type NodeHidModule } from './node-hid.ts';
import type { PolledParts } from './polled-device.ts';

export type HidBackend =
  | { reader: 'node-hid' }
  /** `reason`: why not node-hid. */
  | { reader: 'hidraw'; reason: string };

export type ChosenHidApi = HidApi & {
  /** Null until the first use. */
  backend(): HidBackend | null;
};

export type HidApiParts = PolledParts & { load?: () => Promise<NodeHidModule> };

type Choice = { api: HidApi; backend: HidBackend };

async function choose(load: () => Promise<NodeHidModule>, parts: PolledParts): Promise<Choice> {
  try {
    const module = await load();
    // the package alone always loads; this brings in its native part
    module.getHidapiVersion();
    return { api: nodeHid(module, parts), backend: { reader: 'node-hid' } };
  } catch (error) {
    return { api: hidraw(parts), backend: { reader: 'hidraw', reason: errorDetail(error).detail } };
  }
}

/** Chooses once, at the first use. */
export function hidApi({ load = () => import('node-hid'), ...parts }: HidApiParts = {}): ChosenHidApi {
  let backend: HidBackend | null = null;
  let choosing: Promise<HidApi> | null = null;
  const chosen = (): Promise<HidApi> => {
    choosing ??= choose(load, parts).then((choice) => {
      backend = choice.backend;
      return choice.api;
    });
    return choosing;
  };
  return {
    backend: () => backend,
    devices: async () => (await chosen()).devices(),
    open: (path) => async (listener) => (await chosen()).open(path)(listener),
  };
}
