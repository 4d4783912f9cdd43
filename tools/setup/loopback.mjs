// Simulators, printer and till speak over 127.0.0.1. In a fresh network namespace (`unshare -n`) the loopback is down:
// root brings it up, anybody else is told how.
import { spawnSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { SetupFailure } from './say.mjs';

/** SIOCSIFFLAGS with IFF_UP (netdevice(7)): a minimal Debian has python3 here but no `ip`. */
const bringUp = `
import fcntl, socket, struct
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    fcntl.ioctl(s, 0x8914, struct.pack('16sH14x', b'lo', 1))
`;

function isUp() {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some((one) => one.address === '127.0.0.1'),
  );
}

export function ensureLoopback() {
  if (isUp()) return;
  spawnSync('python3', ['-c', bringUp], { stdio: 'ignore' });
  if (isUp()) return;
  throw new SetupFailure({
    zh: '本机回环网络 (127.0.0.1) 没有启用。',
    en: 'The loopback network (127.0.0.1) is down.',
    remedy: 'ip link set lo up',
  });
}
