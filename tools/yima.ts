// The `yima` command line. Each command is a file of tools/yima/ that adds itself; this one only gathers them.
import { Command } from 'commander';
import { addSetup } from './yima/setup.ts';

const program = new Command('yima').description('一码命令行 / the Yima command line').showHelpAfterError();
addSetup(program);
await program.parseAsync();
