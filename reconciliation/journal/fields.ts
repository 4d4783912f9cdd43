// Reads single fields of a record's body. What is not there as it must be is told with the record and the field.

/** As `yima journal export` and db/read give it. `body` is JSON text. */
export type JournalRow = { sequence: number; at: string; type: string; body: string };

/** The journal is not what it should be: `yima audit` and `yima journal verify` say more. */
export class BadJournal extends Error {
  override readonly name = 'BadJournal';
}

export type Fields = {
  text(path: string): string;
  /** Null when the field, or something on the way to it, is not there or null. */
  textOrNull(path: string): string | null;
  whole(path: string): number;
  /** Anything but `true` is false. */
  flag(path: string): boolean;
};

function at(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    return (value as Record<string, unknown>)[name];
  }, body);
}

function parsed({ sequence, body }: JournalRow): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new BadJournal(`record ${sequence}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws BadJournal */
export function fieldsOf(row: JournalRow): Fields {
  const body = parsed(row);
  const wrong = (path: string, what: string) =>
    new BadJournal(`record ${row.sequence} ${row.type}: ${path} is ${what}`);
  return {
    text(path) {
      const value = at(body, path);
      if (typeof value !== 'string') throw wrong(path, 'not a text');
      return value;
    },
    textOrNull(path) {
      const value = at(body, path);
      return typeof value === 'string' ? value : null;
    },
    whole(path) {
      const value = at(body, path);
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrong(path, 'not a whole number');
      return value;
    },
    flag: (path) => at(body, path) === true,
  };
}
