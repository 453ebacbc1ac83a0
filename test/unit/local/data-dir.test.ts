import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDir, makeDataDir } from '../../../local/data-dir.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'data-dir-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

describe('makeDataDir', () => {
  it('creates the directory and its parents, and succeeds if it exists', () => {
    makeDataDir(join(dir, 'a/b'), () => {});
    makeDataDir(join(dir, 'a/b'), () => {});

    expect(existsSync(join(dir, 'a/b'))).toBe(true);
  });

  it('rejects a path that is a file', () => {
    writeFileSync(join(dir, 'file'), '');

    expect(() => makeDataDir(join(dir, 'file'), () => {})).toThrow('is a file');
  });
});

describe('lockDataDir', () => {
  it('rejects a second stack of this process until the first has unlocked the directory', () => {
    const unlock = lockDataDir(dir);
    expect(() => lockDataDir(dir)).toThrow(`process ${process.pid}`);

    unlock();

    lockDataDir(dir)();
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });

  it('rejects a stack while the process that holds the lock exists', () => {
    writeFileSync(join(dir, 'lock'), String(process.ppid));

    expect(() => lockDataDir(dir)).toThrow(`process ${process.ppid}`);
  });

  it.each([
    ['a process that no longer exists', '999999999'],
    ['a former process with the same id', String(process.pid)],
    ['an unknown process', ''],
  ])('takes over the lock of %s', (_, content) => {
    writeFileSync(join(dir, 'lock'), content);

    lockDataDir(dir)();
  });
});
