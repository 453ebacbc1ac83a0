import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ASSETS = resolve(import.meta.dirname, '..', 'assets');

/**
 * Return the directory of an asset that `npm run build` put into the package, so that users of the package need no
 * bundler; undefined in the repository, which builds its assets when it synthesises.
 */
export function builtAsset(...path: string[]): string | undefined {
  const directory = join(ASSETS, ...path);
  return existsSync(directory) ? directory : undefined;
}
