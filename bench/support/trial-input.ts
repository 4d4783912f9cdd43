// The child's side of a trial: its input from the command line, its one result to stdout.
export function trialInput<Input>(): Input {
  const text = process.argv[2];
  if (text === undefined) throw new Error('a trial is started by the bench, with its input as JSON');
  return JSON.parse(text) as Input;
}

/** Ends the process once all of it is written: an engine's timers would keep it alive. */
export function trialResult(result: object): void {
  process.stdout.write(JSON.stringify(result), () => process.exit(0));
}
