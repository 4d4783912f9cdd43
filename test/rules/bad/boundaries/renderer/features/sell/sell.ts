import type { Refund } from '../refund/refund.ts';
import type { Name } from '../../../main/main.ts';
export type Sell = [Refund, Name];
