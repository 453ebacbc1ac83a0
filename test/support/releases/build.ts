/**
 * Build the functions of a release, which later versions are tested beside:
 * `node test/support/releases/build.ts 0.1.0 a49b39fb`. It needs the commit in the history, and npm's registry for the packages of
 * its lock file.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { buildSync } from 'esbuild';
import { functionResources } from '../../../local/functions/function-definition.ts';
import { localName } from '../../../local/resource-names.ts';
import { readTemplate } from '../../../local/template.ts';
import { CODE, ENVIRONMENT, type Environments, releaseFile } from './release.ts';

/** It serves a document, and the largest bundle of all: it neither writes nor reads anything. */
const LEFT_OUT = 'open-api';

const [version, commit] = process.argv.slice(2);
if (version === undefined || commit === undefined) throw new Error('Give a version and its commit.');

const source = mkdtempSync(join(tmpdir(), `ancrage-${version}-`));
try {
  const archive = execFileSync('git', ['archive', commit], { maxBuffer: 2 ** 30 });
  execFileSync('tar', ['x', '-C', source], { input: archive });
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  const environments = environmentsOf(synthesized());
  mkdirSync(releaseFile(version, ''), { recursive: true });
  writeFileSync(releaseFile(version, ENVIRONMENT), `${JSON.stringify(environments, null, 2)}\n`);
  writeFileSync(releaseFile(version, CODE), compressed(bundled(Object.keys(environments))));
} finally {
  rmSync(source, { recursive: true });
}

function run(program: string, args: readonly string[]): void {
  execFileSync(program, args, { cwd: source, stdio: 'inherit' });
}

/** Synthesise the release's local stack, with its own code. @returns the cloud assembly */
function synthesized(): string {
  const outputDir = join(source, 'cdk.out');
  const call = `(await import('./local/synthesize.ts')).synthesize(${JSON.stringify({ outputDir, guard: false })})`;
  run(process.execPath, ['--input-type=module', '--eval', `await ${call}`]);
  return outputDir;
}

/** Return the environment of each function. Null is a value that refers to a resource of the stack. */
function environmentsOf(assembly: string): Environments {
  const template = readTemplate(assembly);
  const environments = functionResources(template).map(([logicalId, { Properties }]) => {
    const { Variables = {} } = (Properties?.Environment ?? {}) as { Variables?: Record<string, unknown> };
    const variables = Object.entries(Variables).map(
      ([name, value]) => [name, typeof value === 'string' ? value : null] as const,
    );
    return [localName(template, logicalId), Object.fromEntries(variables)] as const;
  });
  return Object.fromEntries(environments.filter(([name]) => name !== LEFT_OUT));
}

/** Bundle all functions into one file, because they share most of their code. It exports a loader of each. */
function bundled(names: readonly string[]): Uint8Array {
  const loaders = names.map((name) => `'${name}': () => require('./lambdas/${name}/index.ts')`);
  const { outputFiles } = buildSync({
    stdin: { contents: `module.exports = { ${loaders} };`, resolveDir: source },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    write: false,
  });
  const [code] = outputFiles;
  if (code === undefined) throw new Error('esbuild wrote no file.');
  return code.contents;
}

function compressed(code: Uint8Array): Buffer {
  return brotliCompressSync(code, {
    params: {
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: code.length,
    },
  });
}
