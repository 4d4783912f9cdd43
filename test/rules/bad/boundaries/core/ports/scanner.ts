import type { Engine } from '../engine/engine.ts';
export type Scanned = { text: string; engine: Engine };
