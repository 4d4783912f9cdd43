// One set-up at a time in one checkout: two of them would delete node_modules under each other.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { toolchain } from './paths.mjs';
import { SetupFailure, say } from './say.mjs';

const lockFile = join(toolchain, 'setup.lock');
const patience_ms = 300_000;
const poll_ms = 500;

/** @param {() => Promise<void>} work done while this process holds the lock */
export async function withSetupLock(work) {
  mkdirSync(toolchain, { recursive: true });
  await acquire();
  try {
    await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

async function acquire() {
  const deadline = Date.now() + patience_ms;
  let told = false;
  while (!tryAcquire()) {
    const holder = readHolder();
    if (holder === undefined || !alive(holder)) {
      rmSync(lockFile, { force: true }); // left by a set-up that was killed
      continue;
    }
    if (Date.now() > deadline) throw heldTooLong(holder);
    if (!told) say(`another set-up is running here (process ${holder}); waiting for it`);
    told = true;
    await pause(poll_ms);
  }
}

function tryAcquire() {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @returns {number | undefined} the process id written in the lock */
function readHolder() {
  try {
    const holder = Number(readFileSync(lockFile, 'utf8'));
    return Number.isInteger(holder) && holder > 0 ? holder : undefined;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param {number} holder a process id */
function alive(holder) {
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function heldTooLong(holder) {
  return new SetupFailure({
    zh: `另一个准备进程（${holder}）占用超过 5 分钟`,
    en: `another set-up (process ${holder}) has held the lock for more than five minutes`,
    remedy: `等它结束，或结束它后再运行 / wait for it, or end it and run this again:\nkill ${holder}`,
  });
}
