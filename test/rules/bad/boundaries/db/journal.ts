import type { Printer } from '../drivers/printer/printer.ts';
export type Journal = { printer: Printer };
