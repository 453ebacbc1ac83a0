import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AncrageStack } from '../../lib/ancrage-stack.ts';
import type { AncrageSettings } from '../../lib/settings.ts';
import { BEHIND_CLOUDFRONT, EVERY_SETTING } from './every-setting.ts';

type Properties = Record<string, unknown>;

function stackWith(settings: Partial<AncrageSettings>): AncrageStack {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  return new AncrageStack(app, 'Ancrage', { settings: { stage: 'prod', ...settings } });
}
const synthesize = (settings: Partial<AncrageSettings>) => Template.fromStack(stackWith(settings));
const resources = (template: Template, type: string): Properties[] =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties);

const webAcl = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/own/a1b2c3';
const every = synthesize({ ...EVERY_SETTING, webAcl });
const within = synthesize({ ...BEHIND_CLOUDFRONT, webAcl });
const mailed = { alarms: { email: 'ops@example.com' } };

describe('the tags of a stage', () => {
  it.each([
    ...[
      'AWS::DynamoDB::Table',
      'AWS::SQS::Queue',
      'AWS::Lambda::Function',
      'AWS::S3::Bucket',
      'AWS::IAM::Role',
    ],
    ...['AWS::Logs::LogGroup', 'AWS::CloudFront::Distribution', 'AWS::CloudWatch::Alarm', 'AWS::SNS::Topic'],
    ...['AWS::EC2::NatGateway', 'AWS::EC2::EIP', 'AWS::EC2::VPC'],
  ])('are on every %s', (type) => {
    const found = resources(every, type);
    expect(found).not.toEqual([]);
    for (const { Tags } of found)
      expect(Tags).toEqual(
        expect.arrayContaining([
          { Key: 'ancrage-stage', Value: 'prod' },
          { Key: 'cost-centre', Value: '4711' },
          { Key: 'team', Value: 'platform' },
        ]),
      );
  });
});

describe('a permissions boundary', () => {
  it('is on every role, also on those of the CDK’s own functions', () => {
    for (const template of [every, within]) {
      const roles = resources(template, 'AWS::IAM::Role');
      expect(roles.length).toBeGreaterThan(10);
      for (const { PermissionsBoundary } of roles)
        expect(PermissionsBoundary).toBe(EVERY_SETTING.permissionsBoundary);
    }
    expect(JSON.stringify(synthesize({}))).not.toContain('PermissionsBoundary');
  });
});

describe('termination protection', () => {
  it('is on where data is kept, unless the settings say otherwise', () => {
    const protectionOf = (settings: Partial<AncrageSettings>) => stackWith(settings).terminationProtection;
    expect(protectionOf({})).toBe(true);
    expect(protectionOf({ stage: 'dev' })).toBe(false);
    expect(protectionOf({ stage: 'dev', retainData: true })).toBe(true);
    expect(protectionOf({ terminationProtection: false })).toBe(false);
    expect(protectionOf({ stage: 'dev', terminationProtection: true })).toBe(true);
  });
});

describe('a stage in a VPC that is there already', () => {
  const { network } = BEHIND_CLOUDFRONT;

  it('places only the functions that call hook URLs in its subnets, and creates no network', () => {
    const placed = resources(within, 'AWS::Lambda::Function').filter(
      ({ VpcConfig }) => VpcConfig !== undefined,
    );
    expect(placed.map(({ Description }) => Description).toSorted()).toEqual([
      'Sends deliveries to hook URLs',
      'Sends test requests and renders previews',
      'Sends what waits in mailboxes, at the pace of each endpoint',
    ]);
    const [[group, { Properties }] = ['', { Properties: {} as Properties }]] = Object.entries(
      within.findResources('AWS::EC2::SecurityGroup'),
    );
    expect(Properties).toMatchObject({ VpcId: network.vpcId });
    expect(Properties).not.toHaveProperty('SecurityGroupIngress');
    for (const { VpcConfig } of placed)
      expect(VpcConfig).toEqual({
        SubnetIds: network.subnetIds,
        SecurityGroupIds: [{ 'Fn::GetAtt': [group, 'GroupId'] }],
        Ipv6AllowedForDualStack: true,
      });
    for (const type of ['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::NatGateway'])
      within.resourceCountIs(type, 0);
  });

  it('creates the free endpoints in the route tables of the settings, if there are any', () => {
    const endpoints = resources(within, 'AWS::EC2::VPCEndpoint');
    expect(endpoints).toHaveLength(2);
    for (const endpoint of endpoints)
      expect(endpoint).toMatchObject({
        VpcId: network.vpcId,
        VpcEndpointType: 'Gateway',
        RouteTableIds: network.routeTableIds,
      });
    const { routeTableIds: _, privateReceivers: __, ...least } = network;
    const given = synthesize({ network: { ...least, securityGroupIds: ['sg-0123456789abcdef0'] } });
    given.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
    given.resourceCountIs('AWS::EC2::SecurityGroup', 0);
    // Subnets without IPv6 refuse the attribute.
    expect(JSON.stringify(given)).not.toContain('Ipv6AllowedForDualStack');
  });

  it('tells every function that checks a hook URL which private ranges are allowed', () => {
    const policies = resources(within, 'AWS::Lambda::Function').flatMap(
      ({ Environment = { Variables: {} } }) =>
        (Environment as { Variables: Properties }).Variables.DESTINATION_POLICY ?? [],
    );
    expect(policies).toHaveLength(6);
    for (const policy of policies)
      expect(JSON.parse(String(policy)).privateReceivers).toEqual(network.privateReceivers);
  });

  it('lets Lambda attach the functions, and the functions’ code attach nothing', () => {
    const statements = resources(within, 'AWS::IAM::Policy').flatMap(
      ({ PolicyDocument }) => (PolicyDocument as { Statement: Properties[] }).Statement,
    );
    const attaching = statements.filter(({ Action }) => String(Action).includes('CreateNetworkInterface'));
    expect(attaching.map(({ Effect }) => Effect).toSorted()).toEqual([
      'Allow',
      'Allow',
      'Allow',
      'Deny',
      'Deny',
      'Deny',
    ]);
  });
});

