// Loaded before a core (`--import`): its wall clock is off by CLOCK_OFF_ms, and is set by whoever started it, or with CLOCK_SET_EARLY right
// after the core has taken its time from it. The steady clock is left alone.
import process from 'node:process';

const trueNow = Date.now;
let off_ms = Number(process.env['CLOCK_OFF_ms'] ?? 0);
const isSetEarly = process.env['CLOCK_SET_EARLY'] === '1';
Date.now = () => {
  const now_ms = trueNow() + off_ms;
  if (isSetEarly && new Error().stack?.includes('systemClock') === true) off_ms = 0;
  return now_ms;
};

process.on('message', (message) => {
  if (typeof message === 'object' && message !== null && 'clockOff_ms' in message)
    off_ms = Number(message.clockOff_ms);
});
