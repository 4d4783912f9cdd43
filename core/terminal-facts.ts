// What the acquirers are told of shop and terminal, out of the configuration (银发〔2021〕259号; docs/acquirers/terminal.md).
import { filled } from '../acquirers/transport/terminal.ts';
import type { MerchantFacts } from '../acquirers/wechatpay/codec.ts';
import type { Configuration } from '../contract/configuration.ts';
import { ConfigurationRefused } from './configuration.ts';

type Shop = Pick<Configuration, 'store' | 'terminal'>;

/** WeChat's `device_id`. */
const DEVICE_characters = 32;

/** @throws ConfigurationRefused where WeChat would refuse each payment for its scene. */
export function wechatScene(
  { store, terminal }: Shop,
  storeId: string | undefined,
): Omit<MerchantFacts, 'appId' | 'merchantId' | 'notifyUrl'> {
  const { serial, ip, terminalCode } = terminal;
  const refused = (detail: string) => new ConfigurationRefused('E-CFG-01', detail);
  if (ip === undefined) throw refused('terminal.ip: WeChat Pay must be told it');
  if (serial.length > DEVICE_characters)
    throw refused(`terminal.serial: WeChat Pay takes ${DEVICE_characters} characters`);
  return {
    description: store.name_zh,
    deviceId: serial,
    deviceIp: ip,
    storeOutId: storeId ?? terminalCode,
    store: {
      name: store.name_zh,
      ...(store.region === null ? {} : { areaCode: store.region }),
      ...(store.address === '' ? {} : { address: store.address }),
    },
  };
}

/** @throws ConfigurationRefused where a field asks for what stands not under `terminal`. */
export function agreedFields(
  { place, configuration }: { place: string; configuration: Shop },
  key: string,
  fields: Readonly<Record<string, string>> | undefined,
): Record<string, string> | null {
  if (fields === undefined) return null;
  try {
    return filled(fields, configuration.terminal);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationRefused('E-CFG-01', `${place}.${key}: ${detail}`, { cause });
  }
}
