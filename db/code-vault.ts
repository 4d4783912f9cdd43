// The CodeVault over AES-256-GCM and a key file outside the state directory.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  randomBytes,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeBinding, CodeVault } from '../core/ports/code-vault.ts';
import { syncNamesTo, syncPath } from './durable.ts';

const KEY_bytes = 32;
const NONCE_bytes = 12;
const TAG_bytes = 16;

/** Under its name the key is whole or not there, whenever the power goes. The caller holds the state directory's lock. */
function makeKey(directory: string, file: string): void {
  writeFileSync(`${file}.new`, randomBytes(KEY_bytes), { mode: 0o600 });
  syncPath(`${file}.new`);
  renameSync(`${file}.new`, file);
  syncPath(directory);
  // A key directory that is gone with the power leaves queued codes that nobody can read.
  syncNamesTo(directory);
}

/** @throws Error when the key file is readable by others or of a wrong length: it names the file. */
function loadKey(directory: string): Buffer {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'queue.key');
  if (!existsSync(file)) makeKey(directory, file);
  if ((statSync(file).mode & 0o077) !== 0)
    throw new Error(`${file} must be readable by its owner only (chmod 600)`);
  const key = readFileSync(file);
  if (key.length !== KEY_bytes)
    throw new Error(`${file} must hold ${KEY_bytes} bytes, it holds ${key.length}`);
  return key;
}

function associatedData(binding: CodeBinding): Buffer {
  return Buffer.from(`${binding.attemptId}\n${binding.orderNumber}\n${binding.amount_fen}`);
}

function unsealWith(
  key: Buffer,
  binding: CodeBinding,
  sealed: { nonce: Uint8Array; box: Uint8Array },
): string | null {
  const box = Buffer.from(sealed.box);
  // A shorter tag would be taken, and guessed.
  if (sealed.nonce.length !== NONCE_bytes || box.length < TAG_bytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.nonce, { authTagLength: TAG_bytes });
  decipher.setAAD(associatedData(binding));
  decipher.setAuthTag(box.subarray(box.length - TAG_bytes));
  try {
    return (
      decipher.update(box.subarray(0, box.length - TAG_bytes), undefined, 'utf8') + decipher.final('utf8')
    );
  } catch (error) {
    // A wrong tag is an outcome (altered, or sealed for another payment): the code can't be had.
    if (error instanceof Error && /authenticate/.test(error.message)) return null;
    throw error;
  }
}

export function openCodeVault(directory: string): CodeVault {
  const key = loadKey(directory);
  const keyId = hash('sha256', key).slice(0, 16);
  // Made ready once: a key of bytes is prepared anew for each fingerprint.
  const hmacKey = createSecretKey(createHmac('sha256', key).update('yima payment code fingerprint').digest());
  const codes = new Map<string, string>();
  return {
    fingerprint: (code) => createHmac('sha256', hmacKey).update(code).digest('hex'),
    put: (attemptId, code) => {
      codes.set(attemptId, code);
    },
    get: (attemptId) => codes.get(attemptId) ?? null,
    wipe: (attemptId) => {
      codes.delete(attemptId);
    },
    attemptIds: () => [...codes.keys()],
    seal: (binding, code) => {
      const nonce = randomBytes(NONCE_bytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(associatedData(binding));
      const box = Buffer.concat([cipher.update(code, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return { attemptId: binding.attemptId, keyId, nonce, box };
    },
    unseal: (binding, sealed) => (sealed.keyId === keyId ? unsealWith(key, binding, sealed) : null),
  };
}
