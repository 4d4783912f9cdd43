// What can happen to one call between till and acquirer, with the most that a wild seed weighs it (`none` is 100).
export const lineFaults = {
  /** The connection is refused: nothing has left. */
  refused: 8,
  requestLost: 12,
  /** It arrives long after its sender has given up. */
  requestLate: 12,
  answerLost: 16,
  answerLate: 12,
  requestTwice: 12,
  /** The connection breaks in the middle of the answer. */
  reset: 8,
  slowDrip: 6,
  garbage: 6,
  truncated: 6,
  html: 6,
  serverError: 10,
  badSignature: 6,
  /** A signature that is right, of an answer that says the opposite. */
  forged: 6,
  /** A well signed answer about another order. */
  crossed: 8,
  /** A copy of the request reaches the host as well, and the answer to the copy is what comes back. */
  copied: 4,
  /** A well signed answer about an order of our number and another amount. */
  namesake: 8,
  /** One of the acquirer's servers does not know the terminal: it refuses what it is asked, and looks at nothing. */
  strayRefusal: 12,
  /** The answer of an earlier call, come again. */
  replayed: 4,
} as const;

export type LineFault = keyof typeof lineFaults;
export type LineWeights = Readonly<Record<LineFault | 'none', number>>;
