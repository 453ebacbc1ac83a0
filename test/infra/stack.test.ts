import { readdirSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AncrageStack } from '../../lib/ancrage-stack.ts';
import { readStage } from '../../lib/stage-context.ts';

type Context = Record<string, unknown>;
type Properties = Record<string, unknown>;

function synthesize(context: Context = {}): Template {
  // The end-to-end tests bundle the functions; here it would only take time.
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [], ...context } });
  return Template.fromStack(new AncrageStack(app, 'Ancrage', { settings: readStage(app.node) }));
}

const dev = synthesize();
const prod = synthesize({ stage: 'prod', defaultProject: 'erp' });
const resources = (template: Template, type: string): [string, Properties][] =>
  Object.entries(template.findResources(type)).map(([id, { Properties }]) => [id, Properties]);

/** Leave out the CDK's function that copies the console's files: the CDK decides its code, policy and runtime. */
const isOurs = (id: string) => !id.startsWith('CustomCDKBucketDeployment');

function found(resource: [string, Properties] | undefined): Properties {
  if (resource === undefined) throw new Error('The template has no such resource.');
  return resource[1];
}

const functions = resources(dev, 'AWS::Lambda::Function').filter(([id]) => isOurs(id));

/** Return the actions that a function's role allows, with the logical ids of the resources. */
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

/** Shorten a reference: `{"Fn::GetAtt": ["EventsQueueB96EB0D2", "Arn"]}` → `EventsQueue`. */
function nameOf(resource: unknown): string {
  return JSON.stringify(resource)
    .replace(/^.*?"Fn::GetAtt":\["([A-Za-z]+)[0-9A-F]{8}","Arn"\]/, '$1')
    .replace(/\},"(\/(?:index\/)?[\w*/]+)"\]\]\}$/, '$1')
    .replace(/\}+$/, '');
}

