export type Snapshot = { seq: number };
