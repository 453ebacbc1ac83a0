import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { consoleAssets } from '../lib/console-assets.ts';
import { bundleFunction } from '../lib/function-code.ts';

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
  const outputDir = join(ASSETS, 'functions', name);
  mkdirSync(outputDir, { recursive: true });
  bundleFunction(name, outputDir);
}
cpSync(consoleAssets(), join(ASSETS, 'console'), { recursive: true });
for (const command of globSync('bin/*.js', { cwd: DIST })) chmodSync(join(DIST, command), 0o755);
