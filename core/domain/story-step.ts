// A payment's and a give-back's own story is made of these.

/** One step of a payment's own story, for the screen and for whoever asks later. */
export type StoryStep = { at_ms: number; what: string; count?: number; detail?: string };
