// The other end of a control socket that does nothing: how long a round trip takes on this machine now, whoever answers.
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { exitCleanly } from '../../../fixtures/control/process.ts';

const { values } = parseArgs({
  options: { socket: { type: 'string' }, 'with-parent': { type: 'boolean', default: false } },
});
const { socket: path } = values;
if (path === undefined) throw new Error('--socket is required');
const server = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.pipe(socket);
});
server.listen(path, () => process.stdout.write(`${JSON.stringify({ ready: true })}\n`));
exitCleanly(values['with-parent'], () => new Promise((resolve) => void server.close(() => resolve())));
