// Kinds of value that the parts of the configuration file share.
import { z } from 'zod';

export const identifier = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);
export const milliseconds = z
  .int()
  .min(1)
  .max(7 * 24 * 3600 * 1000);
export const path = z.string().min(1).max(4096);
export const fen = z.int().min(0).max(1_000_000_000);
