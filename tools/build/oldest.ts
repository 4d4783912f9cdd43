// The oldest runtime that main, preload and page meet: Electron 33.2.1, the one that comes through npm. Newer ones know all it knows.
export const oldest = { main: 'node20.18', page: 'chrome130' } as const;
