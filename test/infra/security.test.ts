import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addChecks } from '../../lib/checks.ts';
import { STAGE_NAMES, synthesizeStages } from '../support/stage-templates.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

interface Report {
  readonly pluginName: string;
  readonly conclusion: string;
  readonly violations: unknown[];
  /** Annotations of constructs, such as that nobody is notified of alarms, have none. */
  readonly suppressedViolations?: { readonly ruleName: string; readonly reason: string }[];
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const directory = mkdtempSync(join(tmpdir(), 'ancrage-synthesis-'));
afterAll(() => rmSync(directory, { recursive: true }));

let templates: Readonly<Record<string, string[]>> = {};

beforeAll(async () => {
  templates = await synthesizeStages(directory);
});

const reportsOf = (name: string): Report[] =>
  JSON.parse(readFileSync(join(directory, name, 'validation-report.json'), 'utf8')).pluginReports;

const resources = (name: string): [string, Resource][] =>
  (templates[name] ?? []).flatMap((file) =>
    Object.entries(JSON.parse(readFileSync(file, 'utf8')).Resources as Record<string, Resource>),
  );

describe('the synthesis', () => {
  it.each(['everything', 'behind'])(
    'passes the rules of cdk-nag and of CloudFormation with every setting: %s',
    (stage) => {
      expect(templates[stage]).toHaveLength(2);
      const reports = reportsOf(stage);
      const names = reports.map(({ pluginName }) => pluginName);
      expect(names).toEqual(expect.arrayContaining(['AwsSolutions', 'Serverless']));
      for (const { conclusion, violations } of reports) {
        expect(conclusion).toBe('success');
        expect(violations).toEqual([]);
      }
    },
  );

  it('fails if a broken rule is not acknowledged', () => {
    const outdir = join(directory, 'broken');
    const app = new App({ outdir, context: JSON.parse(readFileSync('cdk.json', 'utf8')).context });
    const stack = new Stack(app, 'Stack');
    new Queue(stack, 'Queue');
    new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic', properties: { Nonsense: true } });
    addChecks(app);
    expect(() => app.synth()).toThrow('validation-report.json');
    const broken = reportsOf('broken').map(({ pluginName, conclusion }) => `${pluginName}: ${conclusion}`);
    expect(broken.toSorted()).toEqual([
      'AwsSolutions: failure',
      'CloudFormation Validate: failure',
      'Serverless: failure',
    ]);
  });

  it('gives a reason for each acknowledged rule, which the threat model lists', () => {
    const document = readFileSync('docs/security.md', 'utf8');
    for (const name of STAGE_NAMES) {
      const acknowledged = reportsOf(name).flatMap(({ suppressedViolations = [] }) => suppressedViolations);
      expect(acknowledged.length).toBeGreaterThan(10);
      for (const { ruleName, reason } of acknowledged) {
        expect(reason.length, ruleName).toBeGreaterThan(20);
        const rule = ruleName.replace(/\[.*/, '');
        expect(document.includes(`\`${rule}\``), rule).toBe(true);
      }
    }
  });
});

/** AWS's smallest policy for CodeDeploy with Lambda; `docs/security.md` says why it is the only one of AWS's. */
const OF_CODE_DEPLOY = 'AWSCodeDeployRoleForLambdaLimited';

const managedPolicies = (properties: Readonly<Record<string, unknown>>): unknown[] =>
  ((properties.ManagedPolicyArns ?? []) as unknown[]).map(
    (arn) => /:aws:policy\/service-role\/(\w+)"/.exec(JSON.stringify(arn))?.[1] ?? arn,
  );

describe('a policy', () => {
  const wildcards = (name: string) =>
    resources(name).flatMap(([id, { Type, Properties }]) => {
      if (!Type.startsWith('AWS::IAM::')) return [];
      expect(managedPolicies(Properties), id).toEqual(id.startsWith('CanaryRole') ? [OF_CODE_DEPLOY] : []);
      const document = Properties.PolicyDocument as { Statement: Statement[] } | undefined;
      return (document?.Statement ?? []).flatMap(({ Effect, Action, Resource }) =>
        Effect === 'Allow' && JSON.stringify([Action, Resource]).includes('*')
          ? [Action].flat().map((action) => `${id.replace(/(DefaultPolicy)?[0-9A-F]{8}$/, '')} ${action}`)
          : [],
      );
    });

  const ofTheConsole = ['ConsoleDeploymentRole s3:GetObject', 'ConsoleDeploymentRole s3:PutObject'];

  /** The bodies of events, which most functions may read, and of messages, which two send and one receives. Three may delete them. */
  const ofLargeBodies = /^\w+Role s3:(GetObject|PutObject|DeleteObject)$/;

  it('has wildcards for the files of the console, which it may delete only in an ephemeral stage, and for large bodies', () => {
    const wildcardsBesides = (name: string) =>
      wildcards(name).filter((line) => !ofLargeBodies.test(line) || line.startsWith('Console'));
    expect(wildcardsBesides('dev').toSorted()).toEqual([
      'ConsoleDeploymentRole s3:DeleteObject',
      ...ofTheConsole,
    ]);
    expect(wildcardsBesides('prod')).toEqual(ofTheConsole);
    const writers = wildcards('prod').filter((line) => / s3:PutObject$/.test(line));
    expect([...new Set(writers)].toSorted()).toEqual([
      'ConsoleDeploymentRole s3:PutObject',
      'FanOutRole s3:PutObject',
      'PublishRole s3:PutObject',
    ]);
    const erasers = wildcards('prod').filter((line) => / s3:DeleteObject$/.test(line));
    expect([...new Set(erasers)].toSorted()).toEqual([
      'DeliverRole s3:DeleteObject',
      'ErasuresRole s3:DeleteObject',
      'FanOutRole s3:DeleteObject',
    ]);
  });

  it('also has the wildcards that X-Ray and networks require in stages that use them', () => {
    const traces = /^\w+Role xray:(PutTraceSegments|PutTelemetryRecords)$/;
    const network = /^(Deliver|Pump|Trials)Role ec2:\w+$/;
    const found = wildcards('everything');
    expect(found.filter((line) => traces.test(line))).toHaveLength(2 * 17);
    expect(found.filter((line) => network.test(line))).toHaveLength(3 * 6);
    const ofExports = /^ExportsRole s3:(AbortMultipartUpload|PutObject|PutObjectAcl)$/;
    const known = (line: string) =>
      ofExports.test(line) ||
      traces.test(line) ||
      network.test(line) ||
      (ofLargeBodies.test(line) && !line.startsWith('Console'));
    expect(found.filter((line) => !known(line))).toEqual(ofTheConsole);
  });

  it('denies the code of a function the actions with which Lambda attaches it to a network', () => {
    const denials = resources('everything').flatMap(([id, { Properties }]) => {
      const document = Properties.PolicyDocument as { Statement: Statement[] } | undefined;
      return (document?.Statement ?? []).filter(
        ({ Action }) => id.includes('Role') && [Action].flat().includes('ec2:CreateNetworkInterface'),
      );
    });
    expect(denials.filter(({ Effect }) => Effect === 'Deny')).toHaveLength(3);
    for (const { Effect, Condition } of denials)
      if (Effect === 'Deny') expect(Condition).toEqual({ Null: { 'lambda:SourceFunctionArn': 'false' } });
  });

  it('of the events queue allows the topics, buses, accounts and the organisation in the settings, and nobody by default', () => {
    const senders = (name: string, queue = 'EventsQueue') =>
      resources(name)
        .filter(([id, { Type }]) => Type === 'AWS::SQS::QueuePolicy' && id.startsWith(queue))
        .flatMap(
          ([, { Properties }]) =>
            (Properties.PolicyDocument as { Statement: (Statement & { Principal: unknown })[] }).Statement,
        )
        .filter(({ Effect }) => Effect === 'Allow')
        .map(({ Principal, Condition }) => ({ Principal, Condition }));
    const topics = { Service: 'sns.amazonaws.com' };
    const rules = { Service: 'events.amazonaws.com' };
    const arnOf = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:123456789012:${rest}`;
    for (const name of STAGE_NAMES) expect(senders(name, 'InternalQueue')).toEqual([]);
    expect(senders('prod')).toEqual([]);
    expect(senders('everything')).toEqual([
      { Principal: topics, Condition: { ArnEquals: { 'aws:SourceArn': [arnOf('sns', 'orders')] } } },
      {
        Principal: rules,
        Condition: {
          ArnLike: { 'aws:SourceArn': arnOf('events', 'rule/*') },
          ArnNotLike: { 'aws:SourceArn': arnOf('events', 'rule/*/*') },
        },
      },
      { Principal: rules, Condition: { ArnLike: { 'aws:SourceArn': arnOf('events', 'rule/shop/*') } } },
      { Principal: topics, Condition: { ArnLike: { 'aws:SourceArn': ['arn:*:sns:*:111122223333:*'] } } },
      {
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Condition: undefined,
      },
      {
        Principal: topics,
        Condition: {
          StringEquals: { 'aws:SourceOrgID': 'o-abcdefghij' },
          StringNotEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        },
      },
      { Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } },
    ]);
  });
});
