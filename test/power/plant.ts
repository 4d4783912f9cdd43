// Preload (`node --import`): runs the product with the mistake that YIMA_TEST_MISTAKE names.
import { registerHooks } from 'node:module';
import { isMistake, mistakes } from './mistakes.ts';

const name = process.env['YIMA_TEST_MISTAKE'] ?? '';
if (!isMistake(name)) throw new Error(`YIMA_TEST_MISTAKE names no mistake: ${name}`);
const { file, from, to } = mistakes[name];

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(file)) return loaded;
    const source = Buffer.from(loaded.source as string | Uint8Array).toString('utf8');
    if (!source.includes(from)) throw new Error(`${url} does not hold: ${from}`);
    return { ...loaded, source: source.replace(from, to) };
  },
});
