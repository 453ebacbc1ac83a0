import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { codeOf, LocalStackError, messageOf } from './errors.ts';
import type { Log } from './settings.ts';

/** Lock files that stacks of this process hold, which their pid cannot distinguish. */
const held = new Set<string>();

/**
 * Create the data directory if it does not exist, for the user alone: it contains keys, events and the code of functions.
 * Tighten the mode of an existing one.
 *
 * @throws LocalStackError if it cannot be created, is not writable, or is not the user's
 */
export function makeDataDir(dataDir: string, log: Log): void {
  let owned: Stats;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    owned = statSync(dataDir);
    const probe = join(dataDir, `.writable-${process.pid}`);
    writeFileSync(probe, '', { mode: 0o600 });
    rmSync(probe);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST' || code === 'ENOTDIR') {
      throw new LocalStackError(`${dataDir} is a file: remove it or pass --data-dir DIR`);
    }
    throw new LocalStackError(`${dataDir} is not writable (${messageOf(error)}): pass --data-dir DIR`);
  }
  if (owned.uid !== process.getuid?.())
    throw new LocalStackError(
      `${dataDir} belongs to another user (${owned.uid}), who could change what the stack runs: pass --data-dir DIR`,
    );
  if ((owned.mode & STICKY) !== 0)
    throw new LocalStackError(`${dataDir} is a directory that users share: pass --data-dir DIR`);
  if ((owned.mode & OTHERS) === 0) return;
  chmodSync(dataDir, owned.mode & ~OTHERS);
  log(`${dataDir} was open to other users (mode ${octal(owned.mode)}): its mode is now 700`);
}

/** Set on `/tmp`, for example. */
const STICKY = 0o1000;
/** All permissions of the group and of others. */
const OTHERS = 0o077;
const octal = (mode: number): string => (mode & 0o777).toString(8);

/** The files of a stack. The user may keep others beside them: `--data-dir .` names a whole project. */
const CONTENT =
  /^(outputs\.json.*|stack-uuid|kms-key|origin-secret|objects|dynamodb\.sqlite.*|sqs|logs|cdk\.out)$/;

/** Deny other users access to what former runs left in the data directory. */
export function makeContentPrivate(dataDir: string): void {
  for (const name of readdirSync(dataDir)) if (CONTENT.test(name)) makePrivate(join(dataDir, name));
}

/** Deny other users access to a file, or to a directory and everything in it. Symbolic links are not followed. */
export function makePrivate(path: string): void {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return;
  if ((stats.mode & OTHERS) !== 0) chmodSync(path, stats.mode & 0o700);
  if (stats.isDirectory()) for (const name of readdirSync(path)) makePrivate(join(path, name));
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
    writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
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
