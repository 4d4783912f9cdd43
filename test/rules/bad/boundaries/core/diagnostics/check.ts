import os from 'node:os';
import type { Session } from '../rpc/session.ts';
export const check = { os } as { os: typeof os; session?: Session };
