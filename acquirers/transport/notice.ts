// A notice as a relay handed it on, before anybody looked at what it is worth.
import type { NoticeRead } from '../../core/ports/notices.ts';

/** `headers`: names in lower case. `arrived_ms`: when it came to the relay, by our clock: a notice is as fresh as it was there. */
export type RawNotice = { headers: Readonly<Record<string, string>>; body: Buffer; arrived_ms: number };

/** Never throws. */
export type ReadNotice = (notice: RawNotice) => NoticeRead;

export const problem = (what: string): NoticeRead => ({ kind: 'problem', problem: what });
