import { createHash } from 'node:crypto';

export const now = new Date(0);
export const chance = Math.random();
setTimeout(() => undefined, 1);
export const hash = createHash;
