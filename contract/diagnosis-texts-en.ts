// The technician's texts in English.
import type { FindingText } from './diagnosis-texts-type.ts';
import type { CheckName, Finding } from './diagnostics.ts';

export const checkTitlesEn: Record<CheckName, string> = {
  'till.core': 'Core',
  'till.clock': 'Clock against the journal',
  'disk.space': 'Disk space',
  'disk.write': 'Disk writes',
  'disk.backup': 'Last verified backup',
  'disk.database': 'Database file',
  'disk.journal': 'Journal',
  'work.outbox': 'Outbox',
  'work.queue': 'Offline queue',
  scanner: 'Scanner',
  'printer.connection': 'Printer connection',
  'printer.state': 'Printer state',
  'printer.identity': 'Printer identity',
  'printer.proof': 'Proof of printing',
  drawer: 'Cash drawer',
  customerDisplay: 'Customer display',
  'network.link': 'Network cable',
  'network.gateway': 'Way out',
  'network.dns': 'Name',
  'network.tcp': 'Connection',
  'network.tls': 'Encryption',
  'network.echo': 'Acquirer',
  'network.clock': 'Clock against the acquirer',
  'network.certificates': 'Certificates of the route',
  'network.notices': 'Payment notices',
  'lists.serial': 'Serial devices',
  'lists.hid': 'HID devices',
  'lists.usbPrinters': 'USB printers',
};

const none = (what: string): FindingText => ({ what, todo: '' });

const ofTill = {
  good: none('Good'),
  coreRuns: none('The core runs'),
  recordingOff: {
    what: 'The core runs and sells, but can no longer record its inputs',
    todo: 'Money and journal are safe. Make room on the disk or set it right, then restart the till.',
  },
  coreSilent: {
    what: 'No core answers on the control socket',
    todo: 'Start the till. If it runs, look at its log for why the core ended.',
  },
  coreRefuses: {
    what: 'The core refuses to sell',
    todo: 'Do what its error says; nothing is lost meanwhile.',
  },
  clockBehindJournal: {
    what: 'The clock is behind the newest record of the journal',
    todo: 'Set the clock (time server, battery of the board). Offline payments are refused until then.',
  },
  spaceLeft: none('Enough space'),
  spaceShort: {
    what: 'The disk is nearly full',
    todo: 'Free space on the disk of the state directory, or move old exports away. Never delete till.db.',
  },
  diskWrites: none('Writes reach the disk'),
  diskSlow: {
    what: 'Writing to the disk is very slow',
    todo: 'The disk may be failing: check dmesg and SMART; keep a spare ready.',
  },
  diskReadOnly: {
    what: 'The disk is read-only',
    todo: 'The file system was probably remounted after an error: check dmesg, repair with fsck, replace the disk.',
  },
  diskFull: {
    what: 'No space left on the disk',
    todo: 'Free space at once: nothing can be sold until then.',
  },
  diskFails: {
    what: 'Writing to the disk fails',
    todo: 'Check owner and mode of the state directory, then dmesg for disk errors.',
  },
  backupFresh: none('A verified backup is there'),
  backupOld: {
    what: 'The last verified backup is old',
    todo: 'Leave the till on for an hour, or run: yima backup make. Then look again.',
  },
  backupNone: none('No backup yet: the first is made after a quiet minute'),
  backupFailed: {
    what: 'The last backup failed',
    todo: 'Check space, owner and mode of the backup directory; E-BAK-02: the journal itself is damaged, restore.',
  },
  backupUntold: none('Not known without the core'),
  databaseSound: none('SQLite finds the file sound'),
  databaseBroken: {
    what: 'SQLite finds the file damaged',
    todo: 'Stop the till, copy the whole state directory, then call support. Do not delete anything.',
  },
  journalSound: none('Chain whole, projections equal'),
  journalBroken: {
    what: 'The chain of the journal is broken',
    todo: 'Stop the till, copy the whole state directory, then call support. Compare the hash on the last receipts.',
  },
  projectionsDiffer: {
    what: 'The journal is whole, but tables differ from it',
    todo: 'Copy the state directory and call support: the journal is right, the tables are made anew from it.',
  },
  notReadable: { what: 'It can not be read', todo: 'Check owner and mode of the file, then the disk.' },
  nothingOpen: none('Nothing is waiting'),
  workInTime: none('Under way'),
  workOverdue: {
    what: 'Something has been waiting for too long',
    todo: 'Check the network lines below: reversals and inquiries go on by themselves once the acquirer answers.',
  },
  printWaits: { what: 'A paper waits for the printer', todo: 'See the printer lines.' },
  queueOff: none('Offline payments are switched off in the configuration'),
  queueEmpty: none('No offline payment waits'),
  queueMoving: none('Offline payments are being forwarded'),
  queueStuck: {
    what: 'Offline payments wait although the line is up',
    todo: 'See the acquirer line. If it is good, write down the order numbers and call the acquirer.',
  },
  queueOffline: {
    what: 'Offline payments wait for the line',
    todo: 'Mend the network: they are forwarded by themselves, oldest first.',
  },
} as const;

