// A file that nothing else vouches for (configuration, goods list) may be sealed: `sha256sum FILE > FILE.sha256`. A flipped bit in
// a price or a limit is then a refusal and not a price.
import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** @throws Error when there is a seal that is not this file's. */
export function readSealed(file: string): Buffer {
  const bytes = readFileSync(file);
  const seal = `${file}.sha256`;
  if (!existsSync(seal)) return bytes;
  const sealed = /^([0-9a-f]{64}) [ *][^\n]+\n$/.exec(readFileSync(seal, 'utf8'))?.[1];
  if (sealed === undefined) throw new Error(`${seal} is no line of sha256sum: seal the file again`);
  if (sealed !== hash('sha256', bytes))
    throw new Error(`${file} is not what ${seal} was made of: put the right one back, or seal it again`);
  return bytes;
}
