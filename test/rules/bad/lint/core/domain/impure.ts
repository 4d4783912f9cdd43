import { readFileSync } from 'node:fs';
import { z } from 'zod';

export const now = Date;
export const chance = Math.random();
setTimeout(() => undefined, 1);
export const environment = process.env;
console.log(z, readFileSync);
export const page = fetch('https://example.invalid');
