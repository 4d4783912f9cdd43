// What the parts of the bench have in common: each watches one process and offers its buttons.

/** What a button answers, in both languages. */
export type Said = { zh: string; en: string };

/** A button that could not do what it says: shown as such, never an end of the bench. */
export class BenchRefused extends Error {
  override readonly name = 'BenchRefused';
  readonly said: Said;

  constructor(said: Said) {
    super(said.en);
    this.said = said;
  }
}

export type Fields = Readonly<Record<string, unknown>>;
export type Handler = (fields: Fields) => Promise<Said> | Said;
export type Handlers = Readonly<Record<string, Handler>>;

export type Side<View> = {
  view(): View;
  handlers: Handlers;
  /** Looks at what happened since the last call; true when the view may have changed. */
  look(): boolean | Promise<boolean>;
};

export function isOn(fields: Fields): boolean {
  return fields['on'] === true;
}

/** Follows a simulator's events: each call returns those since the last one. */
export function follower<Event>(source: { readonly events: readonly Event[] }): () => readonly Event[] {
  let seen = 0;
  return () => {
    const fresh = source.events.slice(seen);
    seen = source.events.length;
    return fresh;
  };
}
