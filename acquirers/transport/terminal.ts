// What 银发〔2021〕259号 has acquirers ask of a terminal, as their messages write it. Pure. Sources: docs/acquirers/terminal.md.

/** WGS84 degrees; east and north are above zero. */
export type Location = { longitude: number; latitude: number };

export type TerminalDevice = {
  serial: string;
  deviceType: string;
  ip?: string | undefined;
  location?: Location | undefined;
};

/** A sign, `whole` digits, a point, `decimals` digits: "+031.22". */
function signed(degrees: number, whole: number, decimals: number): string {
  const digits = Math.abs(degrees).toFixed(decimals);
  return `${degrees < 0 ? '-' : '+'}${digits.padStart(whole + 1 + decimals, '0')}`;
}

/** "+121.48352" and "+31.221345": ten characters each, to a metre. */
export function placeOf({ longitude, latitude }: Location): { longitude: string; latitude: string } {
  return { longitude: signed(longitude, 3, 5), latitude: signed(latitude, 2, 6) };
}

/**
 * Fields that a contract names and no public page does: the configuration writes them, with `$serial`, `$deviceType`, `$ip`, `$longitude`
 * and `$latitude` for what stands under `terminal`.
 * @throws Error where one is asked for that is not configured.
 */
export function filled(
  fields: Readonly<Record<string, string>>,
  { serial, deviceType, ip, location }: TerminalDevice,
): Record<string, string> {
  const place = location === undefined ? {} : placeOf(location);
  const known: Readonly<Record<string, string | undefined>> = { serial, deviceType, ip, ...place };
  const fill = (text: string): string =>
    text.replaceAll(/\$([A-Za-z]+)/g, (_all, name: string) => {
      const value = Object.hasOwn(known, name) ? known[name] : undefined;
      if (value === undefined) throw new Error(`$${name} is not configured under terminal`);
      return value;
    });
  return Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, fill(text)]));
}
