// What set-up tells the person at the terminal: progress on one line, failures in Chinese and English.

/** A failure with its remedy. `zh` and `en` say what happened, `remedy` is what to type or do next. */
export class SetupFailure extends Error {
  /** @param {{ zh: string, en: string, remedy: string, cause?: unknown }} parts */
  constructor({ zh, en, remedy, cause }) {
    super(en, { cause });
    this.name = 'SetupFailure';
    this.zh = zh;
    this.remedy = remedy;
  }
}

/** @param {string} line progress, in English: it names packages and paths */
export function say(line) {
  console.log(`[setup] ${line}`);
}

/** @param {SetupFailure} failure */
export function report(failure) {
  console.error(`\n[setup] 准备失败：${failure.zh}`);
  console.error(`[setup] set-up failed: ${failure.message}`);
  if (failure.cause !== undefined) console.error(`[setup] 原因 / cause: ${reason(failure.cause)}`);
  console.error(`[setup] 怎么办 / what to do:\n    ${failure.remedy.replaceAll('\n', '\n    ')}\n`);
}

/** @param {unknown} error @returns {string} */
export function reason(error) {
  return error instanceof Error ? error.message : String(error);
}
