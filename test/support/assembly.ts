import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ProjectLimits } from '../../core/contract.ts';

/** Copy a synthesised stack with a changed template. The assets are links to those of the original. */
export function assemblyWith(cdkOut: string, change: (template: string) => string): string {
  // Inside the repository, as with `npm start`: a package.json further up would change how the bundles run.
  const copy = resolve(mkdtempSync(join('.local', 'test-')));
  for (const entry of readdirSync(cdkOut, { withFileTypes: true })) {
    const [from, to] = [join(cdkOut, entry.name), join(copy, entry.name)];
    if (entry.isDirectory()) symlinkSync(from, to);
    else if (!entry.name.endsWith('.template.json')) cpSync(from, to);
    else writeFileSync(to, change(readFileSync(from, 'utf8')));
  }
  return copy;
}

/** Copy a synthesised stack with other limits of a project, such as `{ keys: 2 }`. */
export const assemblyWithLimits = (cdkOut: string, limits: Partial<ProjectLimits>): string =>
  assemblyWith(cdkOut, (template) =>
    Object.entries(limits).reduce(
      (text, [name, value]) => text.replaceAll(new RegExp(`(\\\\"${name}\\\\":)\\d+`, 'g'), `$1${value}`),
      template,
    ),
  );
