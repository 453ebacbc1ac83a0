import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { codeOf, LocalStackError, messageOf } from './errors.ts';

/** Directories that stacks of this very process hold, where a pid says nothing. */
const held = new Set<string>();

/**
 * Makes the data directory if it is missing.
 *
 * @throws LocalStackError where that cannot be
 */
export function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    const probe = join(dataDir, `.writable-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST' || code === 'ENOTDIR') {
      throw new LocalStackError(`${dataDir} is a file: remove it or pass --data-dir DIR`);
    }
    throw new LocalStackError(`${dataDir} is not writable (${messageOf(error)}): pass --data-dir DIR`);
  }
}

/**
 * Keeps other local stacks off the data directory until the returned function is called. A lock left behind by a
 * process that is gone is taken over.
 *
 * @throws LocalStackError where another local stack runs on it
 */
export function lockDataDir(dataDir: string): () => void {
  const path = resolve(dataDir, 'lock');
  if (!tryLock(path)) {
    const owner = Number(readFileSync(path, 'utf8'));
    if (held.has(path) || isAnotherLiveProcess(owner)) {
      throw new LocalStackError(
        `Another local stack (process ${owner}) runs on ${dataDir}: stop it or pass --data-dir DIR (if that process is something else, remove ${join(dataDir, 'lock')})`,
      );
    }
    rmSync(path, { force: true });
    if (!tryLock(path))
      throw new LocalStackError(
        `Another local stack just started on ${dataDir}: stop it or pass --data-dir DIR`,
      );
  }
  held.add(path);
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
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

function isAnotherLiveProcess(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, and it is another user's.
    return codeOf(error) === 'EPERM';
  }
}
