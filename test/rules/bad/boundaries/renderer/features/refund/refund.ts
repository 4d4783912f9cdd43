import { app } from 'electron';
export type Refund = { refund: boolean };
export const asked = app;
