import { cpSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/** Copy what a clone of this repository has, and use the packages that are installed. */
export function copyRepository(clone: string): void {
  const left = new Set(['node_modules', '.git', '.local', 'cdk.out', 'coverage', 'cdk-outputs.json', 'dist']);
  for (const name of readdirSync('.'))
    if (!left.has(name))
      cpSync(name, join(clone, name), {
        recursive: true,
        filter: (source) => !left.has(basename(source)) || source === 'console/dist',
      });
  symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));
}
