// An Alipay route over a line that says what a test wants: no code is routed by it, and its clock stands still.
import { generateKeyPairSync } from 'node:crypto';
import type { AlipaySettings } from '../../acquirers/alipay/adapter.ts';
import { alipayShopDefaults } from '../../acquirers/alipay/profile.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const alipaySettings: AlipaySettings = {
  id: 'alipay',
  rules: [],
  shop: { ...alipayShopDefaults, subject: '一码', terminalId: 'T1' },
  confirmPaid: true,
  probeTimeout_ms: 1000,
  call: {
    baseUrl: 'https://acquirer.invalid/gateway.do',
    ca: null,
    connectTimeout_ms: 1000,
    wall_ms: () => 0,
    keys: { appId: '1', privateKey, trust: { kind: 'publicKey', publicKey } },
  },
};
