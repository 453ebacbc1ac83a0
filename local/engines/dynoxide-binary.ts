import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { LocalStackError, messageOf } from '../errors.ts';
import type { Log } from '../settings.ts';
import { installPackage } from './npm-package.ts';

/** Platforms with a package of the binary. A lock file can list only those that its registry had when it was written. */
const PLATFORMS = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'];

export interface Host {
  /** The repository. */
  readonly root: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
}

/**
 * Return the path of dynoxide's binary: the installed package's, else a `dynoxide` on PATH, else that of the package, which npm
 * installs now and which is there from then on.
 *
 * @throws LocalStackError if there is none and npm cannot install it
 */
export async function dynoxideBinary(host: Partial<Host> = {}): Promise<string> {
  const { platform, arch, env } = process;
  const root = resolve(import.meta.dirname, '../..');
  const here = { root, platform, arch, env, log: console.error, ...host };
  return installed(here) ?? (await onPath(here)) ?? (await install(here));
}

/** Return the version that the package.json pins for Linux, which is that of every platform. */
function versionFor({ root }: Host): string {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return optionalDependencies['@dynoxide/linux-x64'];
}

const packageFor = ({ platform, arch }: Host) => `@dynoxide/${platform}-${arch}`;
const fileFor = ({ platform }: Host) => (platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');

/** A directory that `npm install` leaves alone and `npm ci` deletes. */
const cacheFor = (host: Host) =>
  join(host.root, 'node_modules/.cache', `dynoxide-${versionFor(host)}-${host.platform}-${host.arch}`);

function installed(host: Host): string | undefined {
  return [host.root, cacheFor(host)]
    .map((parent) => join(parent, 'node_modules', packageFor(host), fileFor(host)))
    .find((binary) => existsSync(binary));
}

async function onPath(host: Host): Promise<string | undefined> {
  // The .cmd of npm's wrapper package is not considered: it runs only in a shell, whose end would not end the engine.
  const binary = (host.env.PATH ?? host.env.Path ?? '')
    .split(delimiter)
    // A relative directory is another one wherever the command is run.
    .filter(isAbsolute)
    .map((directory) => join(directory, fileFor(host)))
    .find(isExecutable);
  if (binary === undefined) return undefined;
  const wanted = versionFor(host);
  const version = await versionOf(binary);
  const warning = version === wanted ? '' : `, version ${version}; Ancrage is tested with ${wanted}`;
  host.log(`Using the embedded DynamoDB on PATH, ${binary}${warning}`);
  return binary;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

async function versionOf(binary: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(binary, ['--version'], { timeout: 10_000 });
    return /\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] ?? 'unknown';
  } catch (error) {
    throw new LocalStackError(`The embedded DynamoDB on PATH, ${binary}, does not run: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function install(host: Host): Promise<string> {
  const { platform, arch, env, log } = host;
  const name = packageFor(host);
  const version = versionFor(host);
  const remedy = `put dynoxide ${version} on PATH (https://github.com/nubo-db/dynoxide), or run any DynamoDB-compatible engine and pass --dynamodb-endpoint URL`;
  if (!PLATFORMS.includes(`${platform}-${arch}`)) {
    throw new LocalStackError(`The embedded DynamoDB has no package for ${platform}-${arch}: ${remedy}`);
  }
  log(`Installing the embedded DynamoDB, ${name}@${version}, once …`);
  try {
    await installPackage({ name, version }, cacheFor(host), env);
  } catch (error) {
    throw new LocalStackError(
      `The embedded DynamoDB for ${platform}-${arch} is not installed, and npm cannot install ${name}@${version} (${messageOf(error)}): ${remedy}`,
      { cause: error },
    );
  }
  const binary = installed(host);
  if (binary !== undefined) return binary;
  throw new LocalStackError(`The package ${name}@${version} does not contain ${fileFor(host)}: ${remedy}`);
}
