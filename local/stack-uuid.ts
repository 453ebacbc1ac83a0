import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './errors.ts';

/**
 * Return the UUID at the end of the stack's id, which CloudFormation would generate. It is generated once for a
 * directory and stays the same when the stack starts again.
 */
export function stackUuidOf(directory: string): string {
  const path = join(directory, 'stack-uuid');
  try {
    const known = readFileSync(path, 'utf8').trim();
    if (known !== '') return known;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const uuid = randomUUID();
  writeFileSync(path, uuid, { mode: 0o600 });
  return uuid;
}
