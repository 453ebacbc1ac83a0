import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { FAULTS, LANES, METRICS_NAMESPACE } from '../../core/contract.ts';
import { AncrageStack } from '../../lib/ancrage-stack.ts';
import { stageConfig } from '../../lib/config.ts';
import type { AncrageSettings } from '../../lib/settings.ts';

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each type of resource has its own properties.
  readonly Properties: any;
  readonly DependsOn?: readonly string[];
  readonly UpdatePolicy?: unknown;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** @returns its resources by their logical ids */
function synthesize(settings: Partial<AncrageSettings> = {}): Record<string, Resource> {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new AncrageStack(app, 'Ancrage', { settings: { stage: 'prod', ...settings } });
  return Template.fromStack(stack).toJSON().Resources;
}

const on = synthesize();
const off = synthesize({ canary: false });

const ofType = (resources: Record<string, Resource>, type: string): [id: string, resource: Resource][] =>
  Object.entries(resources).filter(([, { Type }]) => Type === type);
const idsOf = (resources: Record<string, Resource>, type: string) =>
  ofType(resources, type).map(([id]) => id);

/** Return the logical ids that a value refers to. */
const referencesOf = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"Ref":"(\w+)"|"Fn::GetAtt":\["(\w+)"|\$\{(\w+)/g)].map(
    ([, ref, attribute, name]) => ref ?? attribute ?? name ?? '',
  );

/** The functions with an alias, keyed by the folder of their code. */
const SHIFTING = { publish: 'Publish', 'fan-out': 'FanOut', deliver: 'Deliver' } as const;
const functionOf = (resources: Record<string, Resource>, name: string): string => {
  const [id, ...others] = idsOf(resources, 'AWS::Lambda::Function').filter((each) =>
    new RegExp(`^${name}[0-9A-F]{8}$`).test(each),
  );
  if (id === undefined || others.length > 0) throw new Error(`The template has not just one ${name}.`);
  return id;
};
const aliasOf = (resources: Record<string, Resource>, name: string): string => {
  const fn = functionOf(resources, name);
  const [alias] = ofType(resources, 'AWS::Lambda::Alias').filter(
    ([, { Properties }]) => Properties.FunctionName.Ref === fn,
  );
  if (alias === undefined) throw new Error(`${name} has no alias.`);
  return alias[0];
};
const versionOf = (resources: Record<string, Resource>, name: string): string =>
  resources[aliasOf(resources, name)]?.Properties.FunctionVersion['Fn::GetAtt'][0];

describe('the setting', () => {
  it.each([
    ['is on where data is kept', { stage: 'prod' }, { percentage: 10, minutes: 10 }],
    ['is off in dev', { stage: 'dev' }, undefined],
    ['can be on anywhere', { stage: 'dev', canary: true }, { percentage: 10, minutes: 10 }],
    ['can be off anywhere', { stage: 'prod', canary: false }, undefined],
    ['takes a percentage', { stage: 'prod', canary: { percentage: 1 } }, { percentage: 1, minutes: 10 }],
    ['takes minutes', { stage: 'dev', canary: { minutes: 120 } }, { percentage: 10, minutes: 120 }],
  ])('%s', (_, settings, expected) => {
    expect(stageConfig(settings).canary).toEqual(expected);
  });

  it.each([
    [{ percentage: 100 }, 'canary.percentage must be at most 99'],
    [{ minutes: 4 }, 'canary.minutes must be at least 5'],
    [{ minutes: 121 }, 'canary.minutes must be at most 120'],
    [{ steps: 2 }, 'canary has no setting "steps"'],
    ['sometimes', 'canary must be true, false, or {"percentage": …, "minutes": …}'],
  ])('refuses %j', (canary, fault) => {
    expect(() => stageConfig({ stage: 'prod', canary: canary as never })).toThrow(fault);
  });

  it('becomes the steps in which CodeDeploy moves the aliases', () => {
    const [[, steps] = []] = ofType(
      synthesize({ canary: { percentage: 5, minutes: 30 } }),
      'AWS::CodeDeploy::DeploymentConfig',
    );
    expect(steps?.Properties).toEqual({
      ComputePlatform: 'Lambda',
      TrafficRoutingConfig: {
        Type: 'TimeBasedCanary',
        TimeBasedCanary: { CanaryPercentage: 5, CanaryInterval: 30 },
      },
    });
  });
});

