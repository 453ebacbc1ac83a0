import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stageConfig } from '../../lib/config.ts';
import { readStage } from '../../lib/stage-context.ts';
import { LOCAL_LANES, synthesize } from '../../local/synthesize.ts';
import { readTemplate } from '../../local/template.ts';

const read = (context: Record<string, unknown>) => readStage(new App({ context }).node);
const VPC = 'vpc-0123456789abcdef0';
const SUBNET = 'subnet-0123456789abcdef0';
const stages = { dev: {}, prod: { logRetentionDays: 90, alarms: { email: 'ops@example.com' } } };

describe('the local stack', () => {
  it('is a stage with low concurrency whose settings are validated like those of any other', async () => {
    const outputDir = mkdtempSync(join(tmpdir(), 'ancrage-local-'));
    onTestFinished(() => rmSync(outputDir, { recursive: true }));
    await synthesize({ outputDir, guard: false, context: { 'aws:cdk:bundling-stacks': [] } });
    const { resources } = readTemplate(outputDir);
    const mappings = Object.values(resources).filter(
      ({ Type }) => Type === 'AWS::Lambda::EventSourceMapping',
    );
    const copies = mappings.map(({ Properties }) => Properties?.ScalingConfig);
    expect(copies).toEqual(
      Object.values(LOCAL_LANES).map(({ maxConcurrency }) => ({ MaximumConcurrency: maxConcurrency })),
    );
    const unknown = { stages: { local: { deliveriesConcurrency: 24 } } };
    await expect(synthesize({ outputDir, guard: false, context: unknown })).rejects.toThrow(
      'settings has no setting "deliveriesConcurrency"',
    );
  });
});

