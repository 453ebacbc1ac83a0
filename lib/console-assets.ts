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

/** Every file that affects the built console. */
const SOURCES = [
  'console/{index.html,*.ts,*.json}',
  'console/src/**/*.*',
  'client/*.ts',
  'docs/openapi.json',
  'lib/console-assets.ts',
  'package-lock.json',
];

/**
 * Return the directory of the built console, and build it first if it does not exist, which takes a few seconds. A hash
 * of the sources names the directory, so that a stale build is never used.
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
  // Another process may build at the same time: build into a draft and rename it, so that no build is seen half done.
  const draft = mkdtempSync(join(DIST, 'draft-'));
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  // Vite's output matters only if it fails; the error then contains it.
  execFileSync(process.execPath, [vite, 'build', '--outDir', draft, '--logLevel', 'warn'], {
    cwd: join(ROOT, 'console'),
    stdio: ['ignore', 'ignore', 'pipe'],
    // Tests set another NODE_ENV, with which Vite would bundle React for development.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (existsSync(directory)) rmSync(draft, { recursive: true });
  else renameSync(draft, directory);
  removeOthers(directory);
}

/** Remove former builds, which every synthesis has copied. Leave drafts to the processes that write them. */
function removeOthers(directory: string): void {
  for (const name of readdirSync(DIST)) {
    const other = join(DIST, name);
    if (other !== directory && !name.startsWith('draft-')) rmSync(other, { recursive: true, force: true });
  }
}
