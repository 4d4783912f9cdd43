// Opens the acquirer of one route: its adapter with its keys, and its profile's timings.
import { type AlipaySettings, createAlipay } from '../acquirers/alipay/adapter.ts';
import { alipayBills } from '../acquirers/alipay/bill-call.ts';
import { subjectOf } from '../acquirers/alipay/codec.ts';
import { alipayPolicy, alipayShopDefaults } from '../acquirers/alipay/profile.ts';
import { type Activate, gatewayActivation } from '../acquirers/gateway/activation.ts';
import { createGateway, type GatewaySettings } from '../acquirers/gateway/adapter.ts';
import { gatewayBatches, type SettleBatch } from '../acquirers/gateway/batch-call.ts';
import { gatewayBills } from '../acquirers/gateway/bill-call.ts';
import type { FetchBill } from '../acquirers/transport/bill.ts';
import { createUnionPay, type UnionPaySettings } from '../acquirers/unionpay/adapter.ts';
import { unionpayBills } from '../acquirers/unionpay/bill-call.ts';
import { unionpayPolicy } from '../acquirers/unionpay/profile.ts';
import { createWechatPay } from '../acquirers/wechatpay/adapter.ts';
import { wechatBills } from '../acquirers/wechatpay/bill-call.ts';
import type { WechatPayAccess } from '../acquirers/wechatpay/call.ts';
import type { PlatformKey } from '../acquirers/wechatpay/signature.ts';
import { wechatPolicy } from '../acquirers/wechatpay/profile.ts';
import type { Configuration } from '../contract/configuration.ts';
import type {
  AlipayRoute,
  GatewayRoute,
  RouteConfiguration,
  UnionpayRoute,
  WechatpayRoute,
} from '../contract/configuration-routes.ts';
import {
  ConfigurationRefused,
  readCertificates,
  readPrivateKey,
  readPublicText,
  readSecret,
} from './configuration.ts';
import { gatewayPolicy, type PaymentPolicy } from './domain/payment/policy.ts';
import type { Acquirer, PresentedOrders } from './ports/acquirer.ts';
import type { Clock } from './ports/clock.ts';
import type { NetworkTarget } from './ports/network.ts';
import { gatewayTerminal, terminalNumberOf } from './party.ts';
import { rulesOf } from './route-rules.ts';
import { systemRandom } from './system.ts';
import { agreedFields, wechatScene } from './terminal-facts.ts';

export type OpenAcquirer = { acquirer: Acquirer & PresentedOrders; policy: PaymentPolicy };

export type Opening<Route> = {
  route: Route;
  /** `routes.1`: what a message calls it. */
  place: string;
  configuration: Pick<Configuration, 'store' | 'terminal'>;
  target: NetworkTarget;
  clock: Clock;
};

function httpsOf({ baseUrl, ca, timeout_ms }: NetworkTarget) {
  return { baseUrl, ca, connectTimeout_ms: timeout_ms };
}

function gatewayLine({ target, clock }: Opening<GatewayRoute>) {
  return { ...httpsOf(target), nonce: () => systemRandom.hex(16), wall_ms: clock.wall_ms };
}

function gatewayAccess(opening: Opening<GatewayRoute>): GatewaySettings['call'] {
  const { route, place } = opening;
  return {
    ...gatewayLine(opening),
    key: { appId: route.appId, appKey: readSecret(`${place}.appKeyFile`, route.appKeyFile) },
  };
}

function openGateway(opening: Opening<GatewayRoute>): OpenAcquirer {
  const { route, configuration } = opening;
  const acquirer = createGateway({
    id: route.id,
    terminal: gatewayTerminal(configuration, route),
    rules: rulesOf(route, configuration.store.region),
    probeTimeout_ms: route.connectTimeout_ms,
    call: gatewayAccess(opening),
    session: route.session,
  });
  return { acquirer, policy: gatewayPolicy };
}

/** What WeChat Pay signs with. */
export function platformKeysOf({ route, place }: Opening<WechatpayRoute>): PlatformKey[] {
  return route.platformKeys.map(({ serial, file }, index) => ({
    serial,
    pem: readPublicText(`${place}.platformKeys.${index}.file`, file),
  }));
}

function wechatAccess(opening: Opening<WechatpayRoute>): WechatPayAccess {
  const { route, place, target, clock } = opening;
  return {
    ...httpsOf(target),
    merchantSerial: route.merchantSerial,
    merchantKey: readPrivateKey(`${place}.merchantKeyFile`, route.merchantKeyFile),
    platformKeys: platformKeysOf(opening),
    nonce: () => systemRandom.hex(16),
    wall_ms: clock.wall_ms,
  };
}

function openWechatPay(opening: Opening<WechatpayRoute>): OpenAcquirer {
  const { route, configuration } = opening;
  const acquirer = createWechatPay({
    id: route.id,
    rules: rulesOf(route, configuration.store.region),
    probeTimeout_ms: route.connectTimeout_ms,
    merchant: {
      appId: route.appId,
      merchantId: route.mchId,
      ...wechatScene(configuration, route.storeId),
      ...(route.notifyUrl === undefined ? {} : { notifyUrl: route.notifyUrl }),
    },
    call: wechatAccess(opening),
  });
  return { acquirer, policy: wechatPolicy };
}

