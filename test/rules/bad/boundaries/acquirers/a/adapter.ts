import type { B } from '../b/adapter.ts';
export type A = B;
