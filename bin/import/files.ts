import { readFileSync } from 'node:fs';
import { AdminError } from '../admin/errors.ts';

/** @throws AdminError if the file cannot be read */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new AdminError(`${path} cannot be read (${messageOf(error)}).`);
  }
}

/** @throws AdminError if the file cannot be read or is not JSON */
export function readJson(path: string): unknown {
  const text = readText(path);
  try {
    // Editors on Windows often write a byte order mark, which JSON does not allow.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new AdminError(`${path} is not JSON (${messageOf(error)}).`);
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
