import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { builtAsset } from './built-assets.ts';

const ROOT = resolve(import.meta.dirname, '..');
const DIST = join(ROOT, 'console', 'dist');

/** All that decides what the console is built to. */
const SOURCES = [
  'console/{index.html,*.ts,*.json}',
  'console/src/**/*.*',
  'client/*.ts',
  'docs/openapi.json',
  'lib/console-assets.ts',
  'package-lock.json',
];

/**
 * The directory of the built console. It is named by the hash of its sources, so that a stale one is never taken for
 * another; where it is missing, it is built here, in a few seconds.
 */
export function consoleAssets(): string {
  const built = builtAsset('console');
  if (built !== undefined) return built;
  const directory = join(DIST, hashOfSources());
  if (!existsSync(directory)) build(directory);
  return directory;
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const file of globSync(SOURCES, { cwd: ROOT }).toSorted())
    hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex').slice(0, 16);
}

function build(directory: string): void {
  mkdirSync(DIST, { recursive: true });
  // Others may build at the same time, so that it appears whole or not at all.
  const draft = mkdtempSync(join(DIST, 'draft-'));
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  // Its output is of interest where it fails, and is then in the error.
  execFileSync(process.execPath, [vite, 'build', '--outDir', draft, '--logLevel', 'warn'], {
    cwd: join(ROOT, 'console'),
    stdio: ['ignore', 'ignore', 'pipe'],
    // Tests run with another one, and React would be built for development.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (existsSync(directory)) rmSync(draft, { recursive: true });
  else renameSync(draft, directory);
  removeOthers(directory);
}

/** Former builds: whoever used one has made a copy. Drafts are left to those who write them. */
function removeOthers(directory: string): void {
  for (const name of readdirSync(DIST)) {
    const other = join(DIST, name);
    if (other !== directory && !name.startsWith('draft-')) rmSync(other, { recursive: true, force: true });
  }
}
