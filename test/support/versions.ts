import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, inject } from 'vitest';
import { functionResources } from '../../local/functions/function-definition.ts';
import { localName } from '../../local/resource-names.ts';
import { readTemplate } from '../../local/template.ts';
import { assemblyWith } from './assembly.ts';
import type { Instance, Version } from './releases/instance.ts';
import { CODE, ENVIRONMENT, releaseFile } from './releases/release.ts';
import { type Stack, useOwnStack } from './stack.ts';

const INSTANCE = join(import.meta.dirname, 'releases/instance.ts');

interface Versions {
  readonly stack: () => Stack;
  /** Deploy: from now on, each function's instances run these versions, one invocation after the other. */
  run(...versions: readonly Version[]): Promise<void>;
  /** Return the versions of a function that have been invoked since the last `run`. */
  invoked(name: string): Version[];
}

/**
 * Run a stack whose functions can be of several versions at once. It has today's template: a deployment updates roles, queues and
 * the table before the functions, so an earlier version's function runs with today's grants for a while.
 */
export function useVersions(first: Version): Versions {
  mkdirSync('.local', { recursive: true });
  // Inside the repository, as with `npm start`: a package.json further up would change how the bundles run.
  const directory = resolve(mkdtempSync(join('.local', 'versions-')));
  const versionsFile = join(directory, 'versions.json');
  const invocationsFile = join(directory, 'invocations.txt');
  const choose = (versions: readonly Version[]) => {
    writeFileSync(versionsFile, JSON.stringify(versions));
    writeFileSync(invocationsFile, '');
  };
  choose([first]);
  const cdkOut = assemblyOf(directory, { versionsFile, invocationsFile });
  afterAll(() => {
    for (const each of [directory, cdkOut]) rmSync(each, { recursive: true, force: true });
  });
  const stack = useOwnStack({ cdkOut });
  return {
    stack,
    async run(...versions) {
      choose(versions);
      const { functions } = stack();
      await Promise.all(functions.names.map((name) => functions.replace(name)));
      // Instances that were replaced have ended only now.
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
function assemblyOf(directory: string, files: Pick<Instance, 'versionsFile' | 'invocationsFile'>): string {
  const release = join(directory, 'release.cjs');
  writeFileSync(release, brotliDecompressSync(readFileSync(releaseFile('0.1.0', CODE))));
  const environments = JSON.parse(readFileSync(releaseFile('0.1.0', ENVIRONMENT), 'utf8'));
  const copy = assemblyWith(inject('cdkOut'), (template) => template);
  const template = readTemplate(copy);
  for (const [logicalId, { Properties = {} }] of functionResources(template)) {
    const { S3Key } = Properties.Code as { S3Key: string };
    const bundle = template.assetDirs[S3Key.replace(/\.\w+$/, '')];
    if (bundle === undefined) throw new Error(`${logicalId} has no bundle.`);
    const current = join(realpathSync(bundle), 'index.js');
    const instance: Instance = {
      ...{ name: localName(template, logicalId), current, release, environments },
      ...files,
    };
    rmSync(bundle);
    mkdirSync(bundle);
    writeFileSync(join(bundle, 'package.json'), '{"type":"commonjs"}');
    writeFileSync(
      join(bundle, 'index.js'),
      `exports.handler = require(${JSON.stringify(INSTANCE)}).openInstance(${JSON.stringify(instance)});`,
    );
  }
  return copy;
}
