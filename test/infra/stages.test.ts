import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AncrageStack } from '../../lib/ancrage-stack.ts';
import type { AncrageSettings } from '../../lib/settings.ts';
import { WebAclStack } from '../../lib/web-acl-stack.ts';
import { EVERY_SETTING } from './every-setting.ts';

type Properties = Record<string, unknown>;

const WEB_ACL = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/own/a1b2c3';

function synthesize(settings: AncrageSettings): Template {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  return Template.fromStack(new AncrageStack(app, 'Ancrage', { settings }));
}

const plain = synthesize({ stage: 'prod' });
const every = synthesize({ ...EVERY_SETTING, webAcl: WEB_ACL });

const resources = (template: Template, type: string): [string, Properties][] =>
  Object.entries(template.findResources(type)).map(([id, { Properties }]) => [id, Properties]);

function found(properties: Properties | undefined): Properties {
  if (properties === undefined) throw new Error('The template has no such resource.');
  return properties;
}

function only(template: Template, type: string): Properties {
  const [found, ...others] = resources(template, type);
  if (found === undefined || others.length > 0) throw new Error(`The template has not just one ${type}.`);
  return found[1];
}

describe('a stage with custom domains', () => {
  it('serves one through CloudFront, over IPv4 and IPv6', () => {
    every.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['webhooks.example.com'],
        ViewerCertificate: { AcmCertificateArn: EVERY_SETTING.domain.certificateArn },
        WebACLId: WEB_ACL,
      },
    });
    for (const Type of ['A', 'AAAA'])
      every.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'webhooks.example.com.', Type });
    every.hasOutput('ConsoleUrl', { Value: 'https://webhooks.example.com' });
    every.hasOutput('DomainTarget', {});
  });

  it('serves another through API Gateway, without CloudFront in between', () => {
    every.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
      DomainName: 'api.example.com',
      DomainNameConfigurations: [
        { CertificateArn: EVERY_SETTING.apiDomain.certificateArn, IpAddressType: 'dualstack' },
      ],
    });
    every.resourceCountIs('AWS::ApiGatewayV2::ApiMapping', 1);
    for (const Type of ['A', 'AAAA'])
      every.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'api.example.com.', Type });
    every.hasOutput('ApiUrl', { Value: 'https://api.example.com' });
  });

  it('creates no DNS records without a hosted zone', () => {
    const { hostedZone, ...domain } = EVERY_SETTING.domain;
    const template = synthesize({ stage: 'prod', domain });
    template.resourceCountIs('AWS::Route53::RecordSet', 0);
    template.hasOutput('DomainTarget', {});
  });
});

