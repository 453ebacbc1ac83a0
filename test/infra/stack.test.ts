import { readdirSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AncrageStack } from '../../lib/ancrage-stack.ts';
import { readStage } from '../../lib/stage-context.ts';

type Context = Record<string, unknown>;
type Properties = Record<string, unknown>;

function synthesize(context: Context = {}): Template {
  // The functions' code is bundled by the end-to-end tests; here it would only take time.
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [], ...context } });
  return Template.fromStack(new AncrageStack(app, 'Ancrage', { settings: readStage(app.node) }));
}

const dev = synthesize();
const prod = synthesize({ stage: 'prod', defaultProject: 'erp' });
const resources = (template: Template, type: string): [string, Properties][] =>
  Object.entries(template.findResources(type)).map(([id, { Properties }]) => [id, Properties]);

/** The CDK's own function, which copies the console's files: its code, its policy and its runtime are the CDK's. */
const OURS = (id: string) => !id.startsWith('CustomCDKBucketDeployment');

function found(resource: [string, Properties] | undefined): Properties {
  if (resource === undefined) throw new Error('The template has no such resource.');
  return resource[1];
}

const functions = resources(dev, 'AWS::Lambda::Function').filter(([id]) => OURS(id));

/** The actions that a function's role allows, with the logical ids of the resources. */
function grantsOf(template: Template, description: string): string[] {
  const fn = found(
    resources(template, 'AWS::Lambda::Function').find(([, { Description }]) => Description === description),
  );
  const role = (fn.Role as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];
  const policies = resources(template, 'AWS::IAM::Policy').filter(([, { Roles }]) =>
    (Roles as { Ref: string }[]).some(({ Ref }) => Ref === role),
  );
  const statements = policies.flatMap(
    ([, { PolicyDocument }]) =>
      (PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement,
  );
  return statements
    .flatMap(({ Action, Resource }) => [Action].flat().map((action) => `${action} ${nameOf(Resource)}`))
    .toSorted();
}

/** `{"Fn::GetAtt": ["EventsQueueB96EB0D2", "Arn"]}` → `EventsQueue`. */
function nameOf(resource: unknown): string {
  return JSON.stringify(resource)
    .replace(/^.*?"Fn::GetAtt":\["([A-Za-z]+)[0-9A-F]{8}","Arn"\]/, '$1')
    .replace(/\},"(\/index\/\w+)"\]\]\}$/, '$1')
    .replace(/\}+$/, '');
}

