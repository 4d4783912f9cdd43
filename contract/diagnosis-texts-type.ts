/** `what`: what was found. `todo`: the remedy; empty where there is nothing to do. */
export type FindingText = { what: string; todo: string };
