// Preload (`node --import`): runs the core with one bug that an engineer might write. YIMA_PLANT says which. Each must be found.
import { registerHooks } from 'node:module';

type Plant = { file: string; from: string; to: string };

const plants: Readonly<Record<string, Plant>> = {
  // No answer in time is taken for a no.
  timeoutDeclined: {
    file: '/acquirers/gateway/adapter.ts',
    from: "return { kind: 'noAnswer', cause: outcome.cause };",
    to: "return { kind: 'declined', code: 'TIMEOUT', reason: 'other' };",
  },
  // A request that may have left is called not sent.
  sentForgotten: {
    file: '/acquirers/transport/https.ts',
    from: 'isConnected = true;',
    to: 'isConnected = false;',
  },
  // "No such order" is taken for proof, though the request may still be on its way.
  notFoundBelieved: {
    file: '/acquirers/gateway/codec.ts',
    from: "return { kind: 'notFound' };",
    to: "return { kind: 'declined', code: 'FF', reason: 'other' };",
  },
  // Whoever answers is the acquirer.
  certificateIgnored: {
    file: '/acquirers/transport/https.ts',
    from: 'timeout: settings.connectTimeout_ms,',
    to: 'timeout: settings.connectTimeout_ms, rejectUnauthorized: false,',
  },
  // A reversal is sent once, and what became of it is not asked.
  reversalBelieved: {
    file: '/acquirers/gateway/adapter.ts',
    from: "{ kind: 'reversalPending', cause: outcome.cause }",
    to: "{ kind: 'reversalAcknowledged', result: 'REVERSED' as const }",
  },
};

const name = process.env['YIMA_PLANT'] ?? '';
const plant = plants[name];
if (plant === undefined) throw new Error(`no such plant: ${name}`);

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(plant.file)) return loaded;
    const source = Buffer.from(loaded.source as string | Uint8Array).toString('utf8');
    if (!source.includes(plant.from)) throw new Error(`${url} does not hold ${plant.from}`);
    return { ...loaded, source: source.replace(plant.from, plant.to) };
  },
});
