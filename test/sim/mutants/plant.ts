// Preload (`node --import`): runs the product with the mutant that YIMA_TEST_MUTANT names, by changing one file's text as it is loaded.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { mutated } from './change.ts';
import { mutantOf } from './table.ts';

const mutant = mutantOf(process.env['YIMA_TEST_MUTANT'] ?? '');
const root = join(import.meta.dirname, '..', '..', '..');
const planted = pathToFileURL(join(root, mutant.file)).href;

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    if (url !== planted) return loaded;
    const source = Buffer.from(loaded.source as string | Uint8Array).toString('utf8');
    return { ...loaded, source: mutated(source, mutant) };
  },
});
