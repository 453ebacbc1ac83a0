import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './errors.ts';

/**
 * What CloudFormation would put at the end of the stack's id: made up once for a directory, and the same whenever the
 * stack starts again there.
 */
export function stackUuidOf(directory: string): string {
  const path = join(directory, 'stack-uuid');
  try {
    const known = readFileSync(path, 'utf8').trim();
    if (known !== '') return known;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const made = randomUUID();
  writeFileSync(path, made, { mode: 0o600 });
  return made;
}
