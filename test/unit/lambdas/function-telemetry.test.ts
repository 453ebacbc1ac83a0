import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ENV, METRICS, type MetricName } from '../../../core/contract.ts';
import { ConflictError } from '../../../core/kernel/errors.ts';
import { api } from '../../../lambdas/middleware/api.ts';
import { openLog } from '../../../lambdas/middleware/log.ts';
import { openMetrics } from '../../../lambdas/middleware/metrics.ts';
import type { ApiEvent } from '../../../lambdas/middleware/request.ts';
import { telemetry } from '../../../lambdas/middleware/telemetry.ts';
import { lastingAuthorities } from '../../support/in-memory/authorities.ts';
import { silentLog } from '../../support/in-memory/log.ts';
import { inMemoryTenants } from '../../support/in-memory/projects-and-keys.ts';

/** Return the parsed lines that the function writes to its log, each of which is JSON. */
function writtenLines() {
  const written: string[] = [];
  const take = (chunk: string | Uint8Array) => {
    written.push(String(chunk));
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(take);
  vi.spyOn(process.stderr, 'write').mockImplementation(take);
  return () =>
    written
      .join('')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
}

describe('the output of a function', () => {
  let lines: ReturnType<typeof writtenLines>;
  beforeEach(() => {
    vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'deliver');
    vi.stubEnv(ENV.stage, 'prod');
    lines = writtenLines();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });
  const invocation = { awsRequestId: 'request-1' } as Context;

  describe('for metrics', () => {
    it('is one line in the embedded metric format, with the sum of each count and the samples of each measure', () => {
      const metrics = openMetrics();
      metrics.count('AttemptsSucceeded');
      metrics.count('AttemptsSucceeded', 3);
      metrics.count('AttemptsFailed', 0);
      metrics.measure('AttemptDuration', 12);
      metrics.measure('AttemptDuration', 30);
      metrics.flush();
      expect(lines()).toEqual([
        {
          _aws: {
            Timestamp: expect.any(Number),
            CloudWatchMetrics: [
              {
                Namespace: 'Ancrage',
                Dimensions: [['service', 'stage']],
                Metrics: [
                  { Name: 'AttemptDuration', Unit: 'Milliseconds' },
                  { Name: 'AttemptsSucceeded', Unit: 'Count' },
                ],
              },
            ],
          },
          service: 'deliver',
          stage: 'prod',
          AttemptsSucceeded: 4,
          AttemptDuration: [12, 30],
        },
      ]);
    });

    it('repeats faults of ours by the version of the function, if it has one, and nothing that endpoints or publishers cause', () => {
      vi.stubEnv('AWS_LAMBDA_FUNCTION_VERSION', '$LATEST');
      const unversioned = openMetrics();
      vi.stubEnv('AWS_LAMBDA_FUNCTION_VERSION', '7');
      const versioned = openMetrics();
      const names = [...new Set(Object.values(METRICS).flatMap((each) => Object.keys(each)))] as MetricName[];
      for (const metrics of [unversioned, versioned]) {
        for (const name of names) metrics.count(name, 2);
        metrics.flush();
        metrics.flush();
      }
      const written = lines();
      expect(written).toHaveLength(3);
      expect(written.slice(0, 2).filter((line) => 'version' in line)).toEqual([]);
      const { _aws, ...values } = written[2];
      expect(_aws.CloudWatchMetrics[0].Dimensions).toEqual([['service', 'stage', 'version']]);
      expect(values).toEqual({
        ...{ service: 'deliver', stage: 'prod', version: '7' },
        ...{ RequestsFailed: 2, MessagesFailed: 2 },
      });
    });

    it('is empty without metrics, and contains no metric twice', () => {
      const metrics = openMetrics();
      metrics.flush();
      metrics.count('MessagesFailed');
      metrics.flush();
      metrics.flush();
      expect(lines()).toMatchObject([{ MessagesFailed: 1 }]);
    });

    it.each(
      Object.entries(METRICS).flatMap(([service, units]) =>
        Object.keys(units).map((name) => [service, name as keyof (typeof METRICS)['deliver']] as const),
      ),
    )('of %s contains %s with a unit that CloudWatch accepts', (_, name) => {
      const metrics = openMetrics();
      metrics.measure(name, 1);
      metrics.flush();
      expect(lines()).toMatchObject([{ [name]: 1 }]);
    });

    it('of a queue worker is written at the end of an invocation, even if it fails halfway', async () => {
      const metrics = openMetrics();
      const worker = (work: () => void) =>
        middy()
          .use(telemetry({ log: silentLog, metrics }))
          .handler(async () => work());
      await worker(() => metrics.count('MessagesFailed', 2))({}, invocation);
      const dying = worker(() => {
        metrics.count('AttemptsSucceeded');
        throw new Error('It failed halfway.');
      });
      await expect(dying({}, invocation)).rejects.toThrow('failed halfway');
      expect(lines()).toMatchObject([{ MessagesFailed: 2 }, { AttemptsSucceeded: 1 }]);
    });
  });

  describe('for its log', () => {
    it('is a line with the service, the invocation and the trace, without fields that have no value', () => {
      vi.stubEnv('AWS_LAMBDA_INITIALIZATION_TYPE', 'on-demand');
      vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0');
      const log = openLog();
      log.begin(invocation);
      log.info('attempt succeeded', { project: 'erp', number: 1, reason: null, detail: undefined });
      log.begin({ ...invocation, awsRequestId: 'request-2' });
      log.warn('attempt failed', { project: 'erp' });
      expect(lines()).toEqual([
        {
          level: 'INFO',
          message: 'attempt succeeded',
          timestamp: expect.any(String),
          service: 'deliver',
          requestId: 'request-1',
          coldStart: true,
          xRayTraceId: '1-5759e988-bd862e3fe1be46a994272793',
          project: 'erp',
          number: 1,
        },
        expect.objectContaining({ message: 'attempt failed', requestId: 'request-2' }),
      ]);
      expect(lines()[1]).not.toHaveProperty('coldStart');
    });

    it('contains the name, message, stack and cause of an error, but not its other properties', () => {
      const cause = Object.assign(new Error('The condition does not hold.'), {
        Item: { secret: 'item-secret' },
      });
      const error = Object.assign(new TypeError('Not written', { cause }), {
        input: 'https://u:url-secret@h/',
      });
      openLog().error('message not handled', { error });
      expect(lines()).toMatchObject([
        {
          error: {
            name: 'TypeError',
            message: 'Not written',
            stack: expect.stringContaining('function-telemetry.test.ts'),
            cause: { name: 'Error', message: 'The condition does not hold.' },
          },
        },
      ]);
      expect(JSON.stringify(lines())).not.toContain('-secret');
    });

    it('names a failed request by the id in its response, and does not mention rejected requests', async () => {
      const projects = inMemoryTenants(() => 0).projects;
      const unused = async () => ({ status: 204 });
      const route = (getOwnKey: () => Promise<never>) =>
        api(
          'projects',
          { log: openLog(), metrics, projects, authorities: lastingAuthorities },
          {
            ...{
              createProject: unused,
              listProjects: unused,
              getProject: unused,
              getProjectUsage: unused,
              changeProject: unused,
            },
            ...{ deleteProject: unused, createKey: unused, listKeys: unused, deleteKey: unused },
            revokeToken: unused,
            getOwnKey,
          },
        );
      vi.stubEnv('AWS_LAMBDA_FUNCTION_VERSION', '7');
      const metrics = openMetrics();
      const request = {
        routeKey: 'GET /v1/key',
        headers: {},
        requestContext: {
          requestId: 'api-request-1',
          routeKey: 'GET /v1/key',
          timeEpoch: Date.now(),
          http: { method: 'GET' },
          authorizer: { lambda: { keyId: 'key_1', project: 'erp', scopes: 'read' } },
        },
      } as ApiEvent;
      const refused = route(async () => {
        throw new ConflictError('It has changed.');
      });
      expect(await refused(request, invocation)).toMatchObject({ statusCode: 409 });
      const broken = route(async () => {
        throw new Error('throttled');
      });
      const response = await broken(request, invocation);
      expect(response).toMatchObject({ statusCode: 500, body: expect.stringContaining('api-request-1') });
      expect(lines()).toEqual([
        {
          level: 'ERROR',
          message: 'request failed',
          timestamp: expect.any(String),
          service: 'deliver',
          requestId: 'request-1',
          keyId: 'key_1',
          routeKey: 'GET /v1/key',
          apiRequestId: 'api-request-1',
          status: 500,
          durationMs: expect.any(Number),
          error: expect.objectContaining({ message: 'throttled' }),
        },
        expect.objectContaining({ service: 'deliver', stage: 'prod', RequestsFailed: 1 }),
        expect.objectContaining({ service: 'deliver', stage: 'prod', RequestsFailed: 1, version: '7' }),
      ]);
    });

    it('leaves out lines below the log level of the stage', () => {
      vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'WARN');
      const log = openLog();
      log.info('attempt succeeded', {});
      log.warn('attempt failed', {});
      expect(lines()).toMatchObject([{ message: 'attempt failed' }]);
    });
  });
});
