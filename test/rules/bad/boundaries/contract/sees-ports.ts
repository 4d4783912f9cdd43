import type { Scanned } from '../core/ports/scanner.ts';
export type Message = Scanned;
