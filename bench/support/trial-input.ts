// The child's side of a trial: its input from the command line, its one result to stdout.
export function trialInput<Input>(): Input {
  const text = process.argv[2];
  if (text === undefined) throw new Error('a trial is started by the bench, with its input as JSON');
  return JSON.parse(text) as Input;
}

export function trialResult(result: object): void {
  process.stdout.write(JSON.stringify(result));
}
