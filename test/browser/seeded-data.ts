import { createHash } from 'node:crypto';
import {
  cpSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { startLocalStack } from '../../local/local-stack.ts';
import { seedProject } from '../../local/seed/seed-project.ts';
import { openStores } from '../../local/seed/stores.ts';
import { holdLock } from '../support/lock-file.ts';

export const SEEDED = { project: 'acme', subscriptions: 5000, attempts: 100_000, seed: 1 } as const;

/** Data directories with made-up data, by the hash of what made them. */
const MADE = resolve('.local', 'test-seed');
const SOURCES = ['{core,lib,local}/**/*.ts', 'test/browser/seeded-data.ts'];
/** Tests look at the last hour, which older data does not have. */
const FRESH_MS = 30 * 60_000;

/** Copy a data directory with the made-up data of a busy project. The first who asks makes it, and the others wait. */
export async function copySeededData(cdkOut: string, target: string): Promise<void> {
  const directory = join(MADE, hashOfSources());
  mkdirSync(MADE, { recursive: true, mode: 0o700 });
  const unlock = await holdLock(`${directory}.lock`);
  try {
    removeOld();
    if (statSync(directory, { throwIfNoEntry: false }) === undefined) await make(directory, cdkOut);
    cpSync(directory, target, { recursive: true });
  } finally {
    unlock();
  }
}

async function make(directory: string, cdkOut: string): Promise<void> {
  const draft = `${directory}.draft`;
  rmSync(draft, { recursive: true, force: true });
  const options = { port: 0, dataDir: draft, ephemeral: false, guard: false, cdkOut };
  const stack = await startLocalStack(options);
  const stores = openStores(stack.outputs);
  try {
    await seedProject(stores, { ...SEEDED, now: Date.now(), progress: () => {} });
  } finally {
    stores.close();
    await stack.stop();
  }
  // A directory that is there is complete.
  renameSync(draft, directory);
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const file of globSync(SOURCES).toSorted()) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function removeOld(): void {
  for (const name of readdirSync(MADE)) {
    const path = join(MADE, name);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    const isLock = name.endsWith('.lock');
    if (!isLock && mtimeMs < Date.now() - FRESH_MS) rmSync(path, { recursive: true, force: true });
  }
}
