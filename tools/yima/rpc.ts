// `yima rpc <command> '<json>'`: one request to the running core over its control socket, signed in when an operator is named.
import { join } from 'node:path';
import type { Command } from 'commander';
import { type CommandName, commandSchemas } from '../../contract/commands.ts';
import { connectRpc, type RpcClient, RpcRefused } from '../rpc/client.ts';
import { explain, print, Refused } from './program.ts';

type Options = { state: string; operator?: string; pin?: string };

function parametersOf(text: string | undefined): unknown {
  if (text === undefined) return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refused(`the parameters are not valid JSON: ${why}`, { cause: error });
  }
}

function commandOf(name: string): CommandName {
  if (Object.hasOwn(commandSchemas, name)) return name as CommandName;
  throw new Refused(`there is no command ${name}; there are:\n  ${Object.keys(commandSchemas).join('\n  ')}`);
}

async function connect(state: string): Promise<RpcClient> {
  const path = join(state, 'control.sock');
  try {
    return await connectRpc(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refused(`no core serves ${path}: ${why}`, { cause: error });
  }
}

async function signIn(client: RpcClient, { operator, pin }: Options): Promise<void> {
  const secret = pin ?? process.env['YIMA_PIN'];
  if (operator === undefined) return;
  if (secret === undefined) throw new Refused('a PIN is needed: YIMA_PIN in the environment, or --pin');
  await client.call('operator.signIn', { operatorId: operator, pin: secret });
}

async function request(name: string, text: string | undefined, options: Options): Promise<void> {
  const command = commandOf(name);
  const parameters = parametersOf(text);
  const client = await connect(options.state);
  try {
    await signIn(client, options);
    await print(JSON.stringify(await client.call(command, parameters), null, 2));
  } catch (error) {
    if (!(error instanceof RpcRefused)) throw error;
    throw new Refused(explain(error.code, error.message.slice(error.code.length + 1)), { cause: error });
  } finally {
    client.close();
  }
}

export function addRpcCommand(program: Command): void {
  program
    .command('rpc')
    .description('send one request to the running core and print its answer')
    .argument('<command>', 'goods.enter, sale.tender, journal.verify ...')
    .argument('[json]', 'its parameters', undefined)
    .requiredOption('--state <dir>', 'state directory of the till')
    .option('--operator <id>', 'sign in first')
    .option(
      '--pin <pin>',
      'better in the environment as YIMA_PIN: a command line is seen by everybody on the machine',
    )
    .action(request);
}
