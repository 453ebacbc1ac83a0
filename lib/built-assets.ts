import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ASSETS = resolve(import.meta.dirname, '..', 'assets');

/**
 * An asset that the package brings ready-made (`npm run build`), so that who uses it as a library needs no bundler;
 * undefined in the repository, which makes its own.
 */
export function builtAsset(...path: string[]): string | undefined {
  const directory = join(ASSETS, ...path);
  return existsSync(directory) ? directory : undefined;
}
