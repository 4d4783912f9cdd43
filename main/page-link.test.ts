import { describe, expect, it } from 'vitest';
import type { PagePort } from './core-host.ts';
import { createPageLink } from './page-link.ts';

function fixture() {
  const log: string[] = [];
  let isUp = true;
  let channels = 0;
  let connections = 0;
  const link = createPageLink({
    screen: 'counter',
    nextConnection: () => (connections += 1),
    host: {
      open(connection, _port, screen) {
        if (isUp) log.push(`open ${connection} for ${screen}`);
        return isUp;
      },
      close: (connection) => void log.push(`close ${connection}`),
    },
    createChannel() {
      channels += 1;
      return { near: { close: () => undefined } as PagePort, far: `port ${channels}` };
    },
    give: (far) => void log.push(`give ${String(far)}`),
  });
  return { link, log, setUp: (value: boolean) => (isUp = value) };
}

describe('the page link', () => {
  it('gives each load of the page its own connection and ends the one before', () => {
    const { link, log } = fixture();
    link.wanted();
    link.unloaded();
    link.wanted();
    expect(log).toEqual([
      'open 1 for counter',
      'give port 1',
      'close 1',
      'open 2 for counter',
      'give port 2',
    ]);
  });

  it('gives a waiting page its port when a core comes up, and a new one after a new core', () => {
    const { link, log, setUp } = fixture();
    setUp(false);
    link.wanted();
    setUp(true);
    link.coreUp();
    link.coreDown();
    link.coreUp();
    expect(log).toEqual([
      'open 2 for counter',
      'give port 2',
      'close 2',
      'open 3 for counter',
      'give port 3',
    ]);
  });

  it('connects nobody when a core comes up before the page has asked', () => {
    const { link, log } = fixture();
    link.coreUp();
    expect(log).toEqual([]);
  });
});
