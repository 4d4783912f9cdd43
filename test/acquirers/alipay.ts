// The settings by which the adapter meets a simulator of Alipay's, whatever a test wants otherwise.
import { readFileSync } from 'node:fs';
import type { AlipaySettings } from '../../acquirers/alipay/adapter.ts';
import { alipayCodeRules, alipayShopDefaults } from '../../acquirers/alipay/profile.ts';
import type { AlipayProcess } from '../../fixtures/acquirers/alipay/spawn.ts';

type Otherwise = { storeId?: string; later_ms?: number; trust?: AlipaySettings['call']['keys']['trust'] };

const read = (file: string): string => readFileSync(file, 'utf8');

/** Without `trust`: public key mode, by the simulator's key of now. */
export function alipaySettings(
  { keys, url, appId, caFile }: AlipayProcess,
  { storeId, later_ms = 0, trust }: Otherwise = {},
): AlipaySettings {
  const shop = { ...alipayShopDefaults, subject: '一码便利店', terminalId: '00810001' };
  return {
    id: 'alipay',
    rules: alipayCodeRules,
    shop: storeId === undefined ? shop : { ...shop, storeId },
    confirmPaid: true,
    probeTimeout_ms: 20_000,
    call: {
      baseUrl: url,
      ca: read(caFile),
      connectTimeout_ms: 10_000,
      wall_ms: () => Date.now() + later_ms,
      keys: {
        appId,
        privateKey: read(keys.merchantKeyFile),
        trust: trust ?? { kind: 'publicKey', publicKey: read(keys.alipayPublicKeyFile) },
      },
    },
  };
}