describe('a stage with fixed egress', () => {
  it('calls hook URLs from one address per NAT gateway, and has an output with the addresses', () => {
    every.resourceCountIs('AWS::EC2::NatGateway', 2);
    every.resourceCountIs('AWS::EC2::EIP', 2);
    const gateways = resources(every, 'AWS::EC2::NatGateway').map(([, { AllocationId }]) => AllocationId);
    const addresses = resources(every, 'AWS::EC2::EIP').map(([id]) => ({
      'Fn::GetAtt': [id, 'AllocationId'],
    }));
    expect(gateways).toEqual(addresses);
    every.hasOutput('EgressAddresses', {});
    expect(plain.findOutputs('EgressAddresses')).toEqual({});
  });

  it('places each NAT gateway in another availability zone', () => {
    const template = synthesize({ stage: 'prod', fixedEgress: { natGateways: 3 } });
    template.resourceCountIs('AWS::EC2::NatGateway', 3);
    template.resourceCountIs('AWS::EC2::EIP', 3);
    const zones = resources(template, 'AWS::EC2::Subnet').map(([, subnet]) =>
      JSON.stringify(subnet.AvailabilityZone),
    );
    expect(new Set(zones).size).toBe(3);
    const named = resources(every, 'AWS::EC2::Subnet').map(([, { AvailabilityZone }]) => AvailabilityZone);
    expect(new Set(named)).toEqual(new Set(['eu-west-1a', 'eu-west-1c']));
  });

  it('reserves instances for the functions that the settings name', () => {
    const reserved = resources(every, 'AWS::Lambda::Function').flatMap(([, properties]) =>
      properties.ReservedConcurrentExecutions === undefined
        ? []
        : [[properties.Description, properties.ReservedConcurrentExecutions]],
    );
    expect(Object.fromEntries(reserved)).toEqual({
      'Accepts events over HTTPS and sends them to fan-out': 50,
      'Authorizer: resolves a bearer token to its key, project and scopes': 60,
    });
    expect(JSON.stringify(plain)).not.toContain('ReservedConcurrentExecutions');
  });

  it('names as many publishers as fit into the policy of the queue', () => {
    const accounts = Array.from({ length: 40 }, (_, n) => String(100_000_000_000 + n));
    const topics = Array.from({ length: 60 }, (_, n) => `arn:aws:sns:eu-west-1:123456789012:topic-${n}`);
    const template = synthesize({
      stage: 'prod',
      publishers: { accounts, topics, organization: 'o-abcdefghij' },
    });
    const policies = resources(template, 'AWS::SQS::QueuePolicy').map(
      ([, { PolicyDocument }]) => PolicyDocument,
    );
    // As CloudFormation resolves the names of the account's root users.
    const resolved = (policy: unknown) =>
      JSON.stringify(policy).replaceAll(
        /\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"([^"]+)"\]\]\}/g,
        '"arn:aws$1"',
      );
    const largest = Math.max(...policies.map((policy) => resolved(policy).length));
    expect(largest).toBeGreaterThan(5000);
    expect(largest).toBeLessThan(8192);
    const principals = JSON.stringify(policies).match(/:root/g) ?? [];
    expect(principals.length).toBeLessThanOrEqual(50);
  });

  it('attaches only the functions that call hook URLs to the network', () => {
    const placed = resources(every, 'AWS::Lambda::Function').filter(
      ([, { VpcConfig }]) => VpcConfig !== undefined,
    );
    expect(placed.map(([, { Description }]) => Description).toSorted()).toEqual([
      'Sends deliveries to hook URLs',
      'Sends test requests and renders previews',
      'Sends what waits in mailboxes, at the pace of each endpoint',
    ]);
    plain.resourceCountIs('AWS::EC2::VPC', 0);
  });

  it('allows no incoming connections, and reaches the table and the large bodies without a NAT gateway', () => {
    for (const [, { SecurityGroupIngress }] of resources(every, 'AWS::EC2::SecurityGroup'))
      expect(SecurityGroupIngress).toBeUndefined();
    const endpoints = resources(every, 'AWS::EC2::VPCEndpoint');
    const services = endpoints.map(
      ([, { ServiceName }]) => /\.(s3|dynamodb)"/.exec(JSON.stringify(ServiceName))?.[1],
    );
    expect(services.toSorted()).toEqual(['dynamodb', 's3']);
    const subnets = resources(every, 'AWS::EC2::Subnet').filter(([id]) => id.includes('FunctionsSubnet'));
    for (const [, { VpcEndpointType, RouteTableIds }] of endpoints) {
      expect(VpcEndpointType).toBe('Gateway');
      const tables = JSON.stringify(RouteTableIds).match(/FunctionsSubnet\d+RouteTable/g) ?? [];
      expect(tables).toHaveLength(subnets.length);
    }
  });
});

