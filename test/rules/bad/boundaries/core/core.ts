import type { Sell } from '../renderer/features/sell/sell.ts';
export type Wide = { all: Sell };
