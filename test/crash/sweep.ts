// Every scenario, killed before every write, sync, truncation, removal and rename: the first part of main.ts, without gaps.
//   node test/crash/sweep.ts [--lanes 2] [--scenario NAME] [--call NAME] [--every 1] [--double] [--seed N]
import { crashCommand } from './command.ts';

const usual = ['--part', 'kill', '--every', '1', '--lanes', '2'];
process.exit(await crashCommand([...usual, ...process.argv.slice(2)]));
