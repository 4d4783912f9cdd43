import { used } from '../core/domain/uses-packages.ts';
import { z } from 'zod';
export const seen = [used, z];