describe('the template', () => {
  it('is what it was', () => {
    const template = JSON.stringify(dev.toJSON(), null, 2)
      .replaceAll(/[0-9a-f]{64}/g, '<hash>')
      .replaceAll(/"aws:asset:path": "[^"]*"/g, '"aws:asset:path": "<path>"');
    expect(JSON.parse(template)).toMatchSnapshot();
  });

  it('has a function for each folder of lambdas, and no other', () => {
    const folders = readdirSync('lambdas', { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && entry.name !== 'middleware',
    );
    const logGroups = resources(dev, 'AWS::Logs::LogGroup').map(([, { LogGroupName }]) => LogGroupName);
    const names = [...folders.map(({ name }) => name), 'console-deployment'];
    expect(logGroups.toSorted()).toEqual(
      [...names.map((name) => `/ancrage/dev/${name}`), '/aws/vendedlogs/ancrage/dev/api'].toSorted(),
    );
    expect(functions).toHaveLength(folders.length);
  });

  it('runs every function on Node 24, arm64, with a log group of its own', () => {
    const groups = new Set<string>();
    for (const [, fn] of functions) {
      expect(fn).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        LoggingConfig: { LogGroup: { Ref: expect.any(String) } },
      });
      groups.add((fn.LoggingConfig as { LogGroup: { Ref: string } }).LogGroup.Ref);
    }
    expect(groups.size).toBe(functions.length);
    for (const [, group] of resources(dev, 'AWS::Logs::LogGroup')) expect(group.RetentionInDays).toBe(30);
  });

  it.each([
    [
      'Events to deliveries',
      [
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'sqs:SendMessage DeliveriesQueue',
        'sqs:SendMessage EventsDeadLetterQueue',
        'sqs:SendMessage EventsQueue',
        'sqs:SendMessage RetriesQueue',
      ],
    ],
    [
      'Deliveries to hook URLs',
      [
        'dynamodb:BatchWriteItem DataTable',
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/log',
        'dynamodb:UpdateItem DataTable',
        'sqs:SendMessage EventsQueue',
        'sqs:SendMessage RetriesQueue',
      ],
    ],
    [
      'Subscriptions and their attempts',
      [
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/log',
        'dynamodb:UpdateItem DataTable',
      ],
    ],
    [
      "Weavy's REST hooks, and 404 for the rest",
      [
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable/index/log',
      ],
    ],
    [
      "Frappe's REST API: webhooks and their request log",
      [
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/log',
        'dynamodb:UpdateItem DataTable',
      ],
    ],
    [
      'Due work to the retries queue',
      ['dynamodb:Query DataTable/index/due', 'dynamodb:UpdateItem DataTable', 'sqs:SendMessage RetriesQueue'],
    ],
    [
      'Subscriptions tried: tests and previews',
      [
        'dynamodb:BatchWriteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/log',
        'dynamodb:UpdateItem DataTable',
      ],
    ],
    [
      'Deliveries made again',
      [
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'sqs:SendMessage EventsQueue',
        'sqs:SendMessage RetriesQueue',
      ],
    ],
    ['What the API is, for programs and people', []],
    ['Bearer token to key, project and scopes', ['dynamodb:GetItem DataTable']],
    ['A 12-hour token for a key', ['dynamodb:GetItem DataTable', 'dynamodb:PutItem DataTable']],
    [
      'Events over HTTPS to the events queue',
      ['dynamodb:GetItem DataTable', 'dynamodb:Query DataTable', 'sqs:SendMessage EventsQueue'],
    ],
    [
      'Event types, their schemas and samples',
      [
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/log',
      ],
    ],
    [
      'Projects and their keys',
      [
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
      ],
    ],
    [
      'Published events and their attempts',
      ['dynamodb:GetItem DataTable', 'dynamodb:Query DataTable', 'dynamodb:Query DataTable/index/log'],
    ],
  ])('allows just what it needs: %s', (description, grants) => {
    const given = grantsOf(dev, description);
    const logging = [/^logs:CreateLogStream \w+Logs$/, /^logs:PutLogEvents \w+Logs$/];
    expect(given.filter((grant) => logging.some((right) => right.test(grant)))).toHaveLength(2);
    const polling = /^sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes) /;
    expect(given.filter((grant) => !grant.startsWith('logs:') && !polling.test(grant))).toEqual(grants);
  });

  it('gives each work queue a dead-letter queue, and six times its worker’s time', () => {
    const queues = resources(dev, 'AWS::SQS::Queue').filter(
      ([, { RedrivePolicy }]) => RedrivePolicy !== undefined,
    );
    expect(queues).toHaveLength(3);
    dev.resourceCountIs('AWS::SQS::Queue', 6);
    for (const [id, queue] of queues) {
      // Fan-out sets messages aside itself, with the id by which they are known.
      const maxReceiveCount = id.startsWith('Events') ? 1000 : 5;
      expect(queue.RedrivePolicy).toMatchObject({ maxReceiveCount });
      const mapping = found(
        resources(dev, 'AWS::Lambda::EventSourceMapping').find(([, { EventSourceArn }]) =>
          JSON.stringify(EventSourceArn).includes(id),
        ),
      );
      const fn = dev.findResources('AWS::Lambda::Function')[(mapping.FunctionName as { Ref: string }).Ref];
      expect(queue.VisibilityTimeout).toBe(6 * fn?.Properties.Timeout);
      expect(mapping).toMatchObject({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    }
  });

  it('keeps first attempts and retries apart, each with a concurrency of its own', () => {
    const mappings = resources(
      synthesize({ lanes: { deliveries: { maxConcurrency: 7 }, retries: { maxConcurrency: 3 } } }),
      'AWS::Lambda::EventSourceMapping',
    );
    const concurrency = mappings.map(
      ([, { ScalingConfig }]) => (ScalingConfig as { MaximumConcurrency: number }).MaximumConcurrency,
    );
    expect(concurrency.toSorted((a, b) => a - b)).toEqual([3, 7, 20]);
  });

  it('sends every route but those of Authenticate and the reference through the authorizer', () => {
    const open = resources(dev, 'AWS::ApiGatewayV2::Route').filter(
      ([, { AuthorizationType }]) => AuthorizationType !== 'CUSTOM',
    );
    expect(open.map(([, { RouteKey }]) => RouteKey).toSorted()).toEqual([
      'GET /docs',
      'GET /openapi.json',
      'POST /v1/Authenticate',
      'POST /v1/authenticate',
    ]);
  });

  it('gives the key of the stack to the functions that list, and to no other, from the id of the stack', () => {
    const having = functions.filter(
      ([, { Environment }]) => (Environment as { Variables: Properties }).Variables.STACK_KEY !== undefined,
    );
    expect(having.map(([, { Description }]) => Description).toSorted()).toEqual([
      'Event types, their schemas and samples',
      'Projects and their keys',
      'Published events and their attempts',
      'Subscriptions and their attempts',
    ]);
    for (const [, { Environment }] of having)
      expect((Environment as { Variables: Properties }).Variables.STACK_KEY).toEqual({
        'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }],
      });
  });

  it('sweeps each minute', () => {
    dev.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
    });
  });

  it('refuses unencrypted access to every queue', () => {
    for (const [id] of resources(dev, 'AWS::SQS::Queue')) {
      dev.hasResourceProperties('AWS::SQS::QueuePolicy', {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Effect: 'Deny',
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
              Resource: { 'Fn::GetAtt': [id, 'Arn'] },
            }),
          ]),
        },
      });
    }
  });

  it('keeps the data of production when the stack is deleted, and that of development not', () => {
    prod.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    });
    dev.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });
    const kept = (template: Template) =>
      ['AWS::SQS::Queue', 'AWS::Logs::LogGroup'].flatMap((type) =>
        Object.entries(template.findResources(type)).filter(([id]) => !id.startsWith('ConsoleDeployment')),
      );
    expect(kept(prod)).toHaveLength(6 + functions.length + 1);
    for (const [id, { DeletionPolicy }] of kept(prod))
      expect(DeletionPolicy, id).toBe('RetainExceptOnCreate');
    for (const [id, { DeletionPolicy }] of kept(dev)) expect(DeletionPolicy, id).toBe('Delete');
  });

  it('leaves nothing of a stage that is thrown away, the files in the bucket included', () => {
    const template = synthesize({ alarms: '{"email":"ops@example.com"}' });
    for (const [id, resource] of Object.entries(template.toJSON().Resources as Record<string, object>))
      expect(JSON.stringify(resource), id).not.toMatch(/"DeletionPolicy":"Retain/);
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
    template.hasResourceProperties('Custom::CDKBucketDeployment', { RetainOnDelete: false });
    // With this mark of the CDK's they would stay, and the bucket with them.
    const marks = (of: Template) => JSON.stringify(of.findResources('AWS::S3::Bucket')).match(/cr-owned/g);
    expect(marks(template)).toBeNull();
    expect(marks(prod)).toHaveLength(1);
    prod.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
  });

  it('lets just those functions that queues call be called by what they sent themselves', () => {
    const called = resources(dev, 'AWS::Lambda::EventSourceMapping').map(
      ([, { FunctionName }]) => (FunctionName as { Ref: string }).Ref,
    );
    for (const [id, { RecursiveLoop }] of functions)
      expect(RecursiveLoop, id).toBe(called.includes(id) ? 'Allow' : undefined);
  });

  it('lets no hook URL be local unless the stage says so', () => {
    const policies = (template: Template) =>
      resources(template, 'AWS::Lambda::Function').flatMap(
        ([, { Environment = { Variables: {} } }]) =>
          (Environment as { Variables: Properties }).Variables.DESTINATION_POLICY ?? [],
      );
    const ports = '"allowedPorts":[[443,443],[1024,65535]]';
    expect(new Set(policies(prod))).toEqual(new Set([`{"allowHttp":false,"allowLoopback":false,${ports}}`]));
    expect(new Set(policies(synthesize({ allowLocalDestinations: 'true' })))).toEqual(
      new Set([`{"allowHttp":true,"allowLoopback":true,${ports}}`]),
    );
  });

  it('tells where to send events', () => {
    for (const output of ['ApiUrl', 'EventsQueueUrl', 'EventsQueueArn', 'TableName', 'ConsoleUrl'])
      dev.hasOutput(output, {});
  });
});
