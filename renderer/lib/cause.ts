// Why a route is down, in words: the adapter gives the system's own code, which only a technician reads.
type Cause =
  | 'refused'
  | 'dns'
  | 'timeout'
  | 'reset'
  | 'unreachable'
  | 'tls'
  | 'server'
  | 'untrusted'
  | 'signInRefused'
  | 'signInLate'
  | 'signInUnreadable';

const patterns: readonly (readonly [RegExp, Cause])[] = [
  // First: what comes behind the sign-in's word has words of its own.
  [/^(SESSION_EXPIRED )?SIGN_IN_REFUSED/, 'signInRefused'],
  [/^(SESSION_EXPIRED )?SIGN_IN_TIMED_OUT/, 'signInLate'],
  [/^(SESSION_EXPIRED )?SIGN_IN_/, 'signInUnreadable'],
  [/^ECONNREFUSED/, 'refused'],
  [/^(ENOTFOUND|EAI_)/, 'dns'],
  [/(TIMEOUT|TIMEDOUT|TimeoutError|AbortError)/, 'timeout'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)/, 'reset'],
  [/^(EHOSTUNREACH|ENETUNREACH|ENETDOWN)/, 'unreachable'],
  [/(CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_)/, 'tls'],
  [/^HTTP_/, 'server'],
  [/(SIGNATURE|NONCE|NOT_JSON|STALE)/, 'untrusted'],
];

/** The kind of a cause, or null for one we have no word for: then it is shown as it stands. */
export function causeKind(cause: string): Cause | null {
  return patterns.find(([pattern]) => pattern.test(cause))?.[1] ?? null;
}
