export type Link = { open: boolean };
