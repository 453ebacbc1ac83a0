import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../core/kernel/version.ts';

/** What `npm run release` writes, and CloudFormation would launch. */
describe('a release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ancrage-released-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(async () => {
    const args = ['bin/release.ts', '--bucket-prefix', 'acme-ancrage', '--out', folder];
    await promisify(execFile)(process.execPath, args);
  }, 300_000);

  const names = () => readdirSync(join(folder, VERSION));
  const textOf = (stage: string) => readFileSync(join(folder, VERSION, `${stage}.template.json`), 'utf8');

  it.each(['dev', 'prod'])('has the template of %s, which CloudFormation can read from a bucket', (stage) => {
    const text = textOf(stage);
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    const { Parameters = {}, Rules = {} } = JSON.parse(text);
    expect([Object.keys(Parameters), Object.keys(Rules)]).toEqual([[], []]);
    expect(text).not.toContain('cdk-hnb659fds');
  });

  it.each(['dev', 'prod'])(
    'has every file that the template of %s names, in the bucket of the region',
    (stage) => {
      const text = textOf(stage);
      const keys = [...text.matchAll(/"([^"]*\b[0-9a-f]{64}\.zip)"/g)].map(([, key = '']) => key);
      expect(keys.length).toBeGreaterThan(15);
      for (const key of keys) expect(names().map((name) => `${VERSION}/${name}`)).toContain(key);
      const { Resources } = JSON.parse(text);
      const buckets = Object.values<{ Type: string; Properties: { Code: { S3Bucket: unknown } } }>(Resources)
        .filter(({ Type }) => Type === 'AWS::Lambda::Function')
        .map(({ Properties }) => Properties.Code.S3Bucket);
      for (const bucket of buckets) expect(bucket).toEqual({ 'Fn::Sub': `acme-ancrage-\${AWS::Region}` });
    },
  );

  it('has archives in which each function is an index.js', () => {
    const archives = names().filter((name) => name.endsWith('.zip'));
    const contents = archives.map((name) =>
      Object.keys(unzipSync(readFileSync(join(folder, VERSION, name)))),
    );
    const functions = contents.filter((files) => files.includes('index.js.map'));
    expect(functions.length).toBe(readdirSync('lambdas', { withFileTypes: true }).filter(isFunction).length);
    for (const files of functions) expect(files).toContain('index.js');
  });
});

const isFunction = (entry: { isDirectory(): boolean; name: string }): boolean =>
  entry.isDirectory() && readdirSync(join('lambdas', entry.name)).includes('index.ts');
