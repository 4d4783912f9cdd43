// What a device tells the technician: who it is, how it is connected, what it has done, and what went wrong last.

/** As far as the device says: null where it does not. */
export type DeviceIdentity = {
  maker: string | null;
  model: string | null;
  serial: string | null;
  firmware: string | null;
};

/** Counters since the start of the core, by the names of UnifiedPOS statistics (reference devices 1.1). */
export type StatisticName =
  | 'GoodScanCount'
  | 'BadScanCount'
  | 'ReceiptPrintedCount'
  | 'FailedReceiptCount'
  | 'UnconfirmedReceiptCount'
  | 'PaperOutCount'
  | 'CoverOpenCount'
  | 'DrawerGoodOpenCount'
  | 'DrawerFailedOpenCount'
  | 'CommunicationErrorCount'
  | 'ConnectionCount'
  | 'ReceivedByteCount'
  | 'SentByteCount';

export type DeviceError = { at_ms: number; code: string; detail: string };

export type DeviceReport = {
  id: string;
  category: 'scanner' | 'printer';
  /** How it is reached, e.g. `serial /dev/ttyUSB0 9600`, `tcp 192.168.1.60:9100`, `usb /dev/usb/lp0`, `hid 0c2e:0b81`. */
  connection: string;
  /** Null: never connected, or it has no way to say. */
  identity: DeviceIdentity | null;
  lastError: DeviceError | null;
  statistics: Readonly<Partial<Record<StatisticName, number>>>;
};
