// The head of the papers that tests draw.
import type { ReceiptHeader } from '../../core/domain/receipt/blocks.ts';

export const header: ReceiptHeader = {
  name_zh: '好邻居便利店',
  address: '上海市某路 1 号',
  phone: '021-00000000',
  payeeOf: (attemptId) => ({
    kind: 'merchant',
    number: `898310000000001 of ${attemptId}`,
    terminal: '00000001',
  }),
  terminalCode: '00000001',
  operatorName: '小王',
  shortHash: 'a1b2c3d4',
  tagOf: () => 'K7Q2M9XA',
};
