import { app } from 'electron';
import type { Row } from '../db/row.ts';
export type Name = [string, Row?];
export const name: Name = [app.getName()];
