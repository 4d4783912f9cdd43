// npm run test:crash -- [--part kill|error|power|migrate|backup] [--every N] [--seed N] [--lanes N]: what a till keeps when it dies.
import { crashCommand } from './command.ts';

process.exit(await crashCommand(process.argv.slice(2)));