describe('a stage with a canary', () => {
  it('has an alias for publish, fan-out and deliver, which only CodeDeploy moves', () => {
    const aliases = ofType(on, 'AWS::Lambda::Alias');
    expect(aliases.map(([id]) => id).toSorted()).toEqual(
      Object.values(SHIFTING)
        .map((name) => aliasOf(on, name))
        .toSorted(),
    );
    const groups = idsOf(on, 'AWS::CodeDeploy::DeploymentGroup');
    const used = aliases.map(([, { UpdatePolicy }]) => referencesOf(UpdatePolicy));
    expect(used.map(([, group]) => group).toSorted()).toEqual(groups.toSorted());
    for (const [, { Properties }] of aliases) expect(Properties.Name).toBe('live');
  });

  it('names these functions nowhere but in their aliases, versions and monitoring', () => {
    const functions = Object.values(SHIFTING).map((name) => functionOf(on, name));
    const naming = Object.entries(on).flatMap(([, { Type, Properties }]) =>
      referencesOf(Properties ?? {}).some((id) => functions.includes(id)) ? [Type] : [],
    );
    expect([...new Set(naming)].toSorted()).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::Dashboard',
      'AWS::Lambda::Alias',
      'AWS::Lambda::Version',
    ]);
  });

  it('invokes a function asynchronously only with a qualifier that the settings of such invocations are for', () => {
    const targets = ofType(on, 'AWS::Events::Rule').flatMap(([, { Properties }]) =>
      Properties.Targets.map(({ Arn }: { Arn: unknown }) => referencesOf(Arn)[0]),
    );
    const configured = ofType(on, 'AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => [
      Properties.FunctionName.Ref,
      Properties.Qualifier,
    ]);
    // A function's own ARN is its latest code.
    expect(configured).toEqual(targets.map((fn) => [fn, '$LATEST']));
    expect(configured).toHaveLength(1);
  });

  it('keeps the versions of earlier releases, but not that of a release that failed', () => {
    const versions = ofType(on, 'AWS::Lambda::Version');
    expect(versions).toHaveLength(3);
    for (const [id, version] of versions)
      expect(version, id).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
  });

  it.each<[string, Partial<AncrageSettings>, (keyof typeof SHIFTING)[]]>([
    [
      'publishes no version for other grants, lanes, reserved instances and steps',
      {
        publishers: { accounts: ['111122223333'] },
        lanes: { events: { maxConcurrency: 3 } },
        reservedConcurrency: { publish: 9 },
        canary: { minutes: 30 },
      },
      [],
    ],
    ['publishes a version for another variable of a function', { defaultProject: 'erp' }, ['fan-out']],
    ['publishes versions for another format', { writeFormat: 2 }, ['publish', 'fan-out', 'deliver']],
    ['publishes a version for another network', { fixedEgress: { natGateways: 1 } }, ['deliver']],
  ])('%s', (_, settings, changed) => {
    const after = synthesize(settings);
    const differing = Object.entries(SHIFTING).filter(
      ([, name]) => versionOf(after, name) !== versionOf(on, name),
    );
    expect(differing.map(([service]) => service)).toEqual(changed);
  });
});

