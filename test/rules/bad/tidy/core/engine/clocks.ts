// A mention of Date.now() in a comment, or in 'new Date()', is no use of it.
export const text = 'Math.random';
export const at_ms = Date.now();
export const when = new Date();
export const chance = Math.random();
export const given = new Date(0);
