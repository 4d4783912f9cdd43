// The built core's first file (dist/core/core.mjs): what is loaded after it is taken from the compile cache.
import { useCompileCache } from './compile-cache.ts';

process.umask(0o077);
useCompileCache(process.argv.slice(2));
await import('./main.ts');
