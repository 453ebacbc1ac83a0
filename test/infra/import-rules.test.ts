import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** What breaks each rule: a file, and what it imports. */
const BREACHES: readonly (readonly [rule: string, file: string, imports: string])[] = [
  ['no-cycles', 'core/model/a.ts', './b.ts'],
  ['layer-languages', 'core/languages/x.ts', '../model/b.ts'],
  ['layer-kernel', 'core/kernel/json.ts', '../model/b.ts'],
  ['layer-engines', 'core/engines/template/x.ts', '../../customer-code/x.ts'],
  ['template-values', 'core/engines/template/values/x.ts', '../formats/x.ts'],
  ['template-formats', 'core/engines/template/formats/x.ts', '../members/x.ts'],
  ['template-members', 'core/engines/template/members/x.ts', '../globals.ts'],
  ['template-globals', 'core/engines/template/globals.ts', './filters/x.ts'],
  ['template-filters', 'core/engines/template/filters/x.ts', '../frappe/x.ts'],
  ['template-frappe', 'core/engines/template/frappe/x.ts', '../all-filters.ts'],
  ['template-all-filters', 'core/engines/template/all-filters.ts', './parser/x.ts'],
  ['template-parser', 'core/engines/template/parser/x.ts', '../interpreter/x.ts'],
  ['template-interpreter', 'core/engines/template/interpreter/x.ts', '../template.ts'],
  ['template-template', 'core/engines/template/template.ts', './condition.ts'],
  ['template-condition', 'core/engines/template/condition.ts', './template.ts'],
  ['layer-model', 'core/model/x.ts', '../ports/x.ts'],
  ['layer-ports', 'core/ports/y.ts', '../publish/x.ts'],
  ['layer-customer-code', 'core/customer-code/y.ts', '../request/x.ts'],
  ['layer-request', 'core/request/y.ts', '../deliver/x.ts'],
  ['layer-publish', 'core/publish/y.ts', '../flow/x.ts'],
  ['layer-flow', 'core/flow/y.ts', '../deliver/x.ts'],
  ['layer-fan-out', 'core/fan-out/y.ts', '../deliver/x.ts'],
  ['layer-deliver', 'core/deliver/y.ts', '../fan-out/x.ts'],
  ['layer-deliver', 'core/deliver/z.ts', '../pump/x.ts'],
  ['layer-pump', 'core/pump/y.ts', '../sweep/x.ts'],
  ['layer-api-schemas', 'core/api-schemas/y.ts', '../manage/x.ts'],
  ['layer-receive', 'core/receive/y.ts', '../deliver/x.ts'],
  ['layer-sweep', 'core/sweep/y.ts', '../replay/x.ts'],
  ['layer-replay', 'core/replay/y.ts', '../preview/x.ts'],
  ['layer-idempotency', 'core/idempotency/y.ts', '../manage/x.ts'],
  ['layer-auth', 'core/auth/y.ts', '../manage/x.ts'],
  ['layer-read', 'core/read/y.ts', '../manage/x.ts'],
  ['layer-manage', 'core/manage/y.ts', '../preview/x.ts'],
  ['layer-erase', 'core/erase/y.ts', '../flow/x.ts'],
  ['layer-preview', 'core/preview/y.ts', '../dialects/weavy/x.ts'],
  ['layer-fit', 'core/fit/y.ts', '../dialects/weavy/x.ts'],
  ['layer-dialects', 'core/dialects/weavy/z.ts', '../../adapters/sqs/queue.ts'],
  ['core-knows-no-framework', 'core/publish/publish.ts', '@middy/core'],
  ['core-knows-no-framework', 'core/adapters/sqs/queue.ts', 'aws-cdk-lib'],
  ['core-knows-no-framework', 'core/ports/sender.ts', '../../lambdas/deliver/handler.ts'],
  ['core-inside-knows-no-io', 'core/fan-out/fan-out.ts', '@aws-sdk/client-sqs'],
  ['core-inside-knows-no-io', 'core/model/event.ts', 'node:https'],
  ['core-inside-knows-no-io', 'core/openapi/x.ts', 'node:fs'],
  ['lib-knows-the-contract-only', 'lib/stack.ts', '../core/ports/x.ts'],
  ['lib-knows-the-contract-only', 'bin/ancrage.ts', '../lambdas/deliver/handler.ts'],
  ['lambdas-stay-apart', 'lambdas/fan-out/handler.ts', '../deliver/handler.ts'],
  ['handlers-only-translate', 'lambdas/deliver/handler.ts', '@aws-sdk/client-dynamodb'],
  ['dialects-stay-apart', 'core/dialects/weavy/y.ts', '../hirehop/x.ts'],
  ['core-names-no-dialect', 'core/request/formats.ts', '../dialects/weavy/x.ts'],
  ['manage-and-read-send-nothing', 'core/manage/projects.ts', '../sweep/x.ts'],
  ['manage-and-read-send-nothing', 'core/read/health.ts', '../pump/x.ts'],
  ['workers-carry-no-api-schemas', 'core/sweep/z.ts', '../auth/x.ts'],
  ['workers-carry-no-api-schemas', 'core/flow/z.ts', '../auth/x.ts'],
  ['workers-carry-no-api-schemas', 'lambdas/pump/handler.ts', '../../core/auth/x.ts'],
  ['contract-imports-nothing', 'core/routes.ts', './contract.ts'],
  ['document-only-describes', 'core/replay/replay.ts', '../openapi/document.ts'],
  ['document-only-describes', 'lambdas/replay/handler.ts', '../../core/openapi/document.ts'],
  ['client-stands-alone', 'client/index.ts', '../core/model/a.ts'],
  ['console-knows-the-client-only', 'console/src/app.tsx', '../../core/model/a.ts'],
  ['nobody-knows-the-console', 'lib/assets.ts', '../console/src/main.tsx'],
  ['adapters-stay-apart', 'core/adapters/dynamodb/table.ts', '../sqs/queue.ts'],
  ['development-bundles-as-the-synthesis', 'local/development/watch.ts', '../../lib/stack.ts'],
  ['local-runs-the-template', 'local/main.ts', '../lib/stack.ts'],
  ['production-knows-no-tools', 'lib/config.ts', '../local/main.ts'],
  ['dependencies-are-declared', 'core/kernel/ids.ts', 'vitest'],
  ['imports-resolve', 'core/kernel/nowhere.ts', './missing.ts'],
];
/** What the breaches import. */
const NEIGHBOURS: readonly (readonly [file: string, text: string])[] = [
  ['core/model/b.ts', "import './a.ts';"],
  ...[
    'customer-code',
    'request',
    'ports',
    'publish',
    'flow',
    'deliver',
    'pump',
    'manage',
    'preview',
    'read',
    'replay',
    'dialects/weavy',
    'dialects/hirehop',
  ].map((folder) => [`core/${folder}/x.ts`, 'export {};'] as const),
  // These two reach what the file that imports them may not reach.
  ['core/fan-out/x.ts', 'export {};'],
  ['core/sweep/x.ts', "import '../fan-out/x.ts';"],
  ['core/auth/x.ts', "import '../api-schemas/x.ts';"],
  ['core/api-schemas/x.ts', 'export {};'],
  ...['formats', 'members', 'filters', 'frappe', 'parser', 'interpreter'].map(
    (folder) => [`core/engines/template/${folder}/x.ts`, 'export {};'] as const,
  ),
  ['core/contract.ts', 'export {};'],
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

  it('each have a breach that is detected', () => {
    expect(new Set(BREACHES.map(([rule]) => rule))).toEqual(new Set(rules));
  });
});
