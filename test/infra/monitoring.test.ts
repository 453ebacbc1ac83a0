import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { ALARM_METRICS } from '../../bin/cost/idle.ts';
import { FAULTS, METRICS, METRICS_NAMESPACE } from '../../core/contract.ts';
import { AncrageStack } from '../../lib/ancrage-stack.ts';
import type { AncrageSettings } from '../../lib/settings.ts';
import { readRunbook } from '../support/runbook.ts';

type Properties = Record<string, unknown>;

interface Stat {
  readonly Metric: {
    readonly Namespace: string;
    readonly MetricName: string;
    readonly Dimensions?: Dimension[];
  };
}
type Dimension = { readonly Name: string; readonly Value: unknown };

function synthesize(settings: Partial<AncrageSettings> = {}): Template {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  return Template.fromStack(new AncrageStack(app, 'Ancrage', { settings: { stage: 'prod', ...settings } }));
}
const resources = (template: Template, type: string): Properties[] =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties);

const prod = synthesize();
const alarms = resources(prod, 'AWS::CloudWatch::Alarm');
const nameOf = (alarm: Properties) => String(alarm.AlarmName).replace(/^ancrage-prod-/, '');

/** Return each metric that an alarm watches. */
const metricsOf = (alarm: Properties): Stat['Metric'][] =>
  alarm.Metrics === undefined
    ? [
        {
          Namespace: alarm.Namespace,
          MetricName: alarm.MetricName,
          Dimensions: alarm.Dimensions,
        } as Stat['Metric'],
      ]
    : (alarm.Metrics as { MetricStat?: Stat }[]).flatMap(({ MetricStat }) =>
        MetricStat ? [MetricStat.Metric] : [],
      );

/** The logical ids of the functions that queues invoke. */
const workers = new Set(
  resources(synthesize({ canary: false }), 'AWS::Lambda::EventSourceMapping').map(
    ({ FunctionName }) => (FunctionName as { Ref: string }).Ref,
  ),
);

const isMeasured = ({ service, name }: { service: unknown; name: string }) =>
  Object.keys(METRICS[service as keyof typeof METRICS] ?? {}).includes(name);

describe('a stage', () => {
  it('has alarms and a dashboard if it keeps its data or its settings say so, and always has the queries', () => {
    // Those that end a canary belong to it.
    const releases = alarms.filter((alarm) => nameOf(alarm).endsWith('-release')).length;
    expect(releases).toBe(3);
    for (const [settings, dashboards, count] of [
      [{ stage: 'dev' }, 0, 0],
      [{ stage: 'dev', monitoring: true }, 1, alarms.length - releases],
      [{ monitoring: false }, 0, releases],
    ] as const) {
      const template = synthesize(settings);
      template.resourceCountIs('AWS::CloudWatch::Dashboard', dashboards);
      expect(resources(template, 'AWS::CloudWatch::Alarm')).toHaveLength(count);
      expect(resources(template, 'AWS::Logs::QueryDefinition').length).toBeGreaterThan(0);
    }
  });
});

