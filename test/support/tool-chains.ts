import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { describe } from 'vitest';
import { start } from './child-process.ts';

/** Judges stay built between runs, since building one takes up to a minute. */
const BUILT = resolve('.local/judges');

/** Programs of other languages that judge the product. The product itself needs none of them. */
export type Program = 'python3' | 'go' | 'mvn' | 'php' | 'curl' | 'jq' | 'aws';

export const isThere = (program: Program): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

/** Describe what programs of another language judge. Without them the tests are skipped, and a line says so. */
export function describeWith(programs: readonly Program[], name: string, tests: () => void): void {
  const missing = programs.filter((program) => !isThere(program));
  if (missing.length > 0) console.log(`Skipped: “${name}” needs ${missing.join(' and ')} on the PATH.`);
  describe.skipIf(missing.length > 0)(name, tests);
}

/** Install the requirements of a file with pinned versions. @returns the folder of the programs, `python` among them */
export async function pythonWith(requirements: string): Promise<string> {
  const environment = await built('python', [requirements], async (folder) => {
    await run('python3', ['-m', 'venv', folder]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
    await run(join(folder, 'bin/python'), pip);
  });
  return join(environment, 'bin');
}

/** Build a Go module. @returns the path of the program */
export async function goProgram(module: string): Promise<string> {
  // A module without dependencies has no go.sum.
  const files = ['go.mod', 'go.sum', 'main.go'].map((file) => join(module, file)).filter(existsSync);
  const folder = await built('go', files, (target) =>
    run('go', ['build', '-o', join(target, 'program'), '.'], module),
  );
  return join(folder, 'program');
}

/** Build a Maven project with its dependencies in `target/lib`. @returns the class path */
export async function javaClassPath(project: string, sources: readonly string[]): Promise<string> {
  const files = ['pom.xml', ...sources].map((file) => resolve(project, file));
  const folder = await built('java', files, (target) =>
    run('mvn', ['--quiet', '--batch-mode', `-DbuildDirectory=${target}`, 'package'], project),
  );
  return [join(folder, 'classes'), join(folder, 'lib/*')].join(delimiter);
}

/** Run a program to its end. @throws Error with its output, but not its arguments, which may hold a key, if it fails */
export async function run(program: string, args: readonly string[], cwd?: string): Promise<string> {
  const { exitCode, stdout, stderr } = await start(program, args, { cwd }).ended;
  if (exitCode !== 0) throw new Error(`${program} exited with ${exitCode}: ${stdout}${stderr}`);
  return stdout;
}

/** Build into a folder that is named by what the files contain, unless that has been done. @returns the folder */
export async function built(
  language: string,
  files: readonly string[],
  build: (folder: string) => Promise<unknown>,
): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  const folder = join(BUILT, `${language}-${hash.digest('hex').slice(0, 12)}`);
  const isComplete = join(folder, '.complete');
  if (existsSync(isComplete)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  await build(folder);
  writeFileSync(isComplete, '');
  return folder;
}
