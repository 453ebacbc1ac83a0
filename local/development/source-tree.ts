import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The folders that functions are made from, and the one that defines their stack. */
export const SOURCE_FOLDERS = ['core', 'lambdas', 'client', 'lib'];

/**
 * The files below {@link SOURCE_FOLDERS}. Their contents tell what has changed, because events of the file system do not: editors save by
 * renaming, write copies beside the file, and touch files that they do not change.
 */
export class SourceTree {
  readonly #root: string;
  #hashes: ReadonlyMap<string, string>;

  private constructor(root: string, hashes: ReadonlyMap<string, string>) {
    this.#root = root;
    this.#hashes = hashes;
  }

  static async read(root: string): Promise<SourceTree> {
    return new SourceTree(root, await hashesOf(root));
  }

  /** Return the files that were changed, added or removed since the last call, relative to the root. */
  async changes(): Promise<string[]> {
    const before = this.#hashes;
    const now = await hashesOf(this.#root);
    this.#hashes = now;
    return [...new Set([...before.keys(), ...now.keys()])].filter(
      (file) => before.get(file) !== now.get(file),
    );
  }
}

async function hashesOf(root: string): Promise<Map<string, string>> {
  const folders = await Promise.all(
    SOURCE_FOLDERS.map((folder) => readdir(join(root, folder), { recursive: true, withFileTypes: true })),
  );
  const files = folders
    .flat()
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const entries = await Promise.all(
    files.map(async (file) => [relative(root, file), await hashOf(file)] as const),
  );
  return new Map(entries);
}

async function hashOf(file: string): Promise<string> {
  try {
    return createHash('sha1')
      .update(await readFile(file))
      .digest('base64');
  } catch {
    // It was removed since it was listed, as the copies that editors make are.
    return 'removed';
  }
}
