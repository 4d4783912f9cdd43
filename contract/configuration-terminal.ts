// The till as its acquirers know it: numbers of the contract, device and place (银发〔2021〕259号). Keys: docs/configuration.md.
import { z } from 'zod';

/** WGS84 degrees. */
const locationSchema = z.strictObject({
  longitude: z.number().min(-180).max(180),
  latitude: z.number().min(-90).max(90),
});

export const merchantNumber = z.string().regex(/^[0-9A-Za-z]{15}$/, 'must be 15 letters or digits');
export const terminalNumber = z.string().regex(/^[0-9A-Za-z]{8}$/, 'must be 8 letters or digits');

export const terminalSchema = z
  .strictObject({
    merchantCode: merchantNumber,
    terminalCode: terminalNumber,
    serial: z.string().min(1).max(50),
    deviceType: z
      .string()
      .regex(/^\d\d$/)
      .default('11'),
    ip: z.union([z.ipv4(), z.ipv6()]).optional(),
    location: locationSchema.optional(),
  })
  .refine(({ ip, location }) => ip !== undefined || location !== undefined, {
    message: 'give ip, or location, or both',
    path: ['ip'],
  });

/** Words that stand for what is configured under `terminal`. */
const unknownWord = /\$(?!(?:serial|deviceType|ip|longitude|latitude)(?![A-Za-z]))/;

/** Fields that the merchant's contract names and no public page does. */
export const contractFields = z
  .record(
    z.string().regex(/^[A-Za-z]\w{0,63}$/),
    z
      .string()
      .min(1)
      .max(512)
      .refine((text) => !unknownWord.test(text), 'knows $serial $deviceType $ip $longitude $latitude only'),
  )
  .refine((fields) => JSON.stringify(fields).length <= 2048, 'must be 2048 characters at most');
