// What a command may do to a till's own files: nothing that the till could not open afterwards, and nothing over one of them.
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { Refused } from './program.ts';

/**
 * Files that another user makes there, root too, are closed to the till, which then refuses to sell. `user`: who runs this; undefined where
 * the system has none. @throws Refused
 */
export function assertOwn(state: string, user: number | undefined = process.geteuid?.()): void {
  if (user === undefined || !existsSync(state)) return;
  const { uid } = statSync(state);
  if (uid === user) return;
  throw new Refused(
    `${state} belongs to user ${uid}, and this runs as user ${user}: what it writes would be closed to the till. ` +
      `Nothing was changed; run it as that user (sudo -u '#${uid}' ...)`,
  );
}

function isIn(own: string, folder: string): boolean {
  if (!existsSync(own)) return false;
  const path = relative(realpathSync(own), realpathSync(folder));
  return path !== '..' && !path.startsWith('../');
}

/**
 * @throws Refused where `file` lies in the state directory, or in that of the keys beside it: the name may be one that the till has not
 * used yet, and would read as its own.
 */
export function assertOutside(state: string, file: string): void {
  const folder = dirname(resolve(file));
  if (!existsSync(folder)) return;
  if ([state, `${resolve(state)}-keys`].some((own) => isIn(own, folder)))
    throw new Refused(`${file} lies among the files of the till: name another place, nothing was written`);
}
