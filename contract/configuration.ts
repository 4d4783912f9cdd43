// The one configuration file. Every key is described in docs/configuration.md; a complete example: docs/configuration.example.json.
import { z } from 'zod';
import { roles } from './commands.ts';
import { printerSchema, scannerSchema, wedgeSchema } from './configuration-devices.ts';
import { gatewayRouteSchema, type RouteConfiguration, routeSchema } from './configuration-routes.ts';
import { terminalSchema } from './configuration-terminal.ts';
import { identifier, path } from './configuration-values.ts';

const operatorSchema = z.strictObject({
  id: identifier,
  name: z.string().min(1).max(32),
  role: z.enum(roles),
  /** scrypt$N$r$p$salt$hash, both base64url: `yima pin` makes it. */
  pin: z.string().regex(/^scrypt\$\d+\$\d+\$\d+\$[\w-]+\$[\w-]+$/),
});

const cashSchema = z.strictObject({
  /** 抹零 goes down to a multiple of this: 1 never, 10 to the jiao, 100 to the yuan. */
  roundDownTo_fen: z.union([z.literal(1), z.literal(10), z.literal(100)]).default(10),
  /** True: always; false: when the cashier asks. */
  roundDownAlways: z.boolean().default(false),
  /** Notes and coins of the blind count. */
  denominations_fen: z
    .array(z.int().min(1).max(100_000))
    .min(1)
    .max(20)
    .default([10_000, 5000, 2000, 1000, 500, 100, 50, 10]),
});

const displaySchema = z.strictObject({
  pxPerMm: z.number().min(1).max(40).default(5.94),
  /** A second monitor shows the customer his sum and our code. */
  customer: z.enum(['auto', 'off']).default('auto'),
});

const backupSchema = z.strictObject({
  /** Default: `<state>-backups` beside the state directory. */
  directory: path.optional(),
  /** So many verified ones are kept, the newest. */
  keep: z.int().min(2).max(1000).default(7),
  /** After each Z anyway. */
  every_h: z.int().min(1).max(168).default(4),
});

const fileSchema = z.strictObject({
  store: z.strictObject({
    name_zh: z.string().min(1).max(40),
    name_en: z.string().min(1).max(60),
    address: z.string().max(80),
    phone: z.string().max(30),
    /** Its administrative division (GB/T 2260), six digits; null: no wallet is refused for its place. */
    region: z
      .string()
      .regex(/^\d{6}$/)
      .nullable()
      .default(null),
  }),
  terminal: terminalSchema,
  display: displaySchema.prefault({}),
  catalogueFile: path,
  /** Outside the state directory; default: `<state>-keys` beside it. */
  keysDirectory: path.optional(),
  backup: backupSchema.prefault({}),
  /** Where the acquirers' bills are put; default: `<state>-bills` beside the state directory. */
  billsDirectory: path.optional(),
  operators: z.array(operatorSchema).min(1).max(200),
  scanners: z.array(scannerSchema).max(8),
  printer: printerSchema,
  wedge: wedgeSchema.prefault({}),
  cash: cashSchema.prefault({}),
  /** The till locks itself after this long without a touch or a scan. */
  lockAfter_s: z.int().min(30).max(7200).default(300),
  /** One gateway; or `routes`. */
  route: gatewayRouteSchema.optional(),
  /** All contracts, the preferred one first. */
  routes: z.array(routeSchema).min(1).max(8).optional(),
});

const ROUTES_once = 'give either route, or routes';

/** The file as it stands. */
export const configurationSchema = fileSchema.refine(
  ({ route, routes }) => (route === undefined) !== (routes === undefined),
  {
    message: ROUTES_once,
    path: ['routes'],
    // Beside whatever else is wrong: all of it is told at once.
    when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
  },
);

export type ConfigurationFile = z.infer<typeof configurationSchema>;

/** What the till works with: `routes` in order of preference, whichever way they were written. */
export type Configuration = Omit<ConfigurationFile, 'route' | 'routes'> & {
  routes: readonly RouteConfiguration[];
};

export function withRoutes({ route, routes = [], ...rest }: ConfigurationFile): Configuration {
  return { ...rest, routes: route === undefined ? routes : [route, ...routes] };
}