describe('the limits of a stage', () => {
  it('throttle the API, and test requests more strictly, once their route exists', () => {
    const [stage] = Object.values(every.findResources('AWS::ApiGatewayV2::Stage'));
    const test = 'POST /v1/projects/{project}/subscriptions/{id}/test';
    expect(stage?.Properties).toMatchObject({
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 800 },
      RouteSettings: { [test]: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 5 } },
    });
    const [route] =
      Object.entries(
        every.findResources('AWS::ApiGatewayV2::Route', { Properties: { RouteKey: test } }),
      )[0] ?? [];
    expect(stage?.DependsOn).toContain(route);
  });

  it('restrict the ports of hook URLs', () => {
    const policies = resources(every, 'AWS::Lambda::Function').flatMap(
      ([, { Environment = { Variables: {} } }]) =>
        (Environment as { Variables: Properties }).Variables.DESTINATION_POLICY ?? [],
    );
    expect(policies).toHaveLength(6);
    for (const policy of policies)
      expect(JSON.parse(String(policy)).allowedPorts).toEqual([
        [443, 443],
        [8000, 8999],
      ]);
  });

  it('give a lane either a maximum concurrency or pollers', () => {
    const scaling = (template: Template) =>
      resources(template, 'AWS::Lambda::EventSourceMapping').map(
        ([, { ScalingConfig, ProvisionedPollerConfig }]) => ({
          ...(ScalingConfig as object | undefined),
          ...(ProvisionedPollerConfig as object | undefined),
        }),
      );
    expect(scaling(plain)).toEqual([
      { MaximumConcurrency: 20 },
      { MaximumConcurrency: 20 },
      { MaximumConcurrency: 200 },
      { MaximumConcurrency: 50 },
      { MaximumConcurrency: 50 },
    ]);
    expect(scaling(every)).toEqual([
      { MaximumConcurrency: 20 },
      { MaximumConcurrency: 20 },
      { MinimumPollers: 2, MaximumPollers: 20 },
      { MaximumConcurrency: 50 },
      { MaximumConcurrency: 50 },
    ]);
  });

  it('scale the provisioned capacity of the table and both indexes between their bounds', () => {
    expect(only(plain, 'AWS::DynamoDB::Table')).toMatchObject({ BillingMode: 'PAY_PER_REQUEST' });
    expect(resources(plain, 'AWS::ApplicationAutoScaling::ScalableTarget')).toEqual([]);
    const units = { ReadCapacityUnits: 20, WriteCapacityUnits: 50 };
    const table = only(every, 'AWS::DynamoDB::Table');
    expect(table).not.toHaveProperty('BillingMode', 'PAY_PER_REQUEST');
    expect(table).toMatchObject({
      ProvisionedThroughput: units,
      GlobalSecondaryIndexes: [{ ProvisionedThroughput: units }, { ProvisionedThroughput: units }],
    });
    const targets = resources(every, 'AWS::ApplicationAutoScaling::ScalableTarget').map(
      ([, { ScalableDimension, MinCapacity, MaxCapacity }]) =>
        `${ScalableDimension} ${MinCapacity} ${MaxCapacity}`,
    );
    expect(targets.toSorted()).toEqual([
      'dynamodb:index:ReadCapacityUnits 20 2000',
      'dynamodb:index:ReadCapacityUnits 20 2000',
      'dynamodb:index:WriteCapacityUnits 50 4000',
      'dynamodb:index:WriteCapacityUnits 50 4000',
      'dynamodb:table:ReadCapacityUnits 20 2000',
      'dynamodb:table:WriteCapacityUnits 50 4000',
    ]);
    for (const [, policy] of resources(every, 'AWS::ApplicationAutoScaling::ScalingPolicy'))
      expect(policy).toMatchObject({ TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 } });
  });

  it('set the warm throughput of the table and both indexes', () => {
    const warm = { ReadUnitsPerSecond: 20_000, WriteUnitsPerSecond: 8000 };
    const table = only(every, 'AWS::DynamoDB::Table');
    expect(table.WarmThroughput).toEqual(warm);
    for (const index of table.GlobalSecondaryIndexes as Properties[])
      expect(index.WarmThroughput).toEqual(warm);
    const unwarmed = only(plain, 'AWS::DynamoDB::Table');
    expect(unwarmed.WarmThroughput).toBeUndefined();
  });
});

describe('a stage that records spans', () => {
  const tracing = { otlpEndpoint: 'http://collector.internal:4318/', sampleRatio: 0.1 };
  const spans = synthesize({ stage: 'prod', tracing });

  it('tells the functions on the path of an event where they go, and no other', () => {
    const told = resources(spans, 'AWS::Lambda::Function').flatMap(([id, { Environment }]) => {
      const { OTLP } = (Environment as { Variables?: Record<string, string> } | undefined)?.Variables ?? {};
      return OTLP === undefined ? [] : [[id.replace(/[0-9A-F]{8}$/, ''), JSON.parse(OTLP)]];
    });
    const settings = { otlpEndpoint: 'http://collector.internal:4318', sampleRatio: 0.1 };
    expect(Object.fromEntries(told)).toEqual({
      ...{ Publish: settings, FanOut: settings, Deliver: settings, Pump: settings },
    });
  });

  it('has no traces of X-Ray', () => {
    const { Resources } = spans.toJSON();
    expect(JSON.stringify(Resources)).not.toMatch(/xray:|TracingConfig/);
  });
});

describe('the logs of a stage', () => {
  it('have a line for each request to the API, without path, headers and body', () => {
    const stage = only(every, 'AWS::ApiGatewayV2::Stage');
    const { Format } = stage.AccessLogSettings as { Format: string };
    const variables = Object.values(JSON.parse(Format));
    expect(variables).toContain('$context.requestId');
    for (const variable of variables) expect(variable).not.toMatch(/path|header|body|querystring/i);
  });

  it('have the retention and the level in the settings', () => {
    for (const [, group] of resources(every, 'AWS::Logs::LogGroup')) expect(group.RetentionInDays).toBe(90);
    every.allResourcesProperties(
      'AWS::Lambda::Function',
      Match.objectLike({ LoggingConfig: { LogGroup: { Ref: Match.anyValue() } } }),
    );
    const levels = resources(every, 'AWS::Lambda::Function').flatMap(
      ([, { Environment = { Variables: {} } }]) =>
        (Environment as { Variables: Properties }).Variables.POWERTOOLS_LOG_LEVEL ?? [],
    );
    expect(new Set(levels)).toEqual(new Set(['WARN']));
  });
});