const ofDevices = {
  scannerReady: none('Open, ready to scan'),
  scannerMissing: {
    what: 'The device is not there',
    todo: 'Check the cable; plug the scanner in again; compare the path in the configuration with the lists below.',
  },
  scannerBusy: {
    what: 'Another program holds the device',
    todo: 'Stop the other program (ModemManager, brltty, a second till) and keep it off.',
  },
  scannerDenied: {
    what: 'No permission for the device',
    todo: "Add the till's user to the group of the device (dialout, plugdev), or install the udev rule.",
  },
  scannerDown: {
    what: 'The device does not work',
    todo: 'Plug it in again; try another port and another scanner.',
  },
  noScanner: none('No scanner is configured'),
  printerReached: none('Connected'),
  printerUnreachable: {
    what: 'The printer can not be reached',
    todo: 'Is it on? Check the cable and the address or path in the configuration; print its self-test page.',
  },
  printerReady: none('Ready'),
  paperLow: none('Ready; the paper will end soon'),
  paperOut: { what: 'No paper', todo: 'Load a roll, the printing side outwards, and close the cover.' },
  coverOpen: { what: 'The cover is open', todo: 'Close the cover until it clicks.' },
  cutterJammed: { what: 'The cutter is jammed', todo: 'Switch off, take out the paper jam, switch on.' },
  printerOffline: {
    what: 'Connected, but it does not print',
    todo: 'Is the feed key held, the head hot, another computer printing? Switch the printer off and on.',
  },
  printerGarbage: {
    what: 'What answers there is no receipt printer',
    todo: 'Check the address or path and, on a serial line, the baud rate.',
  },
  printerMute: none('It takes bytes and never answers'),
  identityKnown: none('It says who it is'),
  identityUnknown: none('It does not say who it is'),
  provesByProcessId: none('It proves that a receipt is out (process id)'),
  provesByStatus: none('It answers after the data of a receipt (ordered status)'),
  provesNothing: none('It can not prove that a receipt is out: the cashier must look'),
  profileTooHigh: {
    what: 'The profile promises a proof that this printer does not give',
    todo: "Set printer.profile to generic80 (or generic58), or look for the printer's firmware update.",
  },
  drawerUntold: none('The drawer can not be asked: use the drawer test'),
  noDisplay: none('No customer display is configured'),
  listed: none('Found'),
  listedNone: none('None found'),
  listRefused: { what: 'The list can not be had', todo: 'Install the package udev, or check permissions.' },
  configuredElsewhere: {
    what: 'The configured device is not there, but another one is',
    todo: 'If it is the same device on another name, put the stable name into the configuration.',
  },
  notAsked: none('Not looked at'),
} as const;

