// Loaded before a core (`--import`): its wall clock is off by CLOCK_OFF_ms, and is set by whoever started it. The steady clock is left alone.
import process from 'node:process';

const trueNow = Date.now;
let off_ms = Number(process.env['CLOCK_OFF_ms'] ?? 0);
Date.now = () => trueNow() + off_ms;

process.on('message', (message) => {
  if (typeof message === 'object' && message !== null && 'clockOff_ms' in message)
    off_ms = Number(message.clockOff_ms);
});
