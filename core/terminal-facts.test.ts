// What the acquirers are told of shop and terminal, and which configurations can't tell it.
import { describe, expect, it } from 'vitest';
import { contractFields, terminalSchema } from '../contract/configuration-terminal.ts';
import { agreedFields, wechatScene } from './terminal-facts.ts';

const contract = { merchantCode: '898420157220001', terminalCode: '20260002', serial: 'YM-1' };
const location = { longitude: 121.48352, latitude: 31.221345 };
const terminal = { ...contract, deviceType: '11', ip: '192.0.2.7' };
const store = {
  name_zh: '江岸路便利店',
  name_en: 'Shop',
  address: '江岸路 18 号',
  phone: '',
  region: '440305',
};

describe('a terminal', () => {
  it.each([
    ['an address', { ip: '192.0.2.7' }],
    ['a place', { location }],
    ['both', { ip: '::1', location }],
  ])('may say where it is by %s', (_by, where) => {
    expect(terminalSchema.parse({ ...contract, ...where })).toEqual({
      ...contract,
      deviceType: '11',
      ...where,
    });
  });

  it.each([
    [{}, 'give ip, or location, or both'],
    [{ location: { longitude: 121.4 } }, 'Invalid input: expected number, received undefined'],
    [{ location: { longitude: 180.1, latitude: 0 } }, 'Too big: expected number to be <=180'],
    [{ location: { longitude: 0, latitude: 90.1 } }, 'Too big: expected number to be <=90'],
    [{ location: { longitude: '121.4', latitude: 31 } }, 'Invalid input: expected number, received string'],
  ])('with %j is refused: %s', (where, message) => {
    const read = terminalSchema.safeParse({ ...contract, ...where });
    expect(read.error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});

describe('WeChat Pay', () => {
  it('is told device, address and shop', () => {
    expect(wechatScene({ store, terminal }, undefined)).toEqual({
      description: '江岸路便利店',
      deviceId: 'YM-1',
      deviceIp: '192.0.2.7',
      storeOutId: '20260002',
      store: { name: '江岸路便利店', areaCode: '440305', address: '江岸路 18 号' },
    });
    const bare = { ...store, region: null, address: '' };
    expect(wechatScene({ store: bare, terminal }, 'SHOP-18')).toMatchObject({
      storeOutId: 'SHOP-18',
      store: { name: '江岸路便利店' },
    });
    expect(wechatScene({ store: bare, terminal }, 'SHOP-18').store).not.toHaveProperty('address');
  });

  it('takes no terminal without an address, and no long serial', () => {
    expect(() =>
      wechatScene({ store, terminal: { ...terminal, ip: undefined, location } }, undefined),
    ).toThrow('terminal.ip: WeChat Pay must be told it');
    const serial = 'S'.repeat(33);
    expect(() => wechatScene({ store, terminal: { ...terminal, serial } }, undefined)).toThrow(
      'terminal.serial: WeChat Pay takes 32 characters',
    );
  });
});

describe('fields that were agreed', () => {
  const opening = { place: 'routes.1', configuration: { store, terminal } };

  it('are none where none are configured', () => {
    expect(agreedFields(opening, 'terminalParams', undefined)).toBeNull();
    expect(agreedFields(opening, 'terminalParams', { serial_num: '$serial' })).toEqual({
      serial_num: 'YM-1',
    });
  });

  it('that ask for what is not there are named by their place', () => {
    expect(() => agreedFields(opening, 'terminalParams', { location: '$latitude' })).toThrow(
      'routes.1.terminalParams: $latitude is not configured under terminal',
    );
  });

  it.each([
    [{ a: '$city' }, 'knows $serial $deviceType $ip $longitude $latitude only'],
    [{ a: '$ips' }, 'knows $serial $deviceType $ip $longitude $latitude only'],
    [{ a: 'x'.repeat(513) }, 'Too big: expected string to have <=512 characters'],
    [
      Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, 'x'.repeat(512)])),
      'must be 2048 characters at most',
    ],
  ])('are checked: %#', (fields, message) => {
    expect(contractFields.safeParse(fields).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});
