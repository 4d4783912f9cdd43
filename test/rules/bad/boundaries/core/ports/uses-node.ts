import type { Socket } from 'node:net';
export type Link = { socket: Socket };
