import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { Ancrage } from '../../lib/ancrage.ts';
import { AncrageStack } from '../../lib/ancrage-stack.ts';
import { stageConfig } from '../../lib/config.ts';
import type { AncrageSettings } from '../../lib/settings.ts';
import { EVERY_SETTING } from './every-setting.ts';

type Properties = Record<string, unknown>;

const { encryptionKeyArn, eventsQueueKeyArn } = EVERY_SETTING;

function stackWith(settings: AncrageSettings): AncrageStack {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  return new AncrageStack(app, 'Ancrage', { settings });
}
const synthesize = (settings: AncrageSettings) => Template.fromStack(stackWith(settings));
const every = (template: Template, type: string): Properties[] =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties);

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Return the statements about KMS of each function's role, by the beginning of the policy's logical id. */
function keyStatements(template: Template): [string, Statement][] {
  return Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(([id, { Properties }]) =>
    (Properties.PolicyDocument.Statement as Statement[])
      .filter(({ Action }) => [Action].flat().some((action) => action.startsWith('kms:')))
      .map((statement): [string, Statement] => [id.replace(/RoleDefaultPolicy.*/, ''), statement]),
  );
}

const SECRET_READERS = [
  ...['Deliver', 'EntryPoints', 'Erasures', 'EventLog', 'Frappe'],
  ...['Projects', 'Pump', 'Replay', 'Subscriptions', 'Trials'],
];

describe('the key of the secrets', () => {
  const prod = synthesize({ stage: 'prod' });

  it('is created, rotated each year and kept with the data; not in dev, where it is a setting', () => {
    const [key] = Object.values(prod.findResources('AWS::KMS::Key'));
    expect(key).toMatchObject({
      Properties: { EnableKeyRotation: true },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    prod.hasOutput('EncryptionKeyArn', {});
    const dev = synthesize({ stage: 'dev' });
    dev.resourceCountIs('AWS::KMS::Key', 0);
    expect(dev.findOutputs('EncryptionKeyArn')).toEqual({});
    synthesize({ stage: 'dev', encryptionKey: true }).resourceCountIs('AWS::KMS::Key', 1);
  });

  it('may be used by the functions that read secrets only, to unwrap data keys and for nothing else', () => {
    const statements = keyStatements(prod);
    expect(statements.map(([name]) => name).toSorted()).toEqual(SECRET_READERS);
    for (const [, { Action, Condition }] of statements)
      expect([Action, Condition]).toEqual(['kms:Decrypt', undefined]);
  });
});

describe("a customer's keys", () => {
  const stack = stackWith({ ...EVERY_SETTING, webAcl: undefined } as unknown as AncrageSettings);
  const template = Template.fromStack(stack);

  it('encrypt the table, the queues, the logs, the bucket and the alarm topic, and the stack creates none', () => {
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.hasOutput('EncryptionKeyArn', { Value: encryptionKeyArn });
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: encryptionKeyArn },
    });
    const logs = every(template, 'AWS::Logs::LogGroup').map(({ KmsKeyId }) => KmsKeyId);
    expect(new Set(logs)).toEqual(new Set([encryptionKeyArn]));
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: encryptionKeyArn } },
        ],
      },
    });
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: encryptionKeyArn });
  });

  it('encrypt the events queue with a key of its own, and all other queues with that of the stage', () => {
    const keys = Object.entries(template.findResources('AWS::SQS::Queue')).map(([id, { Properties }]) => [
      id.replace(/[\dA-F]{8}$/, ''),
      Properties.KmsMasterKeyId,
    ]);
    for (const [id, key] of keys)
      expect(key, id).toBe(id === 'EventsQueue' ? eventsQueueKeyArn : encryptionKeyArn);
    const own = synthesize({ stage: 'prod', encryptionKeyArn });
    own.hasResourceProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      RedrivePolicy: { maxReceiveCount: 1000 },
    });
  });

  it('are used by functions through the table and the queues alone, except for what unwraps data keys', () => {
    const direct = keyStatements(template).filter(([, { Condition }]) => Condition === undefined);
    expect(
      direct
        .map(([name]) => name)
        // Neither is a function of the pipeline: one copies the console's files, the other is the schedule's role.
        .filter((name) => !name.startsWith('Console') && name !== 'Exports')
        .toSorted(),
    ).toEqual(SECRET_READERS);
    for (const [name, { Action, Condition }] of keyStatements(template)) {
      if (Condition !== undefined)
        expect(JSON.stringify(Condition), name).toMatch(/^\{"StringEquals":\{"kms:ViaService":/);
      expect(
        [Action].flat().filter((action) => !['kms:Decrypt', 'kms:GenerateDataKey'].includes(action)),
      ).toEqual([]);
    }
  });

  it('come with a grant to publish', () => {
    const owner = new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Owner');
    const webhooks = new Ancrage(owner, 'Webhooks', { stage: 'prod', eventsQueueKeyArn });
    const role = new Role(owner, 'Publisher', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    webhooks.grantPublish(role);
    const granted = keyStatements(Template.fromStack(owner)).filter(([name]) => name.startsWith('Publisher'));
    expect(granted).toMatchObject([
      [expect.anything(), { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: eventsQueueKeyArn }],
    ]);
  });

  it.each([
    [
      { encryptionKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/a' },
      'encryptionKeyArn must be the ARN of a KMS key',
    ],
    [{ eventsQueueKeyArn: 'a' }, 'eventsQueueKeyArn must be the ARN of a KMS key'],
    [
      { encryptionKeyArn, encryptionKey: false },
      'encryptionKey must not be set together with `encryptionKeyArn`',
    ],
  ])('must be keys: %j', (settings, fault) => {
    expect(() => stageConfig({ stage: 'prod', ...settings })).toThrow(fault);
  });
});
