// The configuration as a report may hold it: what opens or signs anything is blanked, paths and addresses stay.

const BLANK = '***';

/** Names whose values are secrets, or tell one; a path to a secret (`appKeyFile`) is none. */
const secretName = /pin|secret|password|token|(?:key|hmac)(?!file|sdirectory)|appid/i;
const pathName = /(?:file|directory|path)$/i;

/** A copy in which every secret is `***`, however deep it stands. */
export function redacted(value: unknown, name = ''): unknown {
  if (secretName.test(name) && !pathName.test(name)) return BLANK;
  if (Array.isArray(value)) return value.map((one) => redacted(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redacted(inner, key)]));
}
