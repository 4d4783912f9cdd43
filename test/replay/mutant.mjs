// Preloaded (node --import): this program leaves half of what the shop's rounded off, as a changed rule would.
import { registerHooks } from 'node:module';

const RULE = 'return off_fen < due ? off_fen : 0;';

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/core/domain/till/tendering.ts')) return loaded;
    const source = Buffer.from(loaded.source ?? '').toString('utf8');
    if (!source.includes(RULE)) throw new Error('the rule to change is not where it was');
    return {
      ...loaded,
      source: source.replace(RULE, 'return off_fen < due ? Math.floor(off_fen / 2) : 0;'),
    };
  },
});