describe('the template', () => {
  it('matches the snapshot', () => {
    const template = JSON.stringify(dev.toJSON(), null, 2)
      .replaceAll(/[0-9a-f]{64}/g, '<hash>')
      .replaceAll(/"aws:asset:path": "[^"]*"/g, '"aws:asset:path": "<path>"');
    expect(JSON.parse(template)).toMatchSnapshot();
  });

  it('has a function for each folder of lambdas and no others', () => {
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

  it('runs every function on Node 24 and arm64, with its own log group', () => {
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
      'Fans events out into deliveries',
      [
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:UpdateItem DataTable',
        's3:DeleteObject LargeBodiesBucket/events/*',
        's3:GetObject LargeBodiesBucket/events/*',
        's3:GetObject LargeBodiesBucket/messages/*',
        's3:ListBucket LargeBodiesBucket',
        's3:PutObject LargeBodiesBucket/events/*',
        's3:PutObject LargeBodiesBucket/messages/*',
        'sqs:ChangeMessageVisibility EventsQueue',
        'sqs:ChangeMessageVisibility InternalQueue',
        'sqs:SendMessage DeliveriesQueue',
        'sqs:SendMessage EventsDeadLetterQueue',
        'sqs:SendMessage EventsQueue',
        'sqs:SendMessage InternalDeadLetterQueue',
        'sqs:SendMessage InternalQueue',
        'sqs:SendMessage RetriesQueue',
      ],
    ],
    [
      'Sends deliveries to hook URLs',
      [
        'dynamodb:BatchWriteItem DataTable',
        'dynamodb:ConditionCheckItem DataTable',
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/log',
        'dynamodb:UpdateItem DataTable',
        's3:DeleteObject LargeBodiesBucket/events/*',
        's3:DeleteObject LargeBodiesBucket/messages/*',
        's3:GetObject LargeBodiesBucket/events/*',
        's3:ListBucket LargeBodiesBucket',
        'sqs:ChangeMessageVisibility DeliveriesQueue',
        'sqs:ChangeMessageVisibility RetriesQueue',
        'sqs:SendMessage EventsQueue',
        'sqs:SendMessage InternalQueue',
        'sqs:SendMessage PumpsQueue',
        'sqs:SendMessage RetriesQueue',
      ],
    ],
    [
      'Manages subscriptions and lists their attempts and deliveries',
      [
        'dynamodb:BatchGetItem DataTable',
        'dynamodb:ConditionCheckItem DataTable',
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/log',
        'dynamodb:UpdateItem DataTable',
        's3:GetObject LargeBodiesBucket/events/*',
        's3:ListBucket LargeBodiesBucket',
        'sqs:SendMessage PumpsQueue',
      ],
    ],
    [
      "Serves Weavy's REST hooks, and 404 or 405 for every other request",
      [
        'dynamodb:BatchGetItem DataTable',
        'dynamodb:ConditionCheckItem DataTable',
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/log',
        'dynamodb:UpdateItem DataTable',
        's3:GetObject LargeBodiesBucket/events/*',
        's3:ListBucket LargeBodiesBucket',
      ],
    ],
    [
      "Serves Frappe's REST API for webhooks and their request log",
      [
        'dynamodb:BatchGetItem DataTable',
        'dynamodb:ConditionCheckItem DataTable',
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/log',
        'dynamodb:UpdateItem DataTable',
        's3:GetObject LargeBodiesBucket/events/*',
        's3:ListBucket LargeBodiesBucket',
        'sqs:SendMessage PumpsQueue',
      ],
    ],
    [
      'Sends what waits in mailboxes, at the pace of each endpoint',
      [
        'dynamodb:BatchWriteItem DataTable',
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/log',
        'dynamodb:UpdateItem DataTable',
        's3:GetObject LargeBodiesBucket/events/*',
        's3:ListBucket LargeBodiesBucket',
        'sqs:ChangeMessageVisibility PumpsQueue',
        'sqs:SendMessage EventsQueue',
        'sqs:SendMessage InternalQueue',
        'sqs:SendMessage PumpsQueue',
      ],
    ],
    [
      'Calls the pumps and moves the replays that are due',
      [
        'dynamodb:BatchGetItem DataTable',
        'dynamodb:ConditionCheckItem DataTable',
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/due',
        'dynamodb:UpdateItem DataTable',
        'sqs:SendMessage PumpsQueue',
        'sqs:SendMessage RetriesQueue',
      ],
    ],
    [
      'Sends test requests and renders previews',
      [
        'dynamodb:BatchGetItem DataTable',
        'dynamodb:BatchWriteItem DataTable',
        'dynamodb:ConditionCheckItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/log',
        'dynamodb:UpdateItem DataTable',
        's3:GetObject LargeBodiesBucket/events/*',
        's3:ListBucket LargeBodiesBucket',
        'sqs:SendMessage PumpsQueue',
      ],
    ],
    [
      'Starts replays, reports their progress and cancels them',
      [
        'dynamodb:BatchGetItem DataTable',
        'dynamodb:ConditionCheckItem DataTable',
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:UpdateItem DataTable',
        's3:GetObject LargeBodiesBucket/events/*',
        's3:ListBucket LargeBodiesBucket',
        'sqs:SendMessage EventsQueue',
        'sqs:SendMessage InternalQueue',
        'sqs:SendMessage PumpsQueue',
        'sqs:SendMessage RetriesQueue',
      ],
    ],
    [
      'Erases the data of events, and starts the erasure of an actor',
      [
        'dynamodb:BatchGetItem DataTable',
        'dynamodb:BatchWriteItem DataTable',
        'dynamodb:ConditionCheckItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:UpdateItem DataTable',
        's3:DeleteObject LargeBodiesBucket/events/*',
        's3:DeleteObject LargeBodiesBucket/messages/*',
        's3:GetObject LargeBodiesBucket/events/*',
        's3:ListBucket LargeBodiesBucket',
        'sqs:SendMessage RetriesQueue',
      ],
    ],
    ['Serves the OpenAPI document and the API reference', []],
    ['Authorizer: resolves a bearer token to its key, project and scopes', ['dynamodb:GetItem DataTable']],
    [
      'Issues a 12-hour token for an API key',
      ['dynamodb:ConditionCheckItem DataTable', 'dynamodb:GetItem DataTable', 'dynamodb:PutItem DataTable'],
    ],
    [
      'Accepts events over HTTPS and sends them to fan-out',
      [
        'dynamodb:GetItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:UpdateItem DataTable',
        's3:PutObject LargeBodiesBucket/messages/*',
        'sqs:SendMessage EventsQueue',
        'sqs:SendMessage InternalQueue',
      ],
    ],
    [
      'Manages event types, their schemas, samples and presets',
      [
        'dynamodb:BatchGetItem DataTable',
        'dynamodb:ConditionCheckItem DataTable',
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/log',
        'dynamodb:UpdateItem DataTable',
        's3:GetObject LargeBodiesBucket/events/*',
        's3:ListBucket LargeBodiesBucket',
      ],
    ],
    [
      'Manages projects and their API keys',
      [
        'dynamodb:BatchGetItem DataTable',
        'dynamodb:ConditionCheckItem DataTable',
        'dynamodb:DeleteItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:PutItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:UpdateItem DataTable',
      ],
    ],
    [
      'Lists published events, their attempts and traffic',
      [
        'dynamodb:BatchGetItem DataTable',
        'dynamodb:GetItem DataTable',
        'dynamodb:Query DataTable',
        'dynamodb:Query DataTable/index/log',
        's3:GetObject LargeBodiesBucket/events/*',
        's3:ListBucket LargeBodiesBucket',
      ],
    ],
  ])('grants each function only the permissions that it needs: %s', (description, grants) => {
    const given = grantsOf(dev, description);
    const logging = [/^logs:CreateLogStream \w+Logs$/, /^logs:PutLogEvents \w+Logs$/];
    expect(given.filter((grant) => logging.some((right) => right.test(grant)))).toHaveLength(2);
    const polling = /^sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes) /;
    expect(given.filter((grant) => !grant.startsWith('logs:') && !polling.test(grant))).toEqual(grants);
  });

  it('gives each work queue a dead-letter queue and a visibility timeout of six times its worker’s timeout', () => {
    const queues = resources(dev, 'AWS::SQS::Queue').filter(
      ([, { RedrivePolicy }]) => RedrivePolicy !== undefined,
    );
    expect(queues).toHaveLength(5);
    dev.resourceCountIs('AWS::SQS::Queue', 10);
    for (const [id, queue] of queues) {
      // Fan-out dead-letters messages itself, with the id of their first receive.
      const maxReceiveCount = /^(Events|Internal)/.test(id) ? 1000 : 10;
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

  it('limits the concurrency of internal messages, first attempts, retries and pumps separately', () => {
    const mappings = resources(
      synthesize({
        lanes: {
          deliveries: { maxConcurrency: 7 },
          retries: { maxConcurrency: 3 },
          pumps: { maxConcurrency: 5 },
          internal: { maxConcurrency: 4 },
        },
      }),
      'AWS::Lambda::EventSourceMapping',
    );
    const concurrency = mappings.map(
      ([, { ScalingConfig }]) => (ScalingConfig as { MaximumConcurrency: number }).MaximumConcurrency,
    );
    expect(concurrency.toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 7]);
  });

  it('sends every route through the authorizer, except Authenticate and the API reference', () => {
    const open = resources(dev, 'AWS::ApiGatewayV2::Route').filter(
      ([, { AuthorizationType }]) => AuthorizationType !== 'CUSTOM',
    );
    expect(open.map(([, { RouteKey }]) => RouteKey).toSorted()).toEqual([
      'GET /docs',
      'GET /openapi-3.0.json',
      'GET /openapi.json',
      'HEAD /docs',
      'HEAD /openapi-3.0.json',
      'HEAD /openapi.json',
      'POST /v1/Authenticate',
      'POST /v1/authenticate',
    ]);
  });

  it('derives a key from the stack’s id and gives it only to the functions that return lists, seal dead letters or report exhausted deliveries', () => {
    const withKey = functions.filter(
      ([, { Environment }]) => (Environment as { Variables: Properties }).Variables.STACK_KEY !== undefined,
    );
    expect(withKey.map(([, { Description }]) => Description).toSorted()).toEqual([
      'Erases the data of events, and starts the erasure of an actor',
      'Fans events out into deliveries',
      'Lists published events, their attempts and traffic',
      'Manages event types, their schemas, samples and presets',
      'Manages projects and their API keys',
      'Manages subscriptions and lists their attempts and deliveries',
      'Sends deliveries to hook URLs',
      'Sends what waits in mailboxes, at the pace of each endpoint',
      'Starts replays, reports their progress and cancels them',
    ]);
    for (const [, { Environment }] of withKey)
      expect((Environment as { Variables: Properties }).Variables.STACK_KEY).toEqual({
        'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }],
      });
  });

  it('tells fan-out the ids of the roles that send it internal messages', () => {
    const fanOut = functions.find(([, { Description }]) => Description === 'Fans events out into deliveries');
    const { Variables } = found(fanOut).Environment as { Variables: Properties };
    const roles = JSON.stringify(Variables.OWN_ROLE_IDS).match(/"\w+Role\w+","RoleId"/g) ?? [];
    expect(roles.map((role) => role.replace(/Role[0-9A-F]{8}.*/, '').slice(1)).toSorted()).toEqual([
      'Deliver',
      'FanOut',
      'Publish',
      'Pump',
      'Replay',
    ]);
  });

  it('runs the sweeper every minute', () => {
    dev.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
    });
  });

  it('denies unencrypted access to every queue', () => {
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

  it('keeps the data of production, but not that of development, when the stack is deleted', () => {
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
    expect(kept(prod)).toHaveLength(10 + functions.length + 1);
    for (const [id, { DeletionPolicy }] of kept(prod))
      expect(DeletionPolicy, id).toBe('RetainExceptOnCreate');
    for (const [id, { DeletionPolicy }] of kept(dev)) expect(DeletionPolicy, id).toBe('Delete');
  });

  it('leaves nothing of an ephemeral stage behind, not even the files in the bucket', () => {
    const template = synthesize({ alarms: '{"email":"ops@example.com"}' });
    for (const [id, resource] of Object.entries(template.toJSON().Resources as Record<string, object>))
      expect(JSON.stringify(resource), id).not.toMatch(/"DeletionPolicy":"Retain/);
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
    template.hasResourceProperties('Custom::CDKBucketDeployment', { RetainOnDelete: false });
    // With this tag the CDK would keep the files, and so the bucket.
    const marks = (of: Template) => JSON.stringify(of.findResources('AWS::S3::Bucket')).match(/cr-owned/g);
    expect(marks(template)).toBeNull();
    expect(marks(prod)).toHaveLength(1);
    prod.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
  });

  it('allows recursive invocation only of the functions that queues invoke', () => {
    const called = resources(dev, 'AWS::Lambda::EventSourceMapping').map(
      ([, { FunctionName }]) => (FunctionName as { Ref: string }).Ref,
    );
    for (const [id, { RecursiveLoop }] of functions)
      expect(RecursiveLoop, id).toBe(called.includes(id) ? 'Allow' : undefined);
  });

  it('allows local hook URLs only if the stage says so', () => {
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

  it('has outputs with the addresses to publish to', () => {
    for (const output of ['ApiUrl', 'EventsQueueUrl', 'EventsQueueArn', 'TableName', 'ConsoleUrl'])
      dev.hasOutput(output, {});
  });
});
