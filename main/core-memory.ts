// How the core's process holds its memory: by settings that only its start can give it.

/** For Node. New objects get pages of 4 MB instead of 16: a core at work is given back what it no longer uses. */
export const coreNodeFlags: readonly string[] = ['--max-semi-space-size=4'];

/**
 * For the C library. One arena for all threads, and what is large goes back to the system at once: the threads that copy and compare journals
 * leave nothing behind (docs/proof.md, "Soak"). The two limits are given in bytes.
 */
export const coreMemory: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '65536',
  MALLOC_TRIM_THRESHOLD_: '65536',
};
