import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { TRACED_FUNCTIONS } from '../core/contract.ts';
import { bundleFunction } from '../lib/bundle.ts';
import { consoleAssets } from '../lib/console-assets.ts';
import { BUNDLE_FOLDER } from '../lib/function-code.ts';

/**
 * Build the content of the package in `dist`: the library and the commands as JavaScript, and the assets that they
 * deploy.
 */
const ROOT = resolve(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const ASSETS = join(DIST, 'assets');

rmSync(DIST, { recursive: true, force: true });
execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: ROOT,
  stdio: 'inherit',
});
for (const handler of globSync('lambdas/*/index.ts', { cwd: ROOT })) {
  const name = basename(dirname(handler));
  for (const kind of TRACED_FUNCTIONS.includes(name)
    ? (['plain', 'traced'] as const)
    : (['plain'] as const)) {
    const outputDir = join(ASSETS, BUNDLE_FOLDER[kind], name);
    mkdirSync(outputDir, { recursive: true });
    bundleFunction(name, outputDir, kind);
  }
}
cpSync(consoleAssets(), join(ASSETS, 'console'), { recursive: true });
for (const command of globSync('bin/*.js', { cwd: DIST })) chmodSync(join(DIST, command), 0o755);
