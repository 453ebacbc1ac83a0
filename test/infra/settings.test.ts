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
const stages = { dev: {}, prod: { logRetentionDays: 90, alarms: { email: 'ops@example.com' } } };

describe('the local stack', () => {
  it('is a stage of few copies, whose settings are checked like any other’s', async () => {
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
      'settings has no "deliveriesConcurrency"',
    );
  });
});

describe('a stage’s settings', () => {
  it('are its entry in cdk.json, with all else as it is by default', () => {
    const config = stageConfig(read({ stages, stage: 'prod' }));
    expect(config).toMatchObject({
      stage: 'prod',
      logRetentionDays: 90,
      alarms: { email: 'ops@example.com' },
      retainData: true,
      pointInTimeRecovery: true,
      retentionDays: 30,
      lanes: {
        events: { maxConcurrency: 20 },
        deliveries: { maxConcurrency: 200 },
        retries: { maxConcurrency: 50 },
      },
    });
  });

  it('are those of dev without a stage, which keeps nothing', () => {
    expect(stageConfig(read({ stages }))).toMatchObject({
      stage: 'dev',
      retainData: false,
      pointInTimeRecovery: false,
    });
  });

  it('are overridden one by one from the command line, which has texts alone', () => {
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

  it('are refused for a stage that cdk.json does not have', () => {
    expect(() => read({ stages, stage: 'prdo' })).toThrow(
      'cdk.json has no stage "prdo" among its "stages": dev, prod.',
    );
  });

  it.each<[fault: string, settings: Record<string, unknown>]>([
    ['stage is not 1 to 20', { stage: 'Prod!' }],
    ['defaultProject is not a project id', { defaultProject: '-' }],
    ['retentionDays is below 7', { retentionDays: 6 }],
    ['retainData is neither true nor false', { retainData: 'maybe' }],
    [
      'warmThroughput.writeUnitsPerSecond is below 4000',
      { warmThroughput: { readUnitsPerSecond: 12000, writeUnitsPerSecond: 1 } },
    ],
    [
      'provisionedCapacity.writes has a minimum above',
      { provisionedCapacity: { reads: { minimum: 1, maximum: 1 }, writes: { minimum: 2, maximum: 1 } } },
    ],
    [
      'provisionedCapacity is for a table that the stack makes',
      {
        tableName: 'restored',
        provisionedCapacity: { reads: { minimum: 1, maximum: 1 }, writes: { minimum: 1, maximum: 1 } },
      },
    ],
    ['lanes.retries.maxConcurrency is below 2', { lanes: { retries: { maxConcurrency: 1 } } }],
    [
      'lanes.events has a maximum concurrency and pollers, of which AWS takes one',
      { lanes: { events: { maxConcurrency: 2, pollers: { minimum: 2, maximum: 3 } } } },
    ],
    [
      'lanes.events.pollers has a minimum above',
      { lanes: { events: { pollers: { minimum: 9, maximum: 3 } } } },
    ],
    ['allowedPorts is empty', { allowedPorts: [] }],
    ['allowedPorts.1 is not a port', { allowedPorts: [443, '9-8'] }],
    ['allowedPorts.0 is not a port', { allowedPorts: ['443-'] }],
    ['fixedEgress.natGateways is above 3', { fixedEgress: { natGateways: 4 } }],
    ['fixedEgress.cidr is not a range', { fixedEgress: { natGateways: 1, cidr: '10.0.0.0' } }],
    ['fixedEgress.cidr is not between', { fixedEgress: { natGateways: 1, cidr: '10.0.0.0/20' } }],
    ['publishers.accounts.0 is not the id', { publishers: { accounts: ['123'] } }],
    ['publishers.organization is not the id', { publishers: { organization: '*' } }],
    [
      'domain.certificateArn is not the ARN of a certificate in us-east-1',
      {
        domain: { name: 'a.example.com', certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a' },
      },
    ],
    [
      'apiDomain.name is not a domain name',
      { apiDomain: { name: 'https://a.example.com', certificateArn: 'x' } },
    ],
    ['throttling.burst is below 1', { throttling: { burst: 0 } }],
    ['webAcl is not "managed" or the ARN', { webAcl: 'yes' }],
    ['alarms.email is not an e-mail address', { alarms: { email: 'ops' } }],
    ['alarms.topicArn is not the ARN of a topic', { alarms: { topicArn: 'ops' } }],
    ['logRetentionDays is not one of', { logRetentionDays: 31 }],
    ['logLevel is not INFO', { logLevel: 'loud' }],
    ['alarms has no "mail"', { alarms: { mail: 'ops@example.com' } }],
  ])('are refused with their name: %s', (fault, settings) => {
    expect(() => read({ stage: 'prod', ...settings })).toThrow(`\n  ${fault}`);
  });

  it('are refused with all of their faults at once', () => {
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