const ofNetwork = {
  lowerFailed: none('Not looked at: a lower layer fails'),
  linkDown: {
    what: 'No network cable or radio carries',
    todo: 'Check cable, switch and Wi-Fi; the light at the socket must be on.',
  },
  noRoute: {
    what: 'There is no way out of this network',
    todo: 'Check the router, DHCP and the default gateway of this machine.',
  },
  nameUnknown: {
    what: "The acquirer's name is not found",
    todo: 'Check the DNS server of this machine and route.baseUrl in the configuration.',
  },
  connectRefused: {
    what: "The acquirer's address refuses the connection",
    todo: "Check the port in route.baseUrl; the acquirer's service may be down: call them.",
  },
  connectTimedOut: {
    what: 'The connection is not answered',
    todo: "A firewall or the provider swallows it: try another network, such as a telephone's.",
  },
  connectFailed: {
    what: 'The connection fails',
    todo: 'Try another network; show this line to the provider.',
  },
  certificateUntrusted: {
    what: "The acquirer's certificate is not trusted",
    todo: 'Check route.caFile. If it is right, something sits between till and acquirer: do not sell by wallet here.',
  },
  certificateExpired: {
    what: 'The certificate is expired or not yet valid',
    todo: 'Check the clock of this machine first; if it is right, call the acquirer.',
  },
  certificateWrongName: {
    what: 'The certificate is for another name',
    todo: 'Check route.baseUrl; a log-in page of the network may answer instead.',
  },
  tlsFailed: {
    what: 'The encryption does not come about',
    todo: 'What answers on that port does not speak TLS: check route.baseUrl and any proxy.',
  },
  plainHttp: none('Plain HTTP on this machine, as configured'),
  echoGood: none('The acquirer answers, signed'),
  echoRefused: {
    what: 'The acquirer answers, and refuses this till',
    todo: 'Check route.appId, the key file, merchantCode and terminalCode with the acquirer.',
  },
  echoFailed: {
    what: 'The connection stands, but no valid answer comes',
    todo: "The acquirer's service has a problem: call them; meanwhile take cash.",
  },
  clockAgrees: none('The clocks agree'),
  clockOff: {
    what: 'The clock of this machine is wrong',
    todo: "Set it by a time server. Payments still work: signatures follow the acquirer's time.",
  },
  clockUntold: none('The acquirer did not tell its time'),
  certificatesFresh: none('All of them are good for a month and more'),
  certificateEnds: {
    what: 'A certificate ends soon',
    todo: 'Get the new one from the acquirer or the wallet, put it where the configuration names it and start the till again. After its end this route takes no payments.',
  },
  certificateEndsThisWeek: {
    what: 'A certificate ends within a week',
    todo: 'Get the new one today, put it where the configuration names it and start the till again. After its end this route takes no payments.',
  },
  certificateEndsNow: {
    what: 'A certificate has ended, or ends within a day',
    todo: 'Put the new one in place now and start the till again. Until then this route may take no payments: take cash, or another route.',
  },
  certificatesNone: none('None is configured'),
  noticesNone: none('No relay is configured: the till asks by itself'),
  noticesUntold: none('The relay was not asked yet'),
  noticesHeard: none('The relay answers (ours + others, doubtful)'),
  noticesAway: {
    what: 'The relay for notices is away',
    todo: 'Payments are not affected: the till asks as always. Check the relay and its address.',
  },
  noticesRefused: {
    what: "The relay refuses this till's token",
    todo: "Payments are not affected. Compare relay.tokenFile with the relay's token.",
  },
  noticesDoubtful: {
    what: 'The newest notice was not believed',
    todo: 'Payments are not affected. Compare keys, APIv3 key and merchant number; if it goes on, find out who posts to the relay.',
  },
} as const;

export const findingsEn: Record<Finding, FindingText> = { ...ofTill, ...ofDevices, ...ofNetwork };
