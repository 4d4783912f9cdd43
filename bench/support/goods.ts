// Goods for the bench: as many as wanted, from a seed, with Chinese names of several words.
import { generator } from '../../fixtures/codes.ts';

export type BenchGoods = { barcode: string; name_zh: string; price_fen: number };

const brands = [
  '江岸',
  '白鹭',
  '老街',
  '山泉',
  '金麦',
  '海风',
  '青禾',
  '小熊',
  '晨光',
  '北辰',
  '云岭',
  '西湖',
];
const kinds = [
  '乌龙茶',
  '酱油',
  '饼干',
  '牛奶',
  '方便面',
  '矿泉水',
  '洗衣液',
  '纸巾',
  '巧克力',
  '啤酒',
  '薯片',
  '豆腐干',
];
const manners = ['原味', '有机', '低糖', '麻辣', '家庭装', '迷你', '特级', '加浓', '清香', '无糖'];

/** GS1 mod 10 over twelve digits. */
function ean13(body: string): string {
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

export function makeGoods(count: number, seed: number): BenchGoods[] {
  const random = generator(seed);
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? '';
  return Array.from({ length: count }, (_, index) => ({
    barcode: ean13(`69${String(index).padStart(10, '0')}`),
    name_zh: `${pick(brands)}${pick(manners)}${pick(kinds)} ${Math.floor(random() * 900) + 100}g`,
    price_fen: Math.floor(random() * 20_000) + 50,
  }));
}

export function goodsCsv(goods: readonly BenchGoods[]): string {
  const rows = goods.map(
    ({ barcode, name_zh, price_fen }) => `${barcode},${name_zh},Goods,件,${price_fen},1300,bench`,
  );
  return `barcode,name_zh,name_en,unit,price_fen,tax_bp,category\n${rows.join('\n')}\n`;
}
