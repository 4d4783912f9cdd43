import type { Row } from '../../db/row.ts';
export type Frame = { row: Row };
