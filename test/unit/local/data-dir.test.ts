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
  it('makes it, parents and all, and again', () => {
    makeDataDir(join(dir, 'a/b'));
    makeDataDir(join(dir, 'a/b'));

    expect(existsSync(join(dir, 'a/b'))).toBe(true);
  });

  it('says that it is a file', () => {
    writeFileSync(join(dir, 'file'), '');

    expect(() => makeDataDir(join(dir, 'file'))).toThrow('is a file');
  });
});

describe('lockDataDir', () => {
  it('keeps a second stack of this process off until the first is done', () => {
    const unlock = lockDataDir(dir);
    expect(() => lockDataDir(dir)).toThrow(`process ${process.pid}`);

    unlock();

    lockDataDir(dir)();
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });

  it('keeps off where another process lives', () => {
    writeFileSync(join(dir, 'lock'), String(process.ppid));

    expect(() => lockDataDir(dir)).toThrow(`process ${process.ppid}`);
  });

  it.each([
    ['a process that is gone', '999999999'],
    ['a former process of the same number', String(process.pid)],
    ['who knows whom', ''],
  ])('takes over the lock of %s', (_, content) => {
    writeFileSync(join(dir, 'lock'), content);

    lockDataDir(dir)();
  });
});
