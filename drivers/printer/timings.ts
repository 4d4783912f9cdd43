// How long we wait for a printer. Reference devices 3.2.

export type PrinterTimings = {
  /** For one answer to DLE EOT; asked twice. */
  answer_ms: number;
  /** For a late answer after the second asking. */
  settle_ms: number;
  /** For an answer that is still to come when there is nothing more to ask. */
  hangUp_ms: number;
  /** For completion, besides `perByte_ms` for each byte. */
  completion_ms: number;
  perByte_ms: number;
  /** For completion from a printer that has never answered anything. */
  silentCompletion_ms: number;
  /** For the process id after the ordered status has answered: the mechanics lag behind. */
  processIdGrace_ms: number;
  /** Without a further answer in order: the others of that row are not coming. */
  quiet_ms: number;
  /** The same, of what the run of the program before this one has asked: a slow printer has long rows. */
  freshQuiet_ms: number;
  /** Between looks at the status while we wait. */
  look_ms: number;
  /** For the cashier to load paper or close the cover in the middle of a receipt. */
  resume_ms: number;
  /** For a drawer pulse behind a receipt: it opens the drawer while the cashier who asked stands there, or not at all. */
  pulseWait_ms: number;
};

export const printerTimings: PrinterTimings = {
  answer_ms: 500,
  settle_ms: 200,
  hangUp_ms: 50,
  completion_ms: 10_000,
  perByte_ms: 1,
  silentCompletion_ms: 1000,
  processIdGrace_ms: 3000,
  quiet_ms: 1000,
  freshQuiet_ms: 3000,
  look_ms: 1000,
  resume_ms: 120_000,
  pulseWait_ms: 15_000,
};
