// Direct contracts with WeChat Pay, Alipay and UnionPay beside the lab's gateway: a simulator of each in its own process, and their routes.
import { join } from 'node:path';
import type { z } from 'zod';
import type { routeSchema } from '../../contract/configuration-routes.ts';
import { type AlipayControl, connectAlipayControl } from '../../fixtures/acquirers/alipay/client.ts';
import { type AlipayProcess, startAlipay } from '../../fixtures/acquirers/alipay/spawn.ts';
import { connectUnionpayControl, type UnionpayControl } from '../../fixtures/acquirers/unionpay/client.ts';
import { startUnionpay, type UnionpayProcess } from '../../fixtures/acquirers/unionpay/spawn.ts';
import { connectWechatPayControl, type WechatPayControl } from '../../fixtures/acquirers/wechatpay/client.ts';
import { startWechatPay, type WechatPayProcess } from '../../fixtures/acquirers/wechatpay/spawn.ts';

export type RouteInput = z.input<typeof routeSchema>;

export type Wallets = {
  wechat: WechatPayControl;
  alipay: AlipayControl;
  unionpay: UnionpayControl;
  /** The acquirers' own books. */
  ledgerFiles: { wechat: string; alipay: string; unionpay: string };
  /** The three contracts; `shared` goes into each: timings, offline policy, how often it is asked whether they are up. */
  routes(shared: Pick<RouteInput, 'offline' | 'probeEvery_ms'> & { timings?: object }): RouteInput[];
  stop(): Promise<void>;
};

function wechatRoute({ url, caFile, appId, merchantId, keys }: WechatPayProcess): RouteInput {
  return {
    id: 'wechat',
    adapter: 'wechatpay',
    baseUrl: url,
    caFile,
    appId,
    mchId: merchantId,
    merchantSerial: keys.merchantSerial,
    merchantCertificateFile: keys.merchantCertificateFile,
    merchantKeyFile: keys.merchantKeyFile,
    // Wanted by WeChat, and read by nobody unless a test has a relay.
    notifyUrl: 'https://pay.example.com/notify',
    apiV3KeyFile: keys.apiV3KeyFile,
    platformKeys: [
      { serial: keys.platformSerial, file: keys.platformCertificateFile },
      { serial: keys.publicKeyId, file: keys.publicKeyFile },
    ],
  };
}

function alipayRoute({ url, caFile, appId, sellerId, keys }: AlipayProcess): RouteInput {
  return {
    id: 'alipay',
    adapter: 'alipay',
    baseUrl: url,
    caFile,
    appId,
    sellerId,
    merchantKeyFile: keys.merchantKeyFile,
    keys: {
      kind: 'certificate',
      appCertificateFile: keys.appCertFile,
      alipayCertificateFile: keys.alipayCertFile,
      alipayRootCertificateFile: keys.rootCertFile,
    },
  };
}

/** What it accepted it decides later: asked about more often than the other two, so that a customer may hesitate. */
const unionpayTimings = {
  inquiryAt_ms: [500, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000],
  giveUpAt_ms: 10_000,
};

function unionpayRoute({ url, caFile, merchantId, keys }: UnionpayProcess): RouteInput {
  return {
    id: 'unionpay',
    adapter: 'unionpay',
    baseUrl: url,
    caFile,
    merId: merchantId,
    merchantKeyFile: keys.merchantKeyFile,
    merchantCertificateFile: keys.merchantCertFile,
    rootCertificateFile: keys.rootCertFile,
    intermediateCertificateFile: keys.intermediateCertFile,
  };
}

/** Everything of theirs lives below `directory`. */
export async function openWallets(directory: string): Promise<Wallets> {
  const wechatProcess = await startWechatPay({ directory: join(directory, 'wechat') });
  const alipayProcess = await startAlipay({ directory: join(directory, 'alipay'), certificates: true });
  const unionpayProcess = await startUnionpay({ directory: join(directory, 'unionpay') });
  const wechat = await connectWechatPayControl(wechatProcess.control);
  const alipay = await connectAlipayControl(alipayProcess.control);
  const unionpay = await connectUnionpayControl(unionpayProcess.control);
  return {
    wechat,
    alipay,
    unionpay,
    ledgerFiles: {
      wechat: wechatProcess.ledgerFile,
      alipay: alipayProcess.ledgerFile,
      unionpay: unionpayProcess.ledgerFile,
    },
    routes: (shared) => [
      { ...wechatRoute(wechatProcess), ...shared },
      { ...alipayRoute(alipayProcess), ...shared },
      {
        ...unionpayRoute(unionpayProcess),
        ...shared,
        timings: { ...shared.timings, ...unionpayTimings },
      },
    ],
    stop: async () => {
      wechat.close();
      alipay.close();
      unionpay.close();
      await Promise.all([wechatProcess.stop(), alipayProcess.stop(), unionpayProcess.stop()]);
    },
  };
}
