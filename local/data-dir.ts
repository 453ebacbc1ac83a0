import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { codeOf, LocalStackError, messageOf } from './errors.ts';

/** Lock files that stacks of this process hold, which their pid cannot distinguish. */
const held = new Set<string>();

/**
 * Create the data directory if it does not exist.
 *
 * @throws LocalStackError if it cannot be created or is not writable
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
 * Lock the data directory against other local stacks until the returned function is called. Take over the lock of a
 * process that no longer exists.
 *
 * @throws LocalStackError if another local stack uses the directory
 */
export function lockDataDir(dataDir: string): () => void {
  const path = resolve(dataDir, 'lock');
  if (!tryLock(path)) {
    const owner = Number(readFileSync(path, 'utf8'));
    if (held.has(path) || isAnotherLiveProcess(owner)) {
      throw new LocalStackError(
        `Another local stack (process ${owner}) uses ${dataDir}: stop it or pass --data-dir DIR (if this process is not a local stack, remove ${join(dataDir, 'lock')})`,
      );
    }
    rmSync(path, { force: true });
    if (!tryLock(path))
      throw new LocalStackError(
        `Another local stack has just started with ${dataDir}: stop it or pass --data-dir DIR`,
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
    // EPERM: the process exists and belongs to another user.
    return codeOf(error) === 'EPERM';
  }
}
