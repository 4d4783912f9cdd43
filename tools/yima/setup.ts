// `yima setup --dir DIR`: a new till's directory, the first PINs shown once.
import type { Command } from 'commander';
import { print, Refused } from './program.ts';
import { type NewTill, type SetUpFault, setUpTill } from './setup-till.ts';

const roleNames = {
  cashier: '收银员 cashier',
  manager: '店长 manager',
  technician: '技术员 technician',
} as const;

function remedyFor({ code, detail }: SetUpFault): string {
  switch (code) {
    case 'setup.taken':
      return `已有配置，未作改动 / there is a configuration already, nothing was changed: ${detail}`;
    case 'setup.open':
      return `目录对他人开放 / the directory is open to others: ${detail}\n  chmod 700 ${detail}`;
    case 'setup.failed':
      return `没有建成 / could not be made: ${detail}`;
  }
}

/** What the technician reads, once: PINs, and what is left to fill in. */
function welcome({ directory, configFile, appKeyFile, operators }: NewTill): string {
  const pins = operators.map(({ id, role, pin }) => `  ${id.padEnd(12)} ${pin}   ${roleNames[role]}`);
  return [
    `已建立 / made: ${configFile}`,
    '',
    '初始密码，只显示这一次，请抄下 / first PINs, shown only this once, write them down:',
    ...pins,
    '',
    '还需填写 / still to fill in:',
    '  store, terminal   店名、地址、商户号、终端号 / shop, merchant and terminal codes, serial, ip',
    '  scanners          扫码枪路径 / path of the scanner: ls /dev/serial/by-id',
    '  printer           打印机地址 / address of the printer',
    '  route             收单方网址与 appId / URL and appId of the acquirer; caFile if its CA is private',
    '  goods.csv         商品 / the goods',
    `  ${appKeyFile}`,
    '                    收单方给的签名密钥，一行，权限 600 / the signing key from the acquirer, one line, chmod 600',
    '',
    '每一项的说明 / every key explained: docs/configuration.md',
    `启动 / start: npm run start:ready -- --config ${configFile} --state ${directory}/state --kiosk`,
  ].join('\n');
}

async function setUp({ dir }: { dir: string }): Promise<void> {
  const made = setUpTill(dir);
  if (!made.ok) throw new Refused(remedyFor(made.fault));
  await print(welcome(made.till));
}

export function addSetupCommand(program: Command): void {
  program
    .command('setup')
    .description("make a new till's directory: configuration, goods list, first PINs")
    .requiredOption('--dir <dir>', 'the directory, made if it is not there')
    .action(setUp);
}
