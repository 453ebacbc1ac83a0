import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../errors.ts';

export interface NpmPackage {
  readonly name: string;
  readonly version: string;
}

const TIMEOUT_MS = 180_000;
// The npm that runs may be another platform's than this Node, as under Rosetta: --force makes it accept the package.
// A registry that cannot be reached is reported within seconds; npm would try for a minute.
const OPTIONS = [
  ...[
    '--force',
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-progress',
  ],
  ...[
    '--loglevel=error',
    '--fetch-retries=1',
    '--fetch-retry-mintimeout=500',
    '--fetch-retry-maxtimeout=1000',
  ],
];

/**
 * Install a package with npm into a directory of its own, `<directory>/node_modules/<name>`, so that nothing else in `node_modules`
 * changes while other processes use it. The directory appears whole or not at all: of two processes that install at once, the later
 * one uses what the other has installed.
 *
 * @throws Error with npm's reason
 */
export async function installPackage(
  { name, version }: NpmPackage,
  directory: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  mkdirSync(dirname(directory), { recursive: true });
  const draft = mkdtempSync(`${directory}-`);
  try {
    const [program, args] = npm(env);
    await promisify(execFile)(
      program,
      // No argument is a path: the shell would split one at its spaces.
      [...args, 'install', `${name}@${version}`, '--prefix', '.', ...OPTIONS],
      { cwd: draft, env, timeout: TIMEOUT_MS, shell: program.endsWith('.cmd'), windowsHide: true },
    );
    moveInto(directory, draft);
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function moveInto(directory: string, draft: string): void {
  try {
    renameSync(draft, directory);
  } catch (error) {
    if (!existsSync(join(directory, 'node_modules'))) throw error;
  }
}

/** Return the npm that runs this process, or the one on PATH, which Windows starts only through a shell. */
function npm({ npm_execpath: running }: NodeJS.ProcessEnv): [program: string, args: readonly string[]] {
  if (running?.endsWith('npm-cli.js')) return [process.execPath, [running]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

/** Return what npm says went wrong: its code and the next line, such as `E404: 404 Not Found - GET https://…`. */
function reasonOf(error: unknown): string {
  const { stderr = '', killed = false } = error as { stderr?: string; killed?: boolean };
  if (killed) return `npm had not finished after ${TIMEOUT_MS / 1000} seconds`;
  const lines = stderr.split('\n').flatMap((line) => /^npm (?:error|ERR!) (.+)/.exec(line)?.[1] ?? []);
  const code = lines.find((line) => line.startsWith('code '))?.slice('code '.length);
  const text = lines.find((line) => !/^(?:code|errno|syscall) /.test(line));
  return [code, text].filter((part) => part !== undefined).join(': ') || messageOf(error);
}
