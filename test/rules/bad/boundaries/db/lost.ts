import type { Nothing } from './missing.ts';
export type Lost = Nothing;
