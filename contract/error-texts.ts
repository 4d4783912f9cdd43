// What a person reads for each error code: what happened, whether the money is safe, what to do now. Plain words of a
// till, no technical ones. One table per language, so that a missing text is a type error.
import { en } from './error-texts-en.ts';
import { zh } from './error-texts-zh.ts';

export type { ErrorText } from './error-texts-type.ts';

export const errorTexts = { zh, en } as const;
