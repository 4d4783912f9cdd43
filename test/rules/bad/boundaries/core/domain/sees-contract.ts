import type { Snapshot } from '../../contract/snapshot.ts';
export type State = Snapshot;
