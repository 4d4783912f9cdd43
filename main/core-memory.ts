// How the core's process holds its memory: by settings that only its start can give it.

/** For Node. New objects get pages of 4 MB instead of 16: a core at work is given back what it no longer uses. */
export const coreNodeFlags: readonly string[] = ['--max-semi-space-size=4'];

/** For the C library. Two arenas, not eight for each processor: SQLite's and TLS's freed pages stay few. */
export const coreMemory: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: '2' };
