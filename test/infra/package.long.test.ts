import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvelope } from '../../core/model/envelope.ts';
import { BEHIND_CLOUDFRONT, EVERY_SETTING } from './every-setting.ts';

const run = promisify(execFile);

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a template holds is told by the resource's type
  readonly Properties: any;
}
type Template = Record<string, Resource>;

/** Somebody else's app, with the package as npm would install it, and nothing of this repository. */
const app = mkdtempSync(join(tmpdir(), 'ancrage-app-'));
afterAll(() => rmSync(app, { recursive: true }));

const page = readFileSync('docs/publishing.md', 'utf8');
/** Heading → its snippet. */
const snippets = Object.fromEntries(
  [...page.matchAll(/^## (.+)\n(?:(?!^## ).*\n)*?```ts\n([\s\S]*?)```/gm)].map(([, heading, code]) => [
    String(heading),
    String(code),
  ]),
);
const headings = Object.keys(snippets);

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** Put this repository's packages where an app would have them. */
function link(dependencies: Readonly<Record<string, string>>, modules: string): void {
  for (const name of Object.keys(dependencies)) {
    mkdirSync(join(modules, name, '..'), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(modules, name));
  }
}

beforeAll(async () => {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', app]);
  const tarball = readdirSync(app).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack made nothing: ${stdout}`);
  const modules = join(app, 'node_modules');
  mkdirSync(join(modules, 'ancrage'), { recursive: true });
  await run('tar', ['xzf', join(app, tarball), '-C', join(modules, 'ancrage'), '--strip-components', '1']);
  link({ ...manifest.dependencies, ...manifest.peerDependencies }, modules);
  writeFileSync(join(app, 'package.json'), '{"type":"module"}');
  const outputs = headings.map((_, index) => [`./snippet-${index}.ts`, join(app, `out-${index}`)]);
  for (const [index, code] of Object.values(snippets).entries())
    writeFileSync(join(app, `snippet-${index}.ts`), code);
  writeFileSync(
    join(app, 'synthesize.ts'),
    `for (const [snippet, directory] of ${JSON.stringify(outputs)}) {
  process.env.CDK_OUTDIR = directory;
  await import(snippet);
}`,
  );
  // All in one process, as `cdk synth` runs each: loading the CDK takes longer than a synthesis.
  await run(process.execPath, ['synthesize.ts'], { cwd: app });
}, 300_000);

/** Returns all resources of the snippet under a heading, by stack. */
function synthesized(heading: string): Record<string, Template> {
  const index = headings.indexOf(heading);
  expect(index, heading).not.toBe(-1);
  const directory = join(app, `out-${index}`);
  const files = readdirSync(directory).filter((file) => file.endsWith('.template.json'));
  return Object.fromEntries(
    files.map((file) => [
      file.split('.')[0],
      JSON.parse(readFileSync(join(directory, file), 'utf8')).Resources,
    ]),
  );
}

const find = (template: Template | undefined, type: string, id = ''): [string, Resource] => {
  const found = Object.entries(template ?? {}).find(
    ([name, { Type }]) => Type === type && name.startsWith(id),
  );
  if (found === undefined) throw new Error(`There is no ${type} ${id}.`);
  return found;
};

const statementsOf = (template: Template | undefined, type: string, id: string): Record<string, unknown>[] =>
  Object.entries(template ?? {})
    .filter(([name, { Type }]) => Type === type && name.startsWith(id))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);

describe('the package in somebody else’s app', () => {
  it('has types that fit each snippet of docs/publishing.md', async () => {
    expect(Object.keys(snippets)).toHaveLength(4);
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2023', '--module', 'nodenext'];
    const types = ['--types', 'node', '--typeRoots', resolve('node_modules/@types')];
    const files = Object.keys(snippets).map((_, index) => `snippet-${index}.ts`);
    await run(process.execPath, [tsc, ...options, ...types, ...files], { cwd: app }).catch((error) => {
      throw new Error(error.stdout);
    });
  });

  it('deploys the whole platform, with no file of the repository', () => {
    const { Billing } = synthesized('Ancrage in your own app');
    const functions = Object.values(Billing ?? {}).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    const ours = functions.filter(({ Properties }) => Properties.Description !== undefined);
    expect(ours.length).toBe(readdirSync(join(app, 'node_modules/ancrage/dist/assets/functions')).length);
    for (const { Properties } of ours) expect(Properties.Code.S3Key).toMatch(/^[0-9a-f]{64}\.zip$/);
    const [, table] = find(Billing, 'AWS::DynamoDB::Table');
    expect(table).toMatchObject({ DeletionPolicy: 'Retain' });
  });

  it('lets a function that was granted it send to the queue, and do nothing else', () => {
    const { Billing } = synthesized('Ancrage in your own app');
    const [queue] = find(Billing, 'AWS::SQS::Queue', 'WebhooksEventsQueue');
    const statements = statementsOf(Billing, 'AWS::IAM::Policy', 'InvoicingServiceRole');
    expect(statements).toEqual([
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [queue, 'Arn'] } },
    ]);
  });

  it('takes what an EventBridge rule makes of an event', () => {
    const { Billing } = synthesized('From an EventBridge rule');
    const [queue] = find(Billing, 'AWS::SQS::Queue', 'WebhooksEventsQueue');
    const [, { Properties }] = find(Billing, 'AWS::Events::Rule', 'PaidInvoices');
    const [target] = Properties.Targets;
    expect(target.Arn).toEqual({ 'Fn::GetAtt': [queue, 'Arn'] });
    const occurred = {
      id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
      'detail-type': 'Invoice Paid',
      source: 'acme.billing',
      time: '2026-11-21T20:04:48Z',
      detail: { number: 'INV-1042', total: 99.5 },
    };
    const { project, event } = readEnvelope(transform(target.InputTransformer, occurred));
    expect(project).toBe('erp');
    expect(event).toMatchObject({ id: occurred.id, type: 'invoice.paid' });
    expect(JSON.parse(event.data)).toEqual(occurred.detail);
  });

  it('takes what a topic of SNS sends', () => {
    const { Billing } = synthesized('From an SNS topic');
    const [queue] = find(Billing, 'AWS::SQS::Queue', 'WebhooksEventsQueue');
    const [topic] = find(Billing, 'AWS::SNS::Topic', 'Invoices');
    const [, { Properties }] = find(Billing, 'AWS::SNS::Subscription');
    expect(Properties).toMatchObject({
      Protocol: 'sqs',
      RawMessageDelivery: true,
      TopicArn: { Ref: topic },
      Endpoint: { 'Fn::GetAtt': [queue, 'Arn'] },
    });
    const allowed = statementsOf(Billing, 'AWS::SQS::QueuePolicy', 'WebhooksEventsQueue');
    expect(allowed).toContainEqual(
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Condition: { ArnEquals: { 'aws:SourceArn': { Ref: topic } } },
      }),
    );
  });

  it('lets another account in by the queue’s policy, which that account’s role needs besides its own', () => {
    const { Platform, Shop } = synthesized('From another account');
    const allowed = statementsOf(Platform, 'AWS::SQS::QueuePolicy', 'WebhooksEventsQueue');
    const conditions = allowed
      .filter(({ Effect }) => Effect === 'Allow')
      .map(({ Condition }) => JSON.stringify(Condition));
    expect(conditions.join('\n')).toContain('"aws:PrincipalOrgID":"o-abcdefghij"');
    expect(conditions.join('\n')).toContain('"arn:*:sns:*:111122223333:*"');
    expect(statementsOf(Shop, 'AWS::IAM::Policy', 'Checkout')).toMatchObject([{ Action: 'sqs:SendMessage' }]);
  });

  it('tells the commands of the package what they need, by the outputs of the stack', async () => {
    const template = JSON.parse(readFileSync(join(app, 'out-0', 'Billing.template.json'), 'utf8'));
    const outputs = Object.fromEntries(Object.keys(template.Outputs).map((name) => [name, `the ${name}`]));
    const file = join(app, 'cdk-outputs.json');
    writeFileSync(
      file,
      JSON.stringify({ Billing: { ...outputs, EventsQueueArn: 'arn:aws:sqs:eu-west-1:1:q' } }),
    );
    const command = join(app, 'node_modules/ancrage/dist/bin/admin.js');
    const refused = run(process.execPath, [command, 'queues', '--outputs', file], {
      env: {
        ...process.env,
        AWS_MAX_ATTEMPTS: '1',
        AWS_ACCESS_KEY_ID: 'none',
        AWS_SECRET_ACCESS_KEY: 'none',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      },
    });
    // It has found the stack, and fails where it would call AWS.
    await expect(refused).rejects.toThrow(/ECONNREFUSED|the EventsQueueUrl/);
  });
});

describe('the oldest CDK that the package allows', () => {
  const oldest = join(app, 'oldest');

  it('deploys the same resources, with every setting', async () => {
    const versions = Object.entries<string>(manifest.peerDependencies).map(
      ([name, range]) => `${name}@${range.replace('^', '')}`,
    );
    mkdirSync(oldest);
    writeFileSync(join(oldest, 'package.json'), '{"type":"module"}');
    await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...versions], {
      cwd: oldest,
    });
    // A copy: Node resolves what a symbolic link's target imports from where the target is.
    cpSync(join(app, 'node_modules/ancrage'), join(oldest, 'node_modules/ancrage'), { recursive: true });
    link(manifest.dependencies, join(oldest, 'node_modules'));
    const stages = [
      { stage: 'dev' },
      { ...EVERY_SETTING, webAcl: undefined },
      { ...BEHIND_CLOUDFRONT, webAcl: undefined },
    ];
    for (const folder of [oldest, app])
      writeFileSync(
        join(folder, 'every.mjs'),
        `import { App, Stack } from 'aws-cdk-lib';
import { Ancrage } from 'ancrage';
const app = new App({ outdir: 'every' });
for (const [index, settings] of ${JSON.stringify(stages)}.entries())
  new Ancrage(new Stack(app, 'Stack' + index), 'Webhooks', settings);
app.synth();`,
      );
    for (const folder of [oldest, app]) await run(process.execPath, ['every.mjs'], { cwd: folder });
    for (const index of stages.keys())
      expect(typesIn(oldest, `Stack${index}`)).toEqual(typesIn(app, `Stack${index}`));
  }, 300_000);
});

/** Returns the types of a template's resources by their logical ids. */
function typesIn(folder: string, stack: string): Record<string, string> {
  const { Resources } = JSON.parse(readFileSync(join(folder, 'every', `${stack}.template.json`), 'utf8'));
  return Object.fromEntries(Object.entries<Resource>(Resources).map(([id, { Type }]) => [id, Type]));
}

/** What EventBridge does: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
function transform(
  { InputPathsMap, InputTemplate }: { InputPathsMap: Record<string, string>; InputTemplate: string },
  event: object,
): string {
  return InputTemplate.replace(/"?<([\w-]+)>"?/g, (_, name: string) => {
    const path = (InputPathsMap[name] ?? '').split('.').slice(1);
    // biome-ignore lint/suspicious/noExplicitAny: a path into any JSON
    return JSON.stringify(path.reduce((value: any, member) => value[member], event));
  });
}
