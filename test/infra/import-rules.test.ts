import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** What breaks each rule: a file, and what it imports. */
const BREACHES: readonly (readonly [rule: string, file: string, imports: string])[] = [
  ['no-cycles', 'core/domain/a.ts', './b.ts'],
  ['core-knows-no-framework', 'core/use-cases/publish.ts', '@middy/core'],
  ['core-knows-no-framework', 'core/adapters/sqs/queue.ts', 'aws-cdk-lib'],
  ['core-knows-no-framework', 'core/ports.ts', '../lambdas/deliver/handler.ts'],
  ['core-inside-knows-no-io', 'core/use-cases/fan-out.ts', '@aws-sdk/client-sqs'],
  ['core-inside-knows-no-io', 'core/domain/event.ts', 'node:https'],
  ['core-inside-knows-no-io', 'core/dialects/weavy/x.ts', '../../adapters/sqs/queue.ts'],
  ['lib-knows-the-contract-only', 'lib/stack.ts', '../core/ports.ts'],
  ['lib-knows-the-contract-only', 'bin/ancrage.ts', '../lambdas/deliver/handler.ts'],
  ['lambdas-stay-apart', 'lambdas/fan-out/handler.ts', '../deliver/handler.ts'],
  ['handlers-only-translate', 'lambdas/deliver/handler.ts', '@aws-sdk/client-dynamodb'],
  ['dialects-stay-apart', 'core/dialects/weavy/y.ts', '../hirehop/x.ts'],
  ['no-named-dialect-inside', 'core/domain/format.ts', '../dialects/weavy/x.ts'],
  ['document-only-describes', 'core/use-cases/replay.ts', '../openapi/document.ts'],
  ['document-only-describes', 'lambdas/replay/handler.ts', '../../core/openapi/document.ts'],
  ['core-inside-knows-no-io', 'core/openapi/x.ts', 'node:fs'],
  ['client-stands-alone', 'client/index.ts', '../core/domain/a.ts'],
  ['console-knows-the-client-only', 'console/src/app.tsx', '../../core/domain/a.ts'],
  ['nobody-knows-the-console', 'lib/assets.ts', '../console/src/main.tsx'],
  ['adapters-stay-apart', 'core/adapters/dynamodb/table.ts', '../sqs/queue.ts'],
  ['local-runs-the-template', 'local/main.ts', '../lib/stack.ts'],
  ['production-knows-no-tools', 'lib/config.ts', '../local/main.ts'],
  ['dependencies-are-declared', 'core/domain/ids.ts', 'vitest'],
  ['imports-resolve', 'core/domain/nowhere.ts', './missing.ts'],
];
const NEIGHBOURS: readonly (readonly [file: string, text: string])[] = [
  ['core/domain/b.ts', "import './a.ts';"],
  ['core/dialects/hirehop/x.ts', 'export {};'],
  ['core/openapi/document.ts', 'export {};'],
  ['console/src/main.tsx', 'export {};'],
];

interface Summary {
  readonly violations: { rule: { name: string }; from: string }[];
  readonly ruleSetUsed: { forbidden: { name: string }[] };
}

describe('the import rules', () => {
  let tree: string;
  let found: { rule: string; from: string }[];
  let rules: string[];

  beforeAll(async () => {
    tree = mkdtempSync(join(tmpdir(), 'ancrage-imports-'));
    const write = (file: string, text: string) => {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      writeFileSync(join(tree, file), text);
    };
    for (const [file, text] of NEIGHBOURS) write(file, text);
    for (const [, file, imports] of BREACHES) write(file, `import '${imports}';\n`);
    for (const name of ['package.json', 'tsconfig.json', 'node_modules', '.dependency-cruiser.mjs'])
      symlinkSync(resolve(name), join(tree, name));

    const arguments_ = [
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'json',
      'bin',
      'lib',
      'lambdas',
      'core',
      'local',
      'client',
      'console',
    ];
    const run = promisify(execFile)(resolve('node_modules/.bin/depcruise'), arguments_, {
      cwd: tree,
      maxBuffer: 1 << 26,
    });
    // It exits with the number of breaches, which is not 0 here.
    const { stdout } = await run.catch((failure: { stdout: string }) => failure);
    const { violations, ruleSetUsed } = JSON.parse(stdout).summary as Summary;
    rules = ruleSetUsed.forbidden.map(({ name }) => name);
    found = violations.map(({ rule, from }) => ({ rule: rule.name, from }));
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each(BREACHES)('%s: %s must not import %s', (rule, file) => {
    expect(found).toContainEqual({ rule, from: file });
  });

  it('are each seen to be broken', () => {
    expect(new Set(BREACHES.map(([rule]) => rule))).toEqual(new Set(rules));
  });
});
