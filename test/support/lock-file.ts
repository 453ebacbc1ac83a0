import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../../local/errors.ts';

const POLL_MS = 200;

/**
 * Hold a lock file against the other processes of a test run until the returned function is called. The lock of a process that
 * has died is taken over.
 */
export async function holdLock(path: string): Promise<() => void> {
  while (!tryLock(path)) {
    if (isDead(ownerOf(path))) rmSync(path, { force: true });
    else await sleep(POLL_MS);
  }
  return () => rmSync(path, { force: true });
}

function tryLock(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Return the process that holds the lock; null if it is just being taken or given back. */
function ownerOf(path: string): number | null {
  try {
    return Number(readFileSync(path, 'utf8')) || null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function isDead(pid: number | null): boolean {
  if (pid === null) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}
