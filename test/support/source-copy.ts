import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A copy of what the functions are made from. Its files may be changed. */
export interface SourceCopy {
  readonly root: string;
  /** Change files of the copy as editors do, all at once. The keys are their paths. */
  save(changes: Readonly<Record<string, (text: string) => string>>): void;
  remove(): void;
}

const REPOSITORY = resolve(import.meta.dirname, '../..');
const COPIED = ['core', 'lambdas', 'client', 'lib', 'package.json', 'tsconfig.json'];

export function copySources(): SourceCopy {
  const root = mkdtempSync(join(tmpdir(), 'ancrage-sources-'));
  for (const name of COPIED) cpSync(join(REPOSITORY, name), join(root, name), { recursive: true });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  return {
    root,
    save(changes) {
      for (const [path, change] of Object.entries(changes)) {
        const file = join(root, path);
        const draft = `${file}~`;
        writeFileSync(draft, change(readFileSync(file, 'utf8')));
        renameSync(draft, file);
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
