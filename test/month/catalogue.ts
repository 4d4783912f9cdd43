// Made-up goods: prices down to the fen, all four rates of tax.
import type { Goods } from '../../core/domain/sale/sale.ts';
import type { Chance } from './random.ts';

const kinds = [
  { name_zh: '绿茶', name_en: 'Green tea', unit: '瓶', tax_bp: 1300, from_fen: 250, to_fen: 1200 },
  { name_zh: '电池', name_en: 'Batteries', unit: '包', tax_bp: 1300, from_fen: 990, to_fen: 6999 },
  { name_zh: '大米', name_en: 'Rice', unit: '袋', tax_bp: 900, from_fen: 1980, to_fen: 8990 },
  { name_zh: '鲜奶', name_en: 'Fresh milk', unit: '盒', tax_bp: 900, from_fen: 199, to_fen: 1680 },
  { name_zh: '复印', name_en: 'Copies', unit: '张', tax_bp: 600, from_fen: 30, to_fen: 300 },
  { name_zh: '蔬菜', name_en: 'Vegetables', unit: '份', tax_bp: 0, from_fen: 77, to_fen: 1543 },
];

export function makeCatalogue(chance: Chance): Goods[] {
  return Array.from({ length: 90 }, (_, index) => {
    const { from_fen, to_fen, ...kind } = chance.pick(kinds);
    const price_fen = chance.whole(from_fen, to_fen);
    const barcode = `690${String(1_000_000_000 + index * 7919).slice(0, 10)}`;
    return {
      ...kind,
      name_zh: `${kind.name_zh} ${index}`,
      name_en: `${kind.name_en} ${index}`,
      barcode,
      price_fen,
    };
  });
}
