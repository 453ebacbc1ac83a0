import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { readFunctions } from '../../../local/functions/function-definition.ts';
import { referentsOf } from '../../../local/referents.ts';
import { readSchedules, type Schedule, startSchedules } from '../../../local/schedule.ts';
import { readTemplate, type Template } from '../../../local/template.ts';
import { hostFunctions } from './functions-fixture.ts';

const ENDPOINTS = { sqs: 'http://sqs.test', http: 'http://api.test' };

describe("the template's schedules", () => {
  function schedulesOf(template: Template): Schedule[] {
    const referents = referentsOf(template, { endpoints: ENDPOINTS, stackUuid: 'uuid' });
    return readSchedules(template, referents, readFunctions(template, referents));
  }
  const rule = (name: string, properties: object) => ({
    Type: 'AWS::Events::Rule',
    Metadata: { 'aws:cdk:path': `Test/${name}/Resource` },
    Properties: { Targets: [{ Arn: { 'Fn::GetAtt': ['Sweep', 'Arn'] }, Id: 'T' }], ...properties },
  });
  const templateWith = (rules: Record<string, ReturnType<typeof rule>>): Template => ({
    stackName: 'Test',
    outputs: {},
    assetDirs: { abc: '/bundle' },
    resources: {
      ...rules,
      Sweep: {
        Type: 'AWS::Lambda::Function',
        Metadata: { 'aws:cdk:path': 'Test/Sweep/Resource' },
        Properties: { Handler: 'index.handler', Code: { S3Key: 'abc.zip' } },
      },
    },
  });

  it('are those of the stack: the sweeper, every minute', () => {
    expect(schedulesOf(readTemplate(inject('cdkOut')))).toEqual([
      {
        ruleArn: expect.stringMatching(/^arn:aws:events:us-east-1:000000000000:rule\/ancrage-local-/),
        everyMs: 60_000,
        targets: [{ functionName: 'sweep', input: undefined }],
      },
    ]);
  });

  it('leave out disabled rules and rules with an event pattern', () => {
    const template = templateWith({
      Off: rule('Off', { ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' }),
      Pattern: rule('Pattern', { EventPattern: { source: ['aws.s3'] } }),
      On: rule('On', {
        ScheduleExpression: 'rate(2 hours)',
        State: 'ENABLED',
        Targets: [{ Arn: { 'Fn::GetAtt': ['Sweep', 'Arn'] }, Id: 'T', Input: '{"a":1}' }],
      }),
    });

    expect(schedulesOf(template)).toEqual([
      {
        ruleArn: 'arn:aws:events:us-east-1:000000000000:rule/test-on',
        everyMs: 7_200_000,
        targets: [{ functionName: 'sweep', input: '{"a":1}' }],
      },
    ]);
  });

  it.each(['cron(0 12 * * ? *)', 'rate(0.5 minutes)', 'rate(5 fortnights)'])(
    'are rejected with %s, which the message quotes',
    (expression) => {
      const template = templateWith({ Rule: rule('Rule', { ScheduleExpression: expression }) });

      expect(() => schedulesOf(template)).toThrow(expression);
    },
  );
});

describe('a schedule', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const RULE_ARN = 'arn:aws:events:us-east-1:000000000000:rule/test';
  /** Start schedules whose function logs its events, or fails if an event says so. */
  function scheduled(targets: { everyMs: number; input?: string }[]) {
    const functions = hostFunctions(
      {
        sweep: `exports.handler = async (event) => {
          if (event.fault) throw new Error(event.fault);
          console.log(JSON.stringify({ got: event }));
        }`,
      },
      { verbose: true },
    );
    const faults: string[] = [];
    const stop = startSchedules(
      targets.map(({ everyMs, input }) => ({
        ruleArn: RULE_ARN,
        everyMs,
        targets: [{ functionName: 'sweep', input }],
      })),
      functions.host,
      (line) => faults.push(line),
    );
    onTestFinished(async () => {
      stop();
      await functions.stop();
    });
    const got = () =>
      functions.lines.flatMap((line) =>
        line.includes('"got"') ? [JSON.parse(line.slice(line.indexOf('{'))).got] : [],
      );
    return { ...functions, faults, stopSchedules: stop, got };
  }

  it('invokes its function with an EventBridge event after each interval, and not before', async () => {
    const { got } = scheduled([{ everyMs: 60_000 }]);

    vi.advanceTimersByTime(59_999);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    await vi.waitUntil(() => got().length === 1);
    vi.advanceTimersByTime(120_000);
    await vi.waitUntil(() => got().length === 3);

    expect(got()[0]).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region: 'us-east-1',
      resources: [RULE_ARN],
      detail: {},
    });
    expect(new Set(got().map(({ id }) => id)).size).toBe(3);
  });

  it('passes the input of its target', async () => {
    const { got } = scheduled([{ everyMs: 1000, input: '{"a":1.0}' }]);

    vi.advanceTimersByTime(1000);
    await vi.waitUntil(() => got().length === 1);

    expect(got()).toEqual([{ a: 1 }]);
  });

  it('continues after its function has failed, and logs the failure', async () => {
    const { faults } = scheduled([{ everyMs: 1000, input: '{"fault":"no table"}' }]);

    vi.advanceTimersByTime(1000);
    await vi.waitUntil(() => faults.length === 1);
    vi.advanceTimersByTime(1000);
    await vi.waitUntil(() => faults.length === 2);

    expect(faults[0]).toBe('sweep failed on its schedule: no table');
  });

  it('ends when it is stopped', () => {
    const { stopSchedules } = scheduled([{ everyMs: 1000 }, { everyMs: 2000 }]);
    expect(vi.getTimerCount()).toBe(2);

    stopSchedules();

    expect(vi.getTimerCount()).toBe(0);
  });
});
