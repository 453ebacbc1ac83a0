import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { stackUuidOf } from '../../../local/stack-uuid.ts';

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'ancrage-uuid-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

it('returns the same UUID for a directory every time, and another for another directory', () => {
  const [here, there] = [directory(), directory()];
  const uuid = stackUuidOf(here);
  expect(uuid).toMatch(/^[0-9a-f-]{36}$/);
  expect(stackUuidOf(here)).toBe(uuid);
  expect(stackUuidOf(there)).not.toBe(uuid);
  expect(statSync(join(here, 'stack-uuid')).mode & 0o777).toBe(0o600);
});