describe('an upgrade that switches the canary on or off', () => {
  it('leaves exactly one mapping for each queue, because it changes the one that is there', () => {
    const [before, after] = [off, on].map((resources) =>
      ofType(resources, 'AWS::Lambda::EventSourceMapping'),
    );
    expect(after?.map(([id]) => id)).toEqual(before?.map(([id]) => id));
    // CloudFormation replaces a mapping if its queue changes, and updates it if its function does.
    const queuesOf = (mappings = before) =>
      mappings?.map(([, { Properties }]) => referencesOf(Properties.EventSourceArn)[0] ?? '');
    expect(queuesOf(after)).toEqual(queuesOf(before));
    expect(new Set(queuesOf(after)).size).toBe(LANES.length);
    expect(after).toHaveLength(LANES.length);
    const rest = (mappings = before) =>
      mappings?.map(([, { Properties }]) => ({ ...Properties, FunctionName: undefined }));
    expect(rest(after)).toEqual(rest(before));
    const invoked = (mappings = before) =>
      mappings?.map(([, { Properties }]) => referencesOf(Properties.FunctionName)[0]);
    const [fanOut, deliver, pump] = ['FanOut', 'Deliver', 'Pump'].map((name) => functionOf(off, name));
    expect(invoked(before)).toEqual([fanOut, fanOut, deliver, deliver, pump]);
    const [liveFanOut, liveDeliver] = [aliasOf(on, 'FanOut'), aliasOf(on, 'Deliver')];
    expect(invoked(after)).toEqual([liveFanOut, liveFanOut, liveDeliver, liveDeliver, pump]);
    for (const [, { Properties }] of after ?? [])
      if (referencesOf(Properties.FunctionName)[0] !== pump)
        expect(JSON.stringify(Properties.FunctionName)).toMatch(/":live"\]\]\}$/);
  });

  it('keeps the integrations, and permits the gateway to invoke what they name before they name it', () => {
    for (const [resources, invoked] of [
      [off, functionOf(off, 'Publish')],
      [on, aliasOf(on, 'Publish')],
    ] as const) {
      const permissions = ofType(resources, 'AWS::Lambda::Permission').filter(([, { Properties }]) =>
        referencesOf(Properties.FunctionName).includes(invoked),
      );
      const [[, integration] = [], ...others] = ofType(resources, 'AWS::ApiGatewayV2::Integration').filter(
        ([, { Properties }]) => referencesOf(Properties.IntegrationUri).includes(invoked),
      );
      expect(others).toEqual([]);
      expect(permissions.length).toBeGreaterThan(0);
      expect(integration?.DependsOn).toEqual(permissions.map(([id]) => id));
    }
    for (const type of [
      'AWS::ApiGatewayV2::Integration',
      'AWS::ApiGatewayV2::Route',
      'AWS::Lambda::Permission',
    ])
      expect(idsOf(on, type)).toEqual(idsOf(off, type));
  });

  it('changes neither functions nor roles, and adds nothing but what the canary consists of', () => {
    const same = (type: string) => expect(ofType(on, type)).toEqual(ofType(off, type));
    for (const type of ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'AWS::IAM::Policy']) same(type);
    const without = Object.fromEntries(ofType(on, 'AWS::Lambda::Function'));
    for (const [id, { Properties }] of ofType(off, 'AWS::Lambda::Function'))
      expect(without[id]?.Properties).toEqual(Properties);
    const added = Object.keys(on).filter((id) => !(id in off));
    expect([...new Set(added.map((id) => on[id]?.Type))].toSorted()).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::CodeDeploy::Application',
      'AWS::CodeDeploy::DeploymentConfig',
      'AWS::CodeDeploy::DeploymentGroup',
      'AWS::IAM::Role',
      'AWS::Lambda::Alias',
      'AWS::Lambda::Version',
    ]);
    expect(Object.keys(off).filter((id) => !(id in on))).toEqual([]);
  });
});

describe('a canary ends', () => {
  const groups = ofType(on, 'AWS::CodeDeploy::DeploymentGroup');

  it('when an alarm goes off, when it is stopped, and when it fails', () => {
    expect(groups).toHaveLength(3);
    for (const [, { Properties }] of groups)
      expect(Properties).toMatchObject({
        AlarmConfiguration: { Enabled: true },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
        },
      });
  });

  it.each(Object.entries(SHIFTING))(
    'for faults of ours in the new version of %s alone, whatever endpoints and publishers do',
    (service, name) => {
      const [alias, version] = [aliasOf(on, name), versionOf(on, name)];
      const group = on[referencesOf(on[alias]?.UpdatePolicy)[1] ?? ''];
      const alarms = group?.Properties.AlarmConfiguration.Alarms;
      expect(alarms).toHaveLength(1);
      const alarm = on[referencesOf(alarms)[0] ?? ''];
      expect(alarm?.Properties).toMatchObject({
        AlarmName: `ancrage-prod-${service}-release`,
        TreatMissingData: 'notBreaching',
        DatapointsToAlarm: 2,
        Threshold: 1,
      });
      const metrics = alarm?.Properties.Metrics.flatMap((each: { MetricStat?: { Metric: unknown } }) =>
        each.MetricStat === undefined ? [] : [each.MetricStat.Metric],
      );
      const number = { 'Fn::GetAtt': [version, 'Version'] };
      const fn = { Ref: functionOf(on, name) };
      expect(metrics).toEqual([
        {
          Namespace: 'AWS/Lambda',
          MetricName: 'Errors',
          Dimensions: [
            { Name: 'ExecutedVersion', Value: number },
            { Name: 'FunctionName', Value: fn },
            { Name: 'Resource', Value: { 'Fn::Join': ['', [fn, ':live']] } },
          ],
        },
        {
          Namespace: METRICS_NAMESPACE,
          MetricName: FAULTS[service as keyof typeof FAULTS],
          Dimensions: [
            { Name: 'service', Value: service },
            { Name: 'stage', Value: 'prod' },
            { Name: 'version', Value: number },
          ],
        },
      ]);
    },
  );

  it('without monitoring, too', () => {
    const unwatched = synthesize({ monitoring: false });
    expect(idsOf(unwatched, 'AWS::CloudWatch::Alarm')).toHaveLength(3);
    expect(ofType(unwatched, 'AWS::CodeDeploy::DeploymentGroup')).toEqual(groups);
  });
});
