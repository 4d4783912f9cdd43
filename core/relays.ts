// The relays of the configuration: for each route that has one, what asks it, and what reads its notices.
import { readAlipayNotice } from '../acquirers/alipay/notice.ts';
import { loadKeys as loadAlipayKeys } from '../acquirers/alipay/signature.ts';
import { createRelay } from '../acquirers/relay/relay.ts';
import type { ReadNotice } from '../acquirers/transport/notice.ts';
import { loadKeys as loadUnionpayKeys } from '../acquirers/unionpay/certificate.ts';
import { readUnionpayNotice } from '../acquirers/unionpay/notice.ts';
import { readWechatNotice } from '../acquirers/wechatpay/notice.ts';
import { readPlatformKeys } from '../acquirers/wechatpay/signature.ts';
import type { RouteConfiguration, WechatpayRoute } from '../contract/configuration-routes.ts';
import { alipayKeys, type Opening, platformKeysOf, unionpayKeys } from './acquirers.ts';
import { readCertificates, readSecret } from './configuration.ts';
import { notifyUrlOf } from './configuration-routes.ts';
import { assert } from './domain/assert.ts';
import type { NoticeSource } from './ports/notices.ts';
import { readApiV3Key } from './route-files.ts';

function wechatReader(opening: Opening<WechatpayRoute>): ReadNotice {
  const { route, place } = opening;
  assert(route.apiV3KeyFile, `${place}: a relay without apiV3KeyFile was not refused`);
  const keys = {
    apiV3Key: readApiV3Key(`${place}.apiV3KeyFile`, route.apiV3KeyFile),
    platformKeys: readPlatformKeys(platformKeysOf(opening)),
    merchant: { appId: route.appId, merchantId: route.mchId },
  };
  return (notice) => readWechatNotice(notice, keys);
}

function readerOf(opening: Opening<Exclude<RouteConfiguration, { adapter: 'gateway' }>>): ReadNotice {
  const { route } = opening;
  switch (route.adapter) {
    case 'wechatpay':
      return wechatReader({ ...opening, route });
    case 'alipay': {
      const keys = loadAlipayKeys(alipayKeys({ ...opening, route }));
      return (notice) => readAlipayNotice(notice, keys);
    }
    case 'unionpay': {
      const keys = loadUnionpayKeys(unionpayKeys({ ...opening, route }));
      return (notice) => readUnionpayNotice(notice, { keys, merchantId: route.merId });
    }
  }
}

/** Null: nobody tells this route anything. @throws ConfigurationRefused naming field and file. */
export function openNotices(opening: Opening<RouteConfiguration>): NoticeSource | null {
  const { route, place, clock } = opening;
  if (route.adapter === 'gateway' || route.relay === undefined) return null;
  const { url, tokenFile, caFile } = route.relay;
  const address = notifyUrlOf(route);
  assert(address, `${place}: a relay without an address was not refused`);
  return createRelay({
    https: {
      baseUrl: url,
      ca: caFile === undefined ? null : readCertificates(`${place}.relay.caFile`, caFile),
      connectTimeout_ms: route.connectTimeout_ms,
    },
    token: readSecret(`${place}.relay.tokenFile`, tokenFile).toString('utf8'),
    path: new URL(address).pathname,
    read: readerOf({ ...opening, route }),
    wall_ms: clock.wall_ms,
  });
}
