// What the views take from the configuration.
import type { RouteSettings, Surroundings } from '../domain/till/events.ts';
import type { Operator } from './operators.ts';

export type ViewSettings = {
  store: { name_zh: string; name_en: string };
  terminalCode: string;
  pxPerMm: number;
  lockAfter_s: number;
  wedge: { goods: boolean };
  denominations_fen: readonly number[];
  cash: Surroundings['cash'];
  operators: readonly Operator[];
  /** In order of preference. */
  routes: Readonly<Record<string, RouteSettings & { schemes: readonly string[]; presents: string | null }>>;
};
