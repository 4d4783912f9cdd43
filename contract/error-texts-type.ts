/** `what`: what happened, short enough for a heading. `money`: is it safe. `todo`: the next step. */
export type ErrorText = { what: string; money: string; todo: string };
