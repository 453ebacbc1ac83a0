import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, inject } from 'vitest';
import { functionResources } from '../../local/functions/function-definition.ts';
import { localName } from '../../local/resource-names.ts';
import { readTemplate } from '../../local/template.ts';
import { assemblyWith } from './assembly.ts';
import type { Instance, Version } from './releases/instance.ts';
import { CODE, ENVIRONMENT, type Environments, releaseFile } from './releases/release.ts';
import { type Stack, useOwnStack } from './stack.ts';

const INSTANCE = join(import.meta.dirname, 'releases/instance.ts');

interface Versions {
  readonly stack: () => Stack;
  /**
   * Deploy: from now on, each function's instances run these versions, one invocation after the other. `except` has those of
   * functions that run others, by their names.
   */
  run(versions: readonly Version[], except?: Readonly<Record<string, readonly Version[]>>): Promise<void>;
  /** Return the versions of a function that were invoked since the last `run`, in alphabetical order. */
  invoked(name: string): Version[];
}

/**
 * Run a stack whose functions can be of several versions at once. It has today's template: a deployment updates roles, queues and
 * the table before the functions, so an earlier version's functions run with today's grants for a while.
 */
export function useVersions(...first: readonly Version[]): Versions {
  mkdirSync('.local', { recursive: true });
  // Inside the repository, as with `npm start`: a package.json further up would change how the bundles run.
  const directory = resolve(mkdtempSync(join('.local', 'versions-')));
  const versionsFile = join(directory, 'versions.json');
  const invocationsFile = join(directory, 'invocations.txt');
  const environments: Environments = JSON.parse(readFileSync(releaseFile('0.1.0', ENVIRONMENT), 'utf8'));
  const { cdkOut, names } = assemblyOf(directory, { environments, versionsFile, invocationsFile });
  afterAll(() => {
    for (const each of [directory, cdkOut]) rmSync(each, { recursive: true, force: true });
  });

  const running = new Map<string, string>();
  /** Choose the versions of each function, and return the functions whose versions change. */
  const choose: (...given: Parameters<Versions['run']>) => string[] = (versions, except = {}) => {
    const chosen = names.map((name) => {
      const isThere = (version: Version) => version !== '0.1.0' || name in environments;
      return [name, (except[name] ?? versions).filter(isThere)] as const;
    });
    writeFileSync(versionsFile, JSON.stringify(Object.fromEntries(chosen)));
    const changed = chosen.filter(([name, its]) => running.get(name) !== its.join());
    for (const [name, its] of changed) running.set(name, its.join());
    return changed.map(([name]) => name);
  };
  choose(first);
  writeFileSync(invocationsFile, '');
  const stack = useOwnStack({ cdkOut });
  return {
    stack,
    async run(versions, except) {
      await Promise.all(choose(versions, except).map((name) => stack().functions.replace(name)));
      writeFileSync(invocationsFile, '');
    },
    invoked(name) {
      const lines = readFileSync(invocationsFile, 'utf8').split('\n');
      const versions = lines.flatMap((line) =>
        line.startsWith(`${name} `) ? [line.slice(name.length + 1) as Version] : [],
      );
      return [...new Set(versions)].toSorted();
    },
  };
}

/** Copy the synthesised stack, and replace the code of its functions. */
function assemblyOf(
  directory: string,
  given: Pick<Instance, 'environments' | 'versionsFile' | 'invocationsFile'>,
): { cdkOut: string; names: string[] } {
  const release = join(directory, 'release.cjs');
  writeFileSync(release, brotliDecompressSync(readFileSync(releaseFile('0.1.0', CODE))));
  const cdkOut = assemblyWith(inject('cdkOut'), (template) => template);
  const template = readTemplate(cdkOut);
  const names = functionResources(template).map(([logicalId, { Properties = {} }]) => {
    const name = localName(template, logicalId);
    const { S3Key } = Properties.Code as { S3Key: string };
    const bundle = template.assetDirs[S3Key.replace(/\.\w+$/, '')];
    if (bundle === undefined) throw new Error(`${name} has no bundle.`);
    const instance: Instance = {
      ...given,
      ...{ name, release, current: join(realpathSync(bundle), 'index.js') },
    };
    rmSync(bundle);
    mkdirSync(bundle);
    writeFileSync(join(bundle, 'package.json'), '{"type":"commonjs"}');
    writeFileSync(
      join(bundle, 'index.js'),
      `exports.handler = require(${JSON.stringify(INSTANCE)}).openInstance(${JSON.stringify(instance)});`,
    );
    return name;
  });
  return { cdkOut, names };
}
