// What counts of a scanner for the technician.
import type { Clock } from '../../core/ports/clock.ts';
import type { StatisticName } from '../../core/ports/device.ts';
import { DeviceLog } from '../transport/device-log.ts';

const counted = [
  'GoodScanCount',
  'BadScanCount',
  'ConnectionCount',
  'CommunicationErrorCount',
  'ReceivedByteCount',
] as const satisfies readonly StatisticName[];
type Counted = (typeof counted)[number];

export const scannerLog = (clock: Clock): DeviceLog<Counted> => new DeviceLog(clock, counted);