describe('the settings of a stage', () => {
  it('are its entry in cdk.json and the defaults of all others', () => {
    const config = stageConfig(read({ stages, stage: 'prod' }));
    expect(config).toMatchObject({
      stage: 'prod',
      logRetentionDays: 90,
      alarms: { email: 'ops@example.com' },
      retainData: true,
      pointInTimeRecovery: true,
      retentionDays: 30,
      maxSubscriptionsPerProject: 10_000,
      projectLimits: {
        ...{ eventsPerSecond: 100, burst: 5000, megabytesPerDay: 10_000, loggedMegabytesPerDay: 100 },
        ...{ keys: 100, eventTypes: 1000, tests: 5, jobs: 20 },
      },
      writeFormat: 1,
      lanes: {
        events: { maxConcurrency: 20 },
        deliveries: { maxConcurrency: 200 },
        retries: { maxConcurrency: 50 },
      },
    });
  });

  it('are those of dev, which keeps no data, if no stage is named', () => {
    expect(stageConfig(read({ stages }))).toMatchObject({
      stage: 'dev',
      retainData: false,
      pointInTimeRecovery: false,
      // Together no more than a new account may run at once.
      lanes: Object.fromEntries(Object.keys(LOCAL_LANES).map((name) => [name, { maxConcurrency: 2 }])),
    });
    const deliveries = { maxConcurrency: 5 };
    expect(stageConfig(read({ stage: 'dev', lanes: { deliveries } })).lanes).toMatchObject({
      ...{ events: { maxConcurrency: 2 }, deliveries },
    });
  });

  it('are overridden one by one by strings from the command line', () => {
    const config = stageConfig(
      read({
        stages,
        stage: 'prod',
        logRetentionDays: '7',
        retainData: 'false',
        lanes: '{"deliveries":{"pollers":{"minimum":2,"maximum":20}}}',
        allowedPorts: '[443,"8000-8999"]',
      }),
    );
    expect(config).toMatchObject({
      logRetentionDays: 7,
      retainData: false,
      pointInTimeRecovery: false,
      lanes: { deliveries: { pollers: { minimum: 2, maximum: 20 } }, retries: { maxConcurrency: 50 } },
      destinations: {
        allowedPorts: [
          [443, 443],
          [8000, 8999],
        ],
      },
    });
  });

  it('are rejected for a stage that cdk.json does not have', () => {
    expect(() => read({ stages, stage: 'prdo' })).toThrow(
      'cdk.json has no stage "prdo"; its "stages" are dev, prod.',
    );
  });

  it.each<[fault: string, settings: Record<string, unknown>]>([
    ['stage must be 1 to 20', { stage: 'Prod!' }],
    ['defaultProject must be a project id', { defaultProject: '-' }],
    ['retentionDays must be at least 7', { retentionDays: 6 }],
    ['maxSubscriptionsPerProject must be at least 1', { maxSubscriptionsPerProject: 0 }],
    ['maxSubscriptionsPerProject must be a whole number', { maxSubscriptionsPerProject: 1.5 }],
    ['writeFormat must be 1 or 2', { writeFormat: 3 }],
    ['projectLimits.burst must be at least 100', { projectLimits: { burst: 50 } }],
    ['retainData must be true or false', { retainData: 'maybe' }],
    [
      'warmThroughput.writeUnitsPerSecond must be at least 4000',
      { warmThroughput: { readUnitsPerSecond: 12000, writeUnitsPerSecond: 1 } },
    ],
    [
      'provisionedCapacity.writes must not have a minimum above',
      { provisionedCapacity: { reads: { minimum: 1, maximum: 1 }, writes: { minimum: 2, maximum: 1 } } },
    ],
    [
      'provisionedCapacity must not be set together with `tableName`',
      {
        tableName: 'restored',
        provisionedCapacity: { reads: { minimum: 1, maximum: 1 }, writes: { minimum: 1, maximum: 1 } },
      },
    ],
    ['lanes.retries.maxConcurrency must be at least 2', { lanes: { retries: { maxConcurrency: 1 } } }],
    [
      'lanes.events must have either maxConcurrency or pollers',
      { lanes: { events: { maxConcurrency: 2, pollers: { minimum: 2, maximum: 3 } } } },
    ],
    [
      'lanes.events.pollers must not have a minimum above',
      { lanes: { events: { pollers: { minimum: 9, maximum: 3 } } } },
    ],
    ['allowedPorts must not be empty', { allowedPorts: [] }],
    ['allowedPorts.1 must be a port', { allowedPorts: [443, '9-8'] }],
    ['allowedPorts.0 must be a port', { allowedPorts: ['443-'] }],
    ['fixedEgress.natGateways must be at most 3', { fixedEgress: { natGateways: 4 } }],
    ['fixedEgress.cidr must be an IPv4 range', { fixedEgress: { natGateways: 1, cidr: '10.0.0.0' } }],
    ['fixedEgress.cidr must be between', { fixedEgress: { natGateways: 1, cidr: '10.0.0.0/20' } }],
    [
      'fixedEgress.availabilityZones must be as many as there are NAT gateways',
      { fixedEgress: { natGateways: 2, availabilityZones: ['eu-west-1a'] } },
    ],
    [
      'fixedEgress.availabilityZones.0 must be an availability zone',
      { fixedEgress: { natGateways: 1, availabilityZones: ['eu-west-1'] } },
    ],
    [
      'publishers.accounts must be at most 40: name their organisation instead',
      { publishers: { accounts: Array.from({ length: 41 }, (_, n) => String(100_000_000_000 + n)) } },
    ],
    [
      'publishers must fit into the 8 KB',
      {
        publishers: {
          topics: Array.from(
            { length: 120 },
            (_, n) => `arn:aws:sns:eu-west-1:123456789012:a-topic-with-a-name-${n}`,
          ),
        },
      },
    ],
    ['reservedConcurrency.publish must be at least 1', { reservedConcurrency: { publish: 0 } }],
    ['publishers.accounts.0 must be an account id', { publishers: { accounts: ['123'] } }],
    ['publishers.organization must be an organisation id', { publishers: { organization: '*' } }],
    [
      'domain.certificateArn must be the ARN of a certificate in us-east-1',
      {
        domain: { name: 'a.example.com', certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a' },
      },
    ],
    [
      'apiDomain.name must be a domain name',
      { apiDomain: { name: 'https://a.example.com', certificateArn: 'x' } },
    ],
    ['throttling.burst must be at least 1', { throttling: { burst: 0 } }],
    ['webAcl must be "managed" or the ARN', { webAcl: 'yes' }],
    ['alarms.email must be an e-mail address', { alarms: { email: 'ops' } }],
    ['alarms.topicArn must be the ARN of a topic', { alarms: { topicArn: 'ops' } }],
    ['network.vpcId must be the id of a VPC', { network: { vpcId: 'default', subnetIds: [SUBNET] } }],
    ['network.subnetIds must not be empty', { network: { vpcId: VPC, subnetIds: [] } }],
    ['network.subnetIds.0 must be the id of a subnet', { network: { vpcId: VPC, subnetIds: [VPC] } }],
    ...(
      [
        ['10.20.0.0', 'must be a range of addresses, such as'],
        ['10.20.0.1/16', 'must begin at 10.20.0.0/16'],
        ['0.0.0.0/0', 'must lie in one space of private'],
        ['8.8.8.0/24', 'must lie in one space of private'],
        ['10.0.0.0/7', 'must lie in one space of private'],
        ['127.0.0.0/8', 'must lie in one space of private'],
        ['169.254.0.0/16', 'must lie in one space of private'],
        ['::ffff:10.0.0.0/104', 'must lie in one space of private'],
        ['fe80::/64', 'must lie in one space of private'],
        ['::1/128', 'must lie in one space of private'],
        ['fd00::/8', 'must not contain fd00:ec2::/32'],
        ['fd00:ec2::/64', 'must not contain fd00:ec2::/32'],
      ] as const
    ).map(([range, fault]): [string, Record<string, unknown>] => [
      `network.privateReceivers.0 ${fault}`,
      { network: { vpcId: VPC, subnetIds: [SUBNET], privateReceivers: [range] } },
    ]),
    [
      'network must not be set together with `fixedEgress`',
      { network: { vpcId: VPC, subnetIds: [SUBNET] }, fixedEgress: { natGateways: 1 } },
    ],
    ['runbookBaseUrl must be an http or https URL', { runbookBaseUrl: 'docs' }],
    ['runbookBaseUrl must have no fragment', { runbookBaseUrl: 'https://example.com/#runbook' }],
    ['monthlyBudget must be at least 1', { monthlyBudget: 0, alarms: { email: 'ops@example.com' } }],
    ['monthlyBudget needs `alarms.email` or', { monthlyBudget: 100 }],
    ['tags.aws:team must be a tag', { tags: { 'aws:team': 'a' } }],
    ['tags.team must be a text', { tags: { team: 1 } }],
    ['tags.team must be a tag', { tags: { team: 'a;b' } }],
    ['permissionsBoundary must be the ARN of a managed policy', { permissionsBoundary: 'boundary' }],
    ['terminationProtection must be true or false', { terminationProtection: 'sometimes' }],
    ['logRetentionDays must be one of', { logRetentionDays: 31 }],
    ['logLevel must be INFO', { logLevel: 'loud' }],
    ['tracing must be true, false, or an object', { tracing: 'maybe' }],
    ['tracing must be true, false, or an object', { tracing: {} }],
    ['tracing.otlpEndpoint must be an http or https URL', { tracing: { otlpEndpoint: 'collector:4318' } }],
    [
      'tracing.otlpEndpoint must be an http or https URL without user',
      { tracing: { otlpEndpoint: 'https://user:key@collector.example.com' } },
    ],
    [
      'tracing.sampleRatio must be 0 to 1',
      { tracing: { otlpEndpoint: 'https://collector.example.com', sampleRatio: 2 } },
    ],
    ['alarms has no setting "mail"', { alarms: { mail: 'ops@example.com' } }],
  ])('are rejected with the name of the invalid setting: %s', (fault, settings) => {
    expect(() => read({ stage: 'prod', ...settings })).toThrow(`\n  ${fault}`);
  });

  it('may list receivers in private ranges of IPv4 and IPv6', () => {
    const privateReceivers = [
      '10.20.0.0/16',
      '172.16.0.0/12',
      '192.168.7.9/32',
      '100.64.0.0/10',
      'fd12:3456::/48',
    ];
    const network = { vpcId: VPC, subnetIds: [SUBNET], privateReceivers };
    const config = stageConfig(read({ stage: 'prod', network }));
    expect(config.destinations).toMatchObject({ privateReceivers, allowHttp: false, allowLoopback: false });
    expect(stageConfig(read({ stage: 'prod' })).destinations).not.toHaveProperty('privateReceivers');
  });

  it('are rejected with all faults at once', () => {
    const faults =
      /\n {2}stage .*\n {2}lanes\.retries\.maxConcurrency .*\n {2}allowLocalDestinations .*\n {2}logRetentionDays /s;
    const settings = {
      stage: 'Prod!',
      logRetentionDays: 31,
      lanes: { retries: { maxConcurrency: 1 } },
      allowLocalDestinations: 'maybe',
    };
    expect(() => read(settings)).toThrow(faults);
  });
});
