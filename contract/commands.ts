// Every command a client may send, with the shape of its parameters and the role that may use it.
import { z } from 'zod';

export const roles = ['cashier', 'manager', 'technician'] as const;
export type Role = (typeof roles)[number];

const none = z.strictObject({});
const identifier = z.string().min(1).max(64);

/** Parameters by command. `operator.signIn` takes a PIN, or the token of an earlier sign-in on this core. */
export const commandSchemas = {
  'operator.signIn': z.union([
    z.strictObject({ operatorId: identifier, pin: z.string().regex(/^\d{4,12}$/) }),
    z.strictObject({ token: z.string().min(16).max(128) }),
  ]),
  'operator.signOut': none,
  'snapshot.get': none,
  'snapshot.subscribe': none,
  'till.setLanguage': z.strictObject({ language: z.enum(['zh', 'en']) }),
  'goods.enter': z.strictObject({ barcode: z.string().min(1).max(64) }),
  'goods.search': z.strictObject({ text: z.string().min(1).max(40) }),
  'line.setQuantity': z.strictObject({ lineId: identifier, quantity: z.int().min(1).max(999) }),
  'line.remove': z.strictObject({ lineId: identifier }),
  'sale.tender': none,
  'sale.backToGoods': none,
  'sale.cancel': none,
  'sale.next': none,
  'notice.dismiss': none,
  'payment.giveUp': z.strictObject({ attemptId: identifier }),
  'receipt.reprint': z.strictObject({ receiptId: identifier.optional() }),
  'queue.list': none,
  'exceptions.list': none,
  'journal.verify': none,
} as const;

export type CommandName = keyof typeof commandSchemas;
export type CommandParams<Name extends CommandName> = z.infer<(typeof commandSchemas)[Name]>;

const everyone: readonly Role[] = roles;
const sellers: readonly Role[] = ['cashier', 'manager'];

/** Which roles may use a command; the core checks it whatever the transport. */
export const commandRoles: Record<CommandName, readonly Role[]> = {
  'operator.signIn': everyone,
  'operator.signOut': everyone,
  'snapshot.get': everyone,
  'snapshot.subscribe': everyone,
  'till.setLanguage': everyone,
  'goods.enter': sellers,
  'goods.search': sellers,
  'line.setQuantity': sellers,
  'line.remove': sellers,
  'sale.tender': sellers,
  'sale.backToGoods': sellers,
  'sale.cancel': sellers,
  'sale.next': sellers,
  'notice.dismiss': everyone,
  'payment.giveUp': sellers,
  'receipt.reprint': sellers,
  'queue.list': everyone,
  'exceptions.list': everyone,
  'journal.verify': ['manager', 'technician'],
};

/** Commands a connection may use before it has signed in (the sign-in screen needs its snapshot). */
export const openCommands: readonly CommandName[] = [
  'operator.signIn',
  'snapshot.get',
  'snapshot.subscribe',
  'till.setLanguage',
];

export type SignInResult = { token: string; operator: { id: string; name: string; role: Role } };
export type GoodsFound = {
  barcode: string;
  name_zh: string;
  name_en: string;
  unit: string;
  price_fen: number;
};