describe('a budget', () => {
  it('counts what has the tag of the stage, and tells those whom alarms notify', () => {
    const topicArn = 'arn:aws:sns:eu-west-1:123456789012:ops';
    const template = synthesize({ monthlyBudget: 200, alarms: { email: 'ops@example.com', topicArn } });
    const [budget = {}] = resources(template, 'AWS::Budgets::Budget');
    expect(budget.Budget).toMatchObject({
      BudgetName: { 'Fn::Join': ['', ['ancrage-prod-', { Ref: 'AWS::Region' }]] },
      BudgetLimit: { Amount: 200, Unit: 'USD' },
      TimeUnit: 'MONTHLY',
      CostFilters: { TagKeyValue: ['user:ancrage-stage$prod'] },
    });
    const notifications = budget.NotificationsWithSubscribers as Properties[];
    expect(notifications).toHaveLength(3);
    for (const { Subscribers } of notifications)
      expect(Subscribers).toEqual([
        { SubscriptionType: 'EMAIL', Address: 'ops@example.com' },
        { SubscriptionType: 'SNS', Address: topicArn },
      ]);
    synthesize({ ...mailed }).resourceCountIs('AWS::Budgets::Budget', 0);
  });

  it('has an alarm for attempts of six hours that cost what it allows for a day', () => {
    const template = synthesize({ monthlyBudget: 90, ...mailed });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'ancrage-prod-spend',
      // $3 a day at $3 a million.
      Threshold: 1_000_000,
      Metrics: Match.arrayWith([
        Match.objectLike({ Expression: 'FILL(failed, 0) + FILL(succeeded, 0)' }),
        Match.objectLike({ MetricStat: Match.objectLike({ Period: 21_600, Stat: 'Sum' }) }),
      ]),
      AlarmActions: [Match.anyValue()],
    });
    expect(JSON.stringify(synthesize(mailed))).not.toContain('ancrage-prod-spend');
  });
});

describe('the alarms of a stage', () => {
  it('have links that open, with runbookBaseUrl', () => {
    const alarms = resources(every, 'AWS::CloudWatch::Alarm').filter(
      ({ AlarmName }) => AlarmName !== undefined,
    );
    expect(alarms.length).toBeGreaterThan(20);
    for (const { AlarmName, AlarmDescription } of alarms)
      expect(AlarmDescription).toMatch(
        new RegExp(
          `What to do: ${EVERY_SETTING.runbookBaseUrl}#${String(AlarmName).slice('ancrage-prod-'.length)}$`,
        ),
      );
  });

  it('come with a warning at synthesis if nobody is notified of them', () => {
    const warningsOf = (settings: Partial<AncrageSettings>) =>
      Annotations.fromStack(stackWith(settings))
        .findWarning('*', Match.stringLikeRegexp('Nobody is notified'))
        .map(({ id }) => id);
    expect(warningsOf({})).toEqual(['/Ancrage/Default/Monitoring']);
    expect(warningsOf({ alarms: { topicArn: 'arn:aws:sns:eu-west-1:123456789012:ops' } })).toEqual([]);
    expect(warningsOf(mailed)).toEqual([]);
    expect(warningsOf({ monitoring: false })).toEqual([]);
    expect(warningsOf({ stage: 'dev' })).toEqual([]);
  });
});

describe('what a deleted stage keeps', () => {
  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html */
  it('has generated names, or fixed ones that the next deployment imports', () => {
    const kept = Object.values(every.toJSON().Resources as Record<string, Kept>).filter(
      // A version is kept by later releases only: Lambda deletes all versions of a function with it.
      ({ Type, DeletionPolicy = 'Delete' }) => DeletionPolicy !== 'Delete' && Type !== 'AWS::Lambda::Version',
    );
    const named = kept.flatMap(({ Type, DeletionPolicy, Properties = {} }) =>
      Object.entries(Properties)
        .filter(([name]) => /^(\w+)?Name$/.test(name))
        .map(([name, value]) => ({ Type, DeletionPolicy, name, value })),
    );
    expect(named.length).toBeGreaterThan(10);
    for (const { Type, DeletionPolicy, name, value } of named) {
      expect([Type, name, DeletionPolicy]).toEqual([
        'AWS::Logs::LogGroup',
        'LogGroupName',
        'RetainExceptOnCreate',
      ]);
      // CloudFormation imports nothing whose name it has to compute.
      expect(value).toEqual(expect.stringMatching(/^\/(aws\/vendedlogs\/)?ancrage\/prod\//));
    }
    const types = new Set(kept.map(({ Type }) => Type));
    expect([...types].toSorted()).toEqual([
      'AWS::DynamoDB::Table',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket',
      'AWS::SQS::Queue',
    ]);
  });
});

interface Kept {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: Properties;
}
