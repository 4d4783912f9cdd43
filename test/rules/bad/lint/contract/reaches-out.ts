import { sum } from '../core/domain/sum.ts';
import { join } from 'node:path';

export const reached = [sum, join];
