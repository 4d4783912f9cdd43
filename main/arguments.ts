// What a packaged till may be started with. A list of what is allowed, since nobody can list all that Chromium and Node understand.

/** Ours, each with a value. */
const withValue = ['--config', '--state'];
/** Whole arguments: our own, and which display server. */
const whole = ['--kiosk', '--ozone-platform=x11', '--ozone-platform=wayland'];
/** Electron does not run as root without it. A till's own user never needs it, and may not have it. */
const noSandbox = '--no-sandbox';
const debuggingPort = /^--remote-debugging-port=\d{1,5}$/;

/** Chromium takes one dash for two, and cuts white space off first: what it would read as a switch is one. */
function isSwitch(argument: string): boolean {
  return argument.trim().startsWith('-');
}

/** For a log line: without the value, which may be anything, and without what would move a terminal's cursor. */
function nameOf(argument: string): string {
  const [name = ''] = argument.split('=', 1);
  return name.replace(/[^\x21-\x7e]/g, '?').slice(0, 60);
}

/** A test build takes a debugging port as well. */
export type Starter = { isTestBuild: boolean; isRoot: boolean };

/** The first argument that a packaged till does not take. */
export function findRefused(args: readonly string[], { isTestBuild, isRoot }: Starter): string | undefined {
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    const value = args[index + 1];
    if (withValue.includes(argument) && value !== undefined && !isSwitch(value)) index += 1;
    else if (withValue.some((name) => argument.startsWith(`${name}=`))) continue;
    else if (whole.includes(argument) || (isRoot && argument === noSandbox)) continue;
    else if (isTestBuild && debuggingPort.test(argument)) continue;
    else return argument;
  }
  return undefined;
}

/** What a person sees who started the till with it. */
export function refusal(argument: string): string {
  const name = nameOf(argument);
  return [
    `拒绝启动:收银机不接受参数 ${name}。什么都没有运行,钱款不受影响。去掉这个参数,再启动一次。`,
    `Refused to start: a till does not take the argument ${name}. Nothing has run, no money has moved. Remove it and start again.`,
  ].join('\n');
}
