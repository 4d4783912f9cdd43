import type { Printer } from '../../drivers/printer/printer.ts';
import type { Wide } from '../core.ts';
export type Engine = { printer: Printer; wide: Wide };
