import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { State } from './sees-contract.ts';
export const used: [typeof createHash, typeof z, State?] = [createHash, z];
