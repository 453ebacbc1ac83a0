/** The code of an instance that runs several versions of its function. A worker thread loads it instead of the bundle. */
import { appendFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { threadId } from 'node:worker_threads';
import { ENV } from '../../../core/contract.ts';
import type { Environments } from './release.ts';

/** A version of the functions: an earlier release, or this one with a `writeFormat`. */
export type Version = '0.1.0' | 'format 1' | 'format 2';

export interface Instance {
  /** The function's name. */
  readonly name: string;
  /** The file of this version's bundle. */
  readonly current: string;
  /** The file of the release's functions. */
  readonly release: string;
  readonly environments: Environments;
  /** A file with the versions of each function that instances from now on run, as JSON. */
  readonly versionsFile: string;
  /** A file to which each invocation adds its function and its version. */
  readonly invocationsFile: string;
}

type Handler = (event: unknown, context: unknown) => unknown;

const require = createRequire(import.meta.url);

/**
 * Return a handler that alternates between the versions, so that each of them gets work however few instances there are. Each
 * has modules, caches and clients of its own, as if its instance ran no other.
 */
export function openInstance(instance: Instance): Handler {
  const { name, versionsFile, invocationsFile } = instance;
  const { [name]: versions = [] }: Record<string, Version[]> = JSON.parse(readFileSync(versionsFile, 'utf8'));
  const handlers = versions.map((version) => [version, load(instance, version)] as const);
  // Not all instances begin with the same version.
  let turn = threadId;
  return (event, context) => {
    const [version, handler] = handlers[turn++ % handlers.length] ?? [];
    if (handler === undefined) throw new Error(`No version that runs has a function ${name}.`);
    appendFileSync(invocationsFile, `${name} ${version}\n`);
    return handler(event, context);
  };
}

/** Load a version of the function with the environment that it would have on AWS. Functions read it while they load. */
function load(instance: Instance, version: Version): Handler {
  const { name, current, release, environments } = instance;
  const given = { ...process.env };
  try {
    if (version === '0.1.0') {
      setEnvironment(environmentOf(name, environments[name] ?? {}, given));
      return require(release)[name]().handler;
    }
    setEnvironment({ ...given, [ENV.writeFormat]: version.slice('format '.length) });
    // Otherwise the other format's modules, which have read the environment, would be used again.
    delete require.cache[current];
    return require(current).handler;
  } finally {
    setEnvironment(given);
  }
}

/** Return the environment that a release's function has, with the addresses of today's resources. */
function environmentOf(
  name: string,
  environment: Readonly<Record<string, string | null>>,
  given: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const lambda = Object.entries(given).filter(([variable]) =>
    /^(AWS_|LAMBDA_|_HANDLER$|PATH$)/.test(variable),
  );
  const own = Object.entries(environment).map(([variable, literal]) => {
    const value = literal ?? given[variable];
    if (value === undefined) throw new Error(`${name} has no variable ${variable} any more.`);
    return [variable, value] as const;
  });
  return Object.fromEntries([...lambda, ...own]);
}

function setEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
}
