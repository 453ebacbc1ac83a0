import { relative, resolve } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';
import { conditionsOf } from '../../lib/bundle.ts';
import type { BundleOrder, SourceFiles } from './bundling.ts';

/**
 * Return the files that functions of one kind are made from. Files that the bundler leaves out, because nothing needs them
 * yet, count as well.
 *
 * @throws esbuild's BuildFailure, if the code does not compile
 */
export function sourcesOf(root: string, orders: readonly BundleOrder[]): SourceFiles {
  const entryOf = ({ folder }: BundleOrder) => `lambdas/${folder}/index.ts`;
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: orders.map(entryOf),
    outdir: resolve(root, 'nowhere'),
    write: false,
    bundle: true,
    platform: 'node',
    packages: 'external',
    conditions: conditionsOf(orders[0]?.kind ?? 'plain'),
    metafile: true,
    logLevel: 'silent',
  });
  return Object.fromEntries(orders.map((order) => [order.name, reachable(metafile, entryOf(order), root)]));
}

/** Return what a file imports, directly or through others, with the file itself. */
function reachable({ inputs }: Metafile, entryPoint: string, root: string): string[] {
  const found = new Set([entryPoint]);
  for (const file of found)
    for (const { path, external } of inputs[file]?.imports ?? []) if (!external) found.add(path);
  return [...found].map((file) => relative(root, resolve(root, file)));
}
