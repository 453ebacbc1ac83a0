import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Checkout } from './assembly.ts';
import type { Programs } from './programs.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** This version, as it is in the working copy. */
export const WORKING_COPY: Checkout = { folder: ROOT, name: 'the working copy' };

export interface Release extends Checkout {
  /** Delete what was checked out. */
  remove(): Promise<void>;
}

/**
 * Return the checkout of a release: a folder that has one, with its dependencies, or else a tag or commit of this repository, which is checked
 * out into a folder of its own with the packages of its lock file.
 */
export async function releaseOf(programs: Programs, from: string, folder: string): Promise<Release> {
  if (existsSync(join(from, 'cdk.json')))
    return { folder: resolve(from), name: from, remove: async () => {} };
  const git = (...args: string[]) => programs.succeed({ command: 'git', args, cwd: ROOT });
  // Also after an interruption, when `programs` starts nothing any more.
  const remove = async () => {
    rmSync(folder, { recursive: true, force: true });
    execFileSync('git', ['worktree', 'prune'], { cwd: ROOT });
  };
  await remove();
  await git('worktree', 'add', '--detach', folder, from);
  try {
    await programs.succeed({
      command: 'npm',
      args: ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'],
      cwd: folder,
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, name: from, remove };
}
