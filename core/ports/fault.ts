// A fault: an input or output that failed. A value, posted as an event, never thrown across a port.

/** `retry`: 'safe' nothing happened; 'unsafe' it may have happened; 'never' repeating cannot help. */
export type Fault = { code: string; retry: 'safe' | 'unsafe' | 'never'; detail: string };