describe('the alarms', () => {
  const { text, sections } = readRunbook();

  it('have one heading each in the runbook, which has no others', () => {
    const budgeted = synthesize({ monthlyBudget: 200, alarms: { email: 'ops@example.com' } });
    const all = resources(budgeted, 'AWS::CloudWatch::Alarm').map(nameOf);
    expect(sections.map(({ name }) => name).toSorted()).toEqual(all.toSorted());
    expect(all.filter((name) => !alarms.map(nameOf).includes(name))).toEqual(['spend']);
    expect(alarms.length).toBeGreaterThan(10);
  });

  it('are listed at the top of the runbook, in the order of its headings', () => {
    const listed = [...text.matchAll(/^\| \[([^\]]+)\]\(#\1\) \|/gm)].map(([, name]) => name);
    expect(listed).toEqual(sections.map(({ name }) => name));
  });

  it.each(sections)(
    'have a description, an investigation and a resolution in the runbook: $name',
    ({ parts, commands }) => {
      expect(Object.keys(parts)).toEqual(['Description', 'Investigation', 'Resolution']);
      for (const text of Object.values(parts)) expect(text.trim()).not.toBe('');
      expect(commands.length).toBeGreaterThan(0);
    },
  );

  it.each(alarms.map((alarm) => [nameOf(alarm), alarm] as const))(
    'describe the problem and link to the runbook: %s',
    (name, alarm) => {
      expect(alarm.AlarmDescription).toMatch(
        new RegExp(`^[A-Z].*\\. What to do: docs/runbook\\.md#${name}$`),
      );
    },
  );

  it('watch every queue and every dead-letter queue', () => {
    const template = prod.findResources('AWS::SQS::Queue');
    const watched = new Set(
      alarms
        .flatMap(metricsOf)
        .flatMap(({ Namespace, Dimensions = [] }) =>
          Namespace === 'AWS/SQS'
            ? Dimensions.map(({ Value }) => (Value as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][0])
            : [],
        ),
    );
    expect([...watched].toSorted()).toEqual(Object.keys(template).toSorted());
  });

  it('watch the errors, the duration and the throttles of every function that a queue invokes', () => {
    const watched = alarms
      .flatMap(metricsOf)
      .filter(({ Namespace }) => Namespace === 'AWS/Lambda')
      .map(({ MetricName, Dimensions = [] }) => `${JSON.stringify(Dimensions[0]?.Value)} ${MetricName}`);
    for (const worker of workers)
      expect(watched).toEqual(
        expect.arrayContaining(
          ['Errors', 'Duration', 'Throttles'].map((metric) => `{"Ref":"${worker}"} ${metric}`),
        ),
      );
  });

  it('treat missing data as breaching only for the sweeper', () => {
    const missing = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    expect(missing.map(nameOf)).toEqual(['sweeper-late']);
    for (const { TreatMissingData } of alarms)
      expect(['breaching', 'notBreaching']).toContain(TreatMissingData);
  });

  it('watch only metrics of Ancrage that the functions write, with the same dimensions', () => {
    const ours = alarms.flatMap(metricsOf).filter(({ Namespace }) => Namespace === METRICS_NAMESPACE);
    expect(ours.length).toBeGreaterThan(4);
    for (const { MetricName: name, Dimensions = [] } of ours) {
      const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
      const { version, ...others } = dimensions;
      expect(Object.keys(others).toSorted()).toEqual(['service', 'stage']);
      if (version !== undefined) expect(Object.values(FAULTS)).toContain(name);
      expect(dimensions.stage).toBe('prod');
      expect({ name, measured: isMeasured({ service: dimensions.service, name }) }).toEqual({
        name,
        measured: true,
      });
    }
  });

  it('watch as many metrics as npm run cost calculates with', () => {
    expect(alarms.flatMap(metricsOf)).toHaveLength(ALARM_METRICS);
  });

  it('notify nobody by default', () => {
    for (const alarm of alarms) expect(alarm).not.toHaveProperty('AlarmActions');
    expect(resources(prod, 'AWS::SNS::Topic')).toEqual([]);
    expect(resources(prod, 'AWS::KMS::Key').filter(isOfTopic)).toEqual([]);
  });

  it('notify an address through an encrypted TLS-only topic, and the topic in the settings, both when they go off and when they clear', () => {
    const topicArn = 'arn:aws:sns:eu-west-1:123456789012:pager';
    const template = synthesize({ alarms: { email: 'ops@example.com', topicArn } });
    const [[id, topic] = []] = Object.entries(template.findResources('AWS::SNS::Topic'));
    expect(topic?.Properties).toMatchObject({ KmsMasterKeyId: expect.anything() });
    expect(resources(template, 'AWS::SNS::Subscription')).toMatchObject([
      { Protocol: 'email', Endpoint: 'ops@example.com' },
    ]);
    for (const alarm of resources(template, 'AWS::CloudWatch::Alarm'))
      expect(alarm).toMatchObject({
        AlarmActions: [topicArn, { Ref: id }],
        OKActions: [topicArn, { Ref: id }],
      });
    const [policy] = resources(template, 'AWS::SNS::TopicPolicy');
    expect(JSON.stringify(policy)).toContain(
      '"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"',
    );
    const keys = resources(template, 'AWS::KMS::Key').filter(isOfTopic);
    const grants = [policy, ...keys].map((each) => JSON.stringify(each));
    for (const grant of grants)
      expect(grant).toMatch(/"aws:SourceAccount".*"Principal":\{"Service":"cloudwatch\.amazonaws\.com"\}/);
  });
});

const isOfTopic = ({ Description }: { Description?: unknown }) => /alarm topic/.test(String(Description));

describe('the dashboard', () => {
  const [dashboard = {}] = resources(prod, 'AWS::CloudWatch::Dashboard');
  /** The parsed body, in which every CloudFormation reference is replaced by a letter. */
  const body = JSON.parse(
    (dashboard.DashboardBody as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1]
      .map((part) => (typeof part === 'string' ? part : 'x'))
      .join(''),
  ) as {
    widgets: {
      type: string;
      x: number;
      width: number;
      properties: { metrics?: unknown[][]; alarms?: unknown[] };
    }[];
  };

  it('is named after the stage and shows all alarms first', () => {
    expect(dashboard.DashboardName).toEqual({
      'Fn::Join': ['', ['ancrage-prod-', { Ref: 'AWS::Region' }]],
    });
    const [first] = body.widgets;
    expect(first?.type).toBe('alarm');
    expect(first?.properties.alarms).toHaveLength(alarms.length);
  });

  it('shows every metric of Ancrage', () => {
    const shown = new Set(
      body.widgets
        .flatMap(({ properties }) => properties.metrics ?? [])
        .flatMap(([namespace, name, ...dimensions]) =>
          namespace === METRICS_NAMESPACE ? [`${dimensions[dimensions.indexOf('service') + 1]} ${name}`] : [],
        ),
    );
    const measured = Object.entries(METRICS).flatMap(([service, names]) =>
      Object.keys(names).map((name) => `${service} ${name}`),
    );
    // Alarms watch these metrics, and the dashboard shows the alarms.
    const onlyAlarms = ['fan-out MessagesFailed', 'deliver MessagesFailed', 'sweep SweepsCompleted'];
    expect([...shown, ...onlyAlarms].toSorted()).toEqual(measured.toSorted());
  });

  it('shows as much of one queue as of another, and of one function that they invoke', () => {
    const text = JSON.stringify(dashboard.DashboardBody);
    const occurrences = (reference: object) => text.split(JSON.stringify(reference)).length - 1;
    const queues = Object.keys(prod.findResources('AWS::SQS::Queue'));
    const isDead = (id: string) => id.includes('DeadLetter');
    const panels = (ids: readonly string[]) =>
      new Set(ids.map((id) => occurrences({ 'Fn::GetAtt': [id, 'QueueName'] })));
    expect(panels(queues.filter(isDead))).toEqual(new Set([1]));
    expect(panels(queues.filter((id) => !isDead(id)))).toEqual(new Set([4]));
    expect(workers.size).toBe(3);
    // Crashes, throttles, concurrency and duration, and for their cost invocations and duration.
    for (const worker of workers) expect(occurrences({ Ref: worker }), worker).toBe(6);
  });

  it('stays within the limits and the width of CloudWatch', () => {
    expect(body.widgets.length).toBeLessThanOrEqual(500);
    for (const { properties, x, width } of body.widgets) {
      expect(properties.metrics?.length ?? 0).toBeLessThanOrEqual(500);
      expect(x + width).toBeLessThanOrEqual(24);
      expect(Number.isInteger(width)).toBe(true);
    }
  });
});

describe('the saved queries', () => {
  it('are named after the stage and read the log of every function', () => {
    const queries = resources(prod, 'AWS::Logs::QueryDefinition');
    const functions = resources(prod, 'AWS::Lambda::Function').filter((fn) =>
      JSON.stringify(fn).includes('POWERTOOLS'),
    );
    expect(queries.map(({ Name }) => String(Name)).every((name) => name.startsWith('ancrage-prod/'))).toBe(
      true,
    );
    const [first] = queries.filter(({ Name }) => Name === 'ancrage-prod/errors');
    expect(first?.LogGroupNames).toHaveLength(functions.length);
  });

  it('are exactly those that the runbook mentions', () => {
    const names = resources(prod, 'AWS::Logs::QueryDefinition').map(({ Name }) => String(Name).split('/')[1]);
    const text = readRunbook().text;
    const asked = [...text.matchAll(/saved quer(?:y|ies) `([^`]+)`/g)].map(([, name]) => name);
    expect(asked.length).toBeGreaterThan(10);
    for (const name of asked) expect(names).toContain(name);
    for (const name of names) expect(text).toContain(`\`${name}\``);
  });
});
