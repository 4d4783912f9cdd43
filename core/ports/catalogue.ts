// Goods by barcode, and by a few typed letters.
import type { Goods } from '../domain/sale/sale.ts';

export interface Catalogue {
  find(barcode: string): Goods | null;
  /** At most 50, by name, English name, category or barcode. */
  search(text: string): Goods[];
  count(): number;
}
