import { readFileSync } from 'node:fs';
import { ipcRenderer } from 'electron';

export const used = [readFileSync, ipcRenderer];