describe('a stage in two regions of an account', () => {
  const NAMED_IN_ACCOUNT = {
    'AWS::CloudFront::ResponseHeadersPolicy': 'ResponseHeadersPolicyConfig',
    'AWS::CloudFront::OriginAccessControl': 'OriginAccessControlConfig',
    'AWS::CloudFront::CachePolicy': 'CachePolicyConfig',
    'AWS::CloudFront::OriginRequestPolicy': 'OriginRequestPolicyConfig',
    'AWS::CloudFront::Function': undefined,
    'AWS::CloudFront::KeyGroup': 'KeyGroupConfig',
    'AWS::CloudWatch::Dashboard': undefined,
    'AWS::IAM::Role': undefined,
    'AWS::IAM::ManagedPolicy': undefined,
    'AWS::S3::Bucket': undefined,
  } as const;
  const NAMES = ['Name', 'DashboardName', 'RoleName', 'ManagedPolicyName', 'BucketName'];

  it.each([
    ['dev', synthesize({ stage: 'dev' })],
    ['prod', plain],
    ['every setting', every],
  ])('has the region in each name that is unique in an account: %s', (_, template) => {
    const found = Object.entries(NAMED_IN_ACCOUNT).flatMap(([type, config]) =>
      Object.values(template.findResources(type)).flatMap(({ Properties }) => {
        const named = config === undefined ? Properties : Properties[config];
        return NAMES.flatMap((name) => (named?.[name] === undefined ? [] : [[type, named[name]]]));
      }),
    );
    expect(new Set(found.map(([type]) => type)).size).toBeGreaterThan(2);
    for (const [, name] of found) expect(JSON.stringify(name)).toContain('"AWS::Region"');
  });
});

describe('the web ACL', () => {
  it('is in us-east-1, limits the rate per address and inspects no request body', () => {
    const stack = new WebAclStack(new App(), 'WebAcl', { stage: 'prod', stageRegion: 'eu-west-1' });
    expect(stack.region).toBe('us-east-1');
    const acl = only(Template.fromStack(stack), 'AWS::WAFv2::WebACL');
    expect(acl).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
    expect(JSON.stringify(acl.Rules)).not.toContain('CommonRuleSet');
    // A web ACL of another of the stage's regions is in us-east-1, too.
    expect(acl.Name).toBe('ancrage-prod-eu-west-1');
    expect(acl.Rules).toHaveLength(2);
  });

  it('is created only by the app, not by the construct', () => {
    expect(() => synthesize({ stage: 'prod', webAcl: 'managed' })).toThrow('webAcl must be an ARN here');
  });
});

describe('the exports of the table', () => {
  const exporting = (settings: Partial<AncrageSettings>) =>
    synthesize({ stage: 'prod', exports: {}, ...settings });
  const schedule = (template: Template) =>
    only(template, 'AWS::Scheduler::Schedule') as {
      readonly ScheduleExpression: string;
      readonly Target: { readonly Arn: unknown; readonly Input: unknown };
    };

  it('are started by a schedule that may do nothing else, and deleted after some time', () => {
    const template = exporting({});
    const { ScheduleExpression, Target } = schedule(template);
    expect(ScheduleExpression).toBe('rate(7 days)');
    expect(JSON.stringify(Target.Arn)).toContain(':scheduler:::aws-sdk:dynamodb:exportTableToPointInTime');
    expect(JSON.stringify(Target.Input)).toMatch(
      /ExportFormat.*DYNAMODB_JSON.*<aws.scheduler.execution-id>.*AES256/,
    );
    const [, policy] =
      resources(template, 'AWS::IAM::Policy').find(([id]) => id.startsWith('ExportsRole')) ?? [];
    const { Statement } = found(policy).PolicyDocument as { readonly Statement: readonly Properties[] };
    expect(Statement.map(({ Action }) => Action)).toEqual([
      'dynamodb:ExportTableToPointInTime',
      ['s3:AbortMultipartUpload', 's3:PutObject', 's3:PutObjectAcl'],
    ]);
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [
          {
            ExpirationInDays: 30,
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
            Status: 'Enabled',
          },
        ],
      },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      VersioningConfiguration: Match.absent(),
    });
  });

  it('are encrypted with the customer’s key if there is one', () => {
    const { encryptionKeyArn } = EVERY_SETTING;
    const { Target } = schedule(exporting({ encryptionKeyArn, exports: { everyDays: 1 } }));
    expect(JSON.stringify(Target.Input)).toContain(`S3SseKmsKeyId\\":\\"${encryptionKeyArn}`);
  });

  it('do not exist by default, and need point-in-time recovery', () => {
    plain.resourceCountIs('AWS::Scheduler::Schedule', 0);
    expect(() => exporting({ pointInTimeRecovery: false })).toThrow('exports needs `pointInTimeRecovery`');
  });
});
