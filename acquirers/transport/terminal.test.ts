// How a terminal's device and place are written for an acquirer.
import { describe, expect, it } from 'vitest';
import { filled, placeOf } from './terminal.ts';

describe('a place', () => {
  it.each([
    [121.48352, 31.221345, '+121.48352', '+31.221345'],
    [-121.48352, -3.561345, '-121.48352', '-03.561345'],
    [87.6, 43.8, '+087.60000', '+43.800000'],
    [0, 0, '+000.00000', '+00.000000'],
    [-180, 90, '-180.00000', '+90.000000'],
    // never an exponent, whatever was written
    [1e-7, -1e-9, '+000.00000', '-00.000000'],
    // more digits than anybody can measure are rounded
    [121.483_529_99, 31.221_345_51, '+121.48353', '+31.221346'],
  ])('%f %f has a sign, and ten characters each', (longitude, latitude, east, north) => {
    expect(placeOf({ longitude, latitude })).toEqual({ longitude: east, latitude: north });
  });
});

describe('fields of a contract', () => {
  const device = {
    serial: 'YM-2026-0001',
    deviceType: '11',
    ip: '192.0.2.7',
    location: { longitude: 121.48352, latitude: 31.221345 },
  };

  it('are filled with what the terminal is, also within a text', () => {
    expect(
      filled(
        {
          serial_num: '$serial',
          location: '$latitude/$longitude',
          termInfo: '{"deviceType":"$deviceType","ip":"$ip"}',
          network_license: 'P3100',
        },
        device,
      ),
    ).toEqual({
      serial_num: 'YM-2026-0001',
      location: '+31.221345/+121.48352',
      termInfo: '{"deviceType":"11","ip":"192.0.2.7"}',
      network_license: 'P3100',
    });
  });

  it('a serial that looks like one of the words is not filled again', () => {
    expect(filled({ a: '$serial' }, { ...device, serial: '$ip' })).toEqual({ a: '$ip' });
  });

  it.each(['ip', 'latitude', 'price', 'constructor'])('$%s that nobody configured stops it', (name) => {
    const bare = { serial: 'S', deviceType: '11' };
    expect(() => filled({ a: `$${name}` }, bare)).toThrow(`$${name} is not configured under terminal`);
  });
});
