// What never changes on the bench: the lab's catalogue, twelve goods that a small shop sells all day, phones, people.
import { readFileSync } from 'node:fs';
import type { BenchFacts, Good } from '../../../fixtures/lab/shared/view.ts';
import { labCatalogue, labPins } from '../shop.ts';
import { labFaults } from './fault-list.ts';
import { labPhones } from './scanner-side.ts';

/** By barcode: rows move when the catalogue grows. */
const SHELF: readonly (readonly [barcode: string, zh: string, en: string])[] = [
  ['6901821000474', '矿泉水', 'water'],
  ['6901821002690', '气泡水', 'sparkling'],
  ['6903316000471', '乌龙茶', 'oolong tea'],
  ['6904092000846', '鲜橙汁', 'orange juice'],
  ['6905678000472', '纯牛奶', 'milk'],
  ['6906140000846', '方便面', 'noodles'],
  ['6907933001958', '薯片', 'crisps'],
  ['6908265002323', '巧克力', 'chocolate'],
  ['6909514001586', '肉松面包', 'bread'],
  ['6909514003801', '鸡肉饭团', 'rice ball'],
  ['6922386001584', '啤酒', 'beer'],
  ['6999057000849', '鲜鸡蛋', 'eggs'],
];

/** The lab's catalogue has no quoted fields: one comma, one column. */
function readGoods(): Good[] {
  const [, ...rows] = readFileSync(labCatalogue, 'utf8').trimEnd().split('\n');
  return rows.map((row) => {
    const [barcode = '', name_zh = '', name_en = '', , price = ''] = row.split(',');
    return { barcode, name_zh, name_en, price_fen: Number(price) };
  });
}

export function benchFacts(): BenchFacts {
  const goods = readGoods();
  return {
    goods,
    shelf: SHELF.flatMap(([barcode, short_zh, short_en]) => {
      const good = goods.find((one) => one.barcode === barcode);
      return good === undefined ? [] : [{ ...good, short_zh, short_en }];
    }),
    phones: labPhones,
    faults: labFaults.map(({ id, zh, en }) => ({ id, zh, en })),
    people: [
      { name: '林晓', role_zh: '收银员', role_en: 'cashier', pin: labPins.lin },
      { name: '陈岚', role_zh: '店长', role_en: 'manager', pin: labPins.chen },
      { name: '吴工', role_zh: '技术员', role_en: 'technician', pin: labPins.wu },
    ],
  };
}