function alipayTrust({ route, place }: Opening<AlipayRoute>): AlipaySettings['call']['keys']['trust'] {
  const { keys } = route;
  if (keys.kind === 'publicKey') {
    const publicKey = readPublicText(`${place}.keys.alipayPublicKeyFile`, keys.alipayPublicKeyFile);
    return { kind: 'publicKey', publicKey };
  }
  const read = (key: Exclude<keyof typeof keys, 'kind'>) => readPublicText(`${place}.keys.${key}`, keys[key]);
  return {
    kind: 'certificate',
    appCertificate: read('appCertificateFile'),
    alipayCertificate: read('alipayCertificateFile'),
    rootCertificates: read('alipayRootCertificateFile'),
  };
}

export function alipayKeys(opening: Opening<AlipayRoute>): AlipaySettings['call']['keys'] {
  const { route, place } = opening;
  const privateKey = readPrivateKey(`${place}.merchantKeyFile`, route.merchantKeyFile);
  return { appId: route.appId, privateKey, trust: alipayTrust(opening) };
}

function alipayAccess(opening: Opening<AlipayRoute>): AlipaySettings['call'] {
  const { target, clock } = opening;
  return { ...httpsOf(target), keys: alipayKeys(opening), wall_ms: clock.wall_ms };
}

function openAlipay(opening: Opening<AlipayRoute>): OpenAcquirer {
  const { route, configuration } = opening;
  const acquirer = createAlipay({
    id: route.id,
    rules: rulesOf(route, configuration.store.region),
    confirmPaid: true,
    ...(route.notifyUrl === undefined ? {} : { notifyUrl: route.notifyUrl }),
    probeTimeout_ms: route.connectTimeout_ms,
    shop: {
      ...alipayShopDefaults,
      subject: subjectOf(configuration.store.name_zh),
      storeId: route.storeId ?? null,
      terminalId: terminalNumberOf(configuration, route),
      productCode: route.productCode,
      terminalParams: agreedFields(opening, 'terminalParams', route.terminalParams),
    },
    call: alipayAccess(opening),
  });
  return { acquirer, policy: alipayPolicy };
}

export function unionpayKeys({ route, place }: Opening<UnionpayRoute>): UnionPaySettings['call']['keys'] {
  const certificate = (
    key: 'merchantCertificateFile' | 'rootCertificateFile' | 'intermediateCertificateFile',
  ) => readCertificates(`${place}.${key}`, route[key]);
  return {
    privateKey: readPrivateKey(`${place}.merchantKeyFile`, route.merchantKeyFile),
    certificate: certificate('merchantCertificateFile'),
    roots: certificate('rootCertificateFile'),
    intermediates: certificate('intermediateCertificateFile'),
    signer: route.signer,
  };
}

function unionpayAccess(opening: Opening<UnionpayRoute>): UnionPaySettings['call'] {
  const { target, clock } = opening;
  return { ...httpsOf(target), keys: unionpayKeys(opening), wall_ms: clock.wall_ms };
}

/** Files that are good each, and do not belong together. */
function fitting<Opened>(place: string, open: () => Opened): Opened {
  try {
    return open();
  } catch (error) {
    if (error instanceof ConfigurationRefused) throw error;
    const detail = `${place}.merchantKeyFile: ${error instanceof Error ? error.message : String(error)}`;
    throw new ConfigurationRefused('E-CFG-01', detail, { cause: error });
  }
}

function openUnionPay(opening: Opening<UnionpayRoute>): OpenAcquirer {
  const { route, place, configuration } = opening;
  const terminalFields = agreedFields(opening, 'terminalFields', route.terminalFields);
  const settings: UnionPaySettings = {
    id: route.id,
    rules: rulesOf(route, configuration.store.region),
    probeTimeout_ms: route.connectTimeout_ms,
    merchant: {
      merchantId: route.merId,
      terminalId: terminalNumberOf(configuration, route),
      backUrl: route.backUrl,
      ...(terminalFields === null ? {} : { terminalFields }),
    },
    call: unionpayAccess(opening),
  };
  return { acquirer: fitting(place, () => createUnionPay(settings)), policy: unionpayPolicy };
}

/** @throws ConfigurationRefused naming field and file. */
export function openAcquirer(opening: Opening<RouteConfiguration>): OpenAcquirer {
  const { route } = opening;
  switch (route.adapter) {
    case 'gateway':
      return openGateway({ ...opening, route });
    case 'wechatpay':
      return openWechatPay({ ...opening, route });
    case 'alipay':
      return openAlipay({ ...opening, route });
    case 'unionpay':
      return openUnionPay({ ...opening, route });
  }
}

/**
 * Asks the acquirer of one route for the bill of a day; for a person, by the command or on the till.
 * @throws ConfigurationRefused naming field and file.
 */
export function openBills(opening: Opening<RouteConfiguration>): FetchBill {
  const { route } = opening;
  switch (route.adapter) {
    case 'wechatpay':
      return wechatBills(route.mchId, wechatAccess({ ...opening, route }));
    case 'alipay':
      return alipayBills(alipayAccess({ ...opening, route }));
    case 'unionpay':
      return fitting(opening.place, () => unionpayBills(route.merId, unionpayAccess({ ...opening, route })));
    case 'gateway':
      return gatewayBills(
        gatewayTerminal(opening.configuration, route),
        gatewayAccess({ ...opening, route }),
      );
  }
}

/**
 * Settles batches of a gateway; for a person, by the command.
 * @throws ConfigurationRefused naming field and file.
 */
export function openBatches(opening: Opening<GatewayRoute>): SettleBatch {
  return gatewayBatches(gatewayTerminal(opening.configuration, opening.route), gatewayAccess(opening));
}

/** Of a route whose key file need not be there yet: its activation makes it. */
export function openActivation(opening: Opening<GatewayRoute>): Activate {
  return gatewayActivation(gatewayTerminal(opening.configuration, opening.route), gatewayLine(opening));
}
