import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { EndedInvocation } from '../../../local/functions/function-host.ts';
import { FunctionError } from '../../../local/functions/function-instance.ts';
import {
  type FunctionsOptions,
  type Gate,
  type HostedFunctions,
  hostFunctions,
  startGate,
} from './functions-fixture.ts';

function hosted(sources: Readonly<Record<string, string>>, options?: FunctionsOptions): HostedFunctions {
  const functions = hostFunctions(sources, options);
  onTestFinished(() => functions.stop());
  return functions;
}

/**
 * When the gate releases it, returns its thread and the number of invocations that this thread runs at the same time.
 */
const GATED = `
  const { threadId } = require('node:worker_threads');
  let running = 0;
  exports.handler = async ({ gate, name }) => {
    const now = ++running;
    await (await fetch(gate, { method: 'POST', body: name })).text();
    running -= 1;
    return { name, threadId, running: now };
  };`;

/** Fails as the event demands, or counts its invocations. */
const FRAGILE = `
  const { threadId } = require('node:worker_threads');
  let count = 0;
  exports.handler = async ({ fate, gate }) => {
    if (gate) await (await fetch(gate, { method: 'POST', body: 'gated' })).text();
    if (fate === 'throw') throw new RangeError('out of range');
    if (fate === 'throw a text') throw 'just text';
    if (fate === 'exit') process.exit(3);
    if (fate === 'throw later') setTimeout(() => { throw new Error('boom later'); });
    if (fate === 'reject later') void Promise.reject(new Error('boom aside'));
    if (fate === 'fill the memory') for (const all = []; ;) all.push(new Array(1e5).fill(count));
    if (fate === 'spin') for (;;);
    if (fate !== undefined) await new Promise(() => {});
    return { threadId, count: ++count };
  };`;

describe('a hosted function', () => {
  let gate: Gate;
  beforeAll(async () => {
    gate = await startGate();
  });
  afterAll(() => gate.stop());
  afterEach(() => gate.open());

  const failure = (promise: Promise<unknown>): Promise<FunctionError> =>
    promise.then(
      (value) => {
        throw new Error(`It succeeded with ${JSON.stringify(value)}`);
      },
      (error: unknown) => {
        expect(error).toBeInstanceOf(FunctionError);
        return error as FunctionError;
      },
    );

  it('runs one invocation at a time in each instance, and no more instances than its maximum concurrency', async () => {
    const own = await startGate();
    onTestFinished(() => own.stop());
    const { host } = hosted({ gated: GATED, other: GATED }, { concurrency: 2 });
    const invoke = (name: string) =>
      host.invoke('gated', { gate: own.url(), name }) as Promise<{ threadId: number; running: number }>;

    const results = ['a', 'b', 'c', 'd', 'e'].map(invoke);
    await own.waitFor(2);
    // A third instance would have started and sent its request before this other function does.
    const other = host.invoke('other', { gate: own.url(), name: 'other' });
    await own.waitFor(1, ({ body }) => body === 'other');
    expect([...own.held].sort()).toEqual(['a', 'b', 'other']);
    own.release();
    await own.waitFor(1, ({ body }) => body === 'c');
    own.open();

    const done = await Promise.all(results);
    await other;
    expect(done.map(({ running }) => running)).toEqual([1, 1, 1, 1, 1]);
    expect(new Set(done.map(({ threadId }) => threadId)).size).toBe(2);
  });

  describe('with idle instances', () => {
    const idle = { spareMs: 1, lastMs: 60_000 };
    const runTwo = async (host: HostedFunctions['host']) => {
      const own = await startGate();
      onTestFinished(() => own.stop());
      const both = ['a', 'b'].map((name) => host.invoke('gated', { gate: own.url(), name }));
      await own.waitFor(2);
      own.open();
      return ((await Promise.all(both)) as { threadId: number }[]).map(({ threadId }) => threadId);
    };
    const runOne = async (host: HostedFunctions['host']) =>
      (await host.invoke('gated', { gate: gate.url(), name: 'c' })) as { threadId: number };

    it('ends all but one', async () => {
      const { host } = hosted({ gated: GATED }, { idle });
      gate.open();
      const first = await runTwo(host);
      await expect.poll(() => host.instances('gated')).toBe(1);
      expect(first).toContain((await runOne(host)).threadId);
      const second = await runTwo(host);
      expect(second.filter((id) => first.includes(id))).toHaveLength(1);
    });

    it('ends the last one later, and starts another when it is needed', async () => {
      const { host } = hosted({ gated: GATED }, { idle: { ...idle, lastMs: 1 } });
      gate.open();
      const { threadId } = await runOne(host);
      await expect.poll(() => host.instances('gated')).toBe(0);
      expect((await runOne(host)).threadId).not.toBe(threadId);
    });

    it('keeps one that is used again', async () => {
      const { host } = hosted({ gated: GATED });
      gate.open();
      expect(await runOne(host)).toEqual(await runOne(host));
    });
  });

  it('reports the CPU time and the duration of each invocation, including failed ones', async () => {
    const { host } = hosted({
      mixed: `exports.handler = async ({ fate }) => {
        if (fate === 'wait') await new Promise((resolve) => setTimeout(resolve, 300));
        const until = process.threadCpuUsage().user + 300_000;
        if (fate === 'work') while (process.threadCpuUsage().user < until);
        if (fate === 'throw') throw new Error('no');
      }`,
    });
    const told: EndedInvocation[] = [];
    host.observe((ended) => told.push(ended));

    await host.invoke('mixed', { fate: 'wait' });
    await host.invoke('mixed', { fate: 'work' });
    await failure(host.invoke('mixed', { fate: 'throw' }));

    const common = { functionName: 'mixed', memorySize: 128 };
    expect(told).toMatchObject([
      { ...common, event: '{"fate":"wait"}' },
      { ...common, event: '{"fate":"work"}' },
      { ...common, event: '{"fate":"throw"}' },
    ]);
    const [waited, worked] = told as [EndedInvocation, EndedInvocation];
    expect(waited.durationMs).toBeGreaterThanOrEqual(299);
    expect(worked.cpuMs).toBeGreaterThanOrEqual(300);
    expect(waited.cpuMs).toBeLessThan(worked.cpuMs / 2);
  });

  it('receives its event and returns its result as JSON, and receives the context of Lambda', async () => {
    const { host } = hosted(
      {
        shapes: `exports.handler = (event, context) => ({
        event, at: new Date(0), none: undefined, context, left: context.getRemainingTimeInMillis() })`,
        silent: 'exports.handler = async () => undefined',
      },
      { timeoutSeconds: 30 },
    );

    const result = await host.invoke('shapes', { when: new Date(0), '😀': [1.5] });

    expect(result).toEqual({
      event: { when: '1970-01-01T00:00:00.000Z', '😀': [1.5] },
      at: '1970-01-01T00:00:00.000Z',
      left: expect.any(Number),
      context: {
        callbackWaitsForEmptyEventLoop: true,
        functionName: 'test-shapes',
        functionVersion: '$LATEST',
        invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:test-shapes',
        memoryLimitInMB: '128',
        awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        logGroupName: '/aws/lambda/test-shapes',
        logStreamName: 'local',
      },
    });
    const { left } = result as { left: number };
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(30_000);
    expect(await host.invoke('silent', {})).toBeUndefined();
  });

  it('is invoked by its alias, as its first version, if it has one', async () => {
    const { host } = hosted(
      {
        shifted: `exports.handler = (event, context) => [
          process.env.AWS_LAMBDA_FUNCTION_VERSION, context.functionVersion, context.invokedFunctionArn ]`,
      },
      { alias: 'live' },
    );

    expect(await host.invoke('shifted', {})).toEqual([
      ...['1', '1', 'arn:aws:lambda:us-east-1:000000000000:function:test-shifted:live'],
    ]);
  });

  it('sees the environment of its template and of Lambda, but not that of the host', async () => {
    vi.stubEnv('AWS_PROFILE', 'my-own');
    vi.stubEnv('ANCRAGE_LEAK', '1');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const { host } = hosted(
      { env: 'exports.handler = async () => process.env' },
      { environment: { TABLE: 't' } },
    );

    const environment = await host.invoke('env', {});

    expect(environment).toEqual(host.environmentOf('env'));
    expect(environment).toMatchObject({
      TABLE: 't',
      AWS_ENDPOINT_URL_SQS: 'http://sqs.test',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://dynamodb.test',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'test-env',
    });
    expect(environment).not.toHaveProperty('AWS_PROFILE');
    expect(environment).not.toHaveProperty('ANCRAGE_LEAK');
  });

  it.each([
    ['throw', 'RangeError', 'out of range'],
    ['throw a text', 'Error', 'just text'],
  ])(
    'that does %s fails the invocation, and its instance keeps working',
    async (fate, errorType, message) => {
      const { host, shown, lines } = hosted({ fragile: FRAGILE });
      const before = (await host.invoke('fragile', {})) as { threadId: number };

      expect(await failure(host.invoke('fragile', { fate }))).toMatchObject({ errorType, message });

      expect(await host.invoke('fragile', {})).toEqual({ threadId: before.threadId, count: 2 });
      await shown((line) => line.startsWith('fragile │') && line.includes(message));
      expect(lines).toHaveLength(1);
    },
  );

  it.each([
    ['exit', 'The function fragile exited with code 3'],
    ['throw later', 'The function fragile crashed: boom later'],
    ['reject later', 'The function fragile crashed: boom aside'],
    ['fill the memory', /^The function fragile crashed: .*memory/],
  ])(
    'whose instance crashes (%s) fails only the invocation of that instance, and the next invocation works',
    async (fate, message) => {
      const own = await startGate();
      onTestFinished(() => own.stop());
      const { host } = hosted({ fragile: FRAGILE }, { concurrency: 2, memorySize: 32 });
      const bystander = host.invoke('fragile', { gate: own.url() });
      await own.waitFor(1);

      const { errorType, message: told } = await failure(host.invoke('fragile', { fate }));

      expect(errorType).toBe('Runtime.ExitError');
      expect(told).toMatch(message);
      expect(await host.invoke('fragile', {})).toMatchObject({ count: 1 });
      own.open();
      expect(await bystander).toMatchObject({ count: 1 });
    },
  );

  it.each(['hang', 'spin'])(
    'that would %s is terminated when it times out, and the next invocation works',
    async (fate) => {
      const { host, shown } = hosted({ fragile: FRAGILE }, { concurrency: 1, timeoutSeconds: 1 });
      const { threadId } = (await host.invoke('fragile', {})) as { threadId: number };

      const late = host.invoke('fragile', { fate });
      const next = host.invoke('fragile', {});

      expect((await failure(late)).message).toBe('Task timed out after 1.00 seconds');
      const after = (await next) as { threadId: number; count: number };
      expect(after.count).toBe(1);
      expect(after.threadId).not.toBe(threadId);
      expect(await shown((line) => line.includes('Task timed out'))).toContain('fragile │');
    },
  );

  it.each([
    ['throws while it loads', "throw new Error('no table name')", /crashed: no table name/],
    ['lacks the export', 'exports.main = async () => 1', /crashed: .*exports no function named handler/],
    ['is not JavaScript', 'exports.handler = async () => {', /crashed: /],
  ])('that %s fails each invocation with the reason', async (_, source, message) => {
    const { host } = hosted({ broken: source }, { concurrency: 1 });

    const faults = await Promise.all([1, 2, 3].map((n) => failure(host.invoke('broken', { n }))));

    for (const fault of faults) expect(fault.message).toMatch(message);
  });

  it('may return at most 6 MB', async () => {
    const { host } = hosted({ big: "exports.handler = async ({ size }) => 'x'.repeat(size)" });
    const limit = 6 * 1024 * 1024 - 2;

    expect(await host.invoke('big', { size: limit })).toHaveLength(limit);
    expect((await failure(host.invoke('big', { size: limit + 1 }))).errorType).toBe(
      'Function.ResponseSizeTooLarge',
    );
    expect(await host.invoke('big', { size: 1 })).toBe('x');
  });

  it('logs to a file, and shows errors in a readable form', async () => {
    const functions = hosted({
      chatty: `exports.handler = async () => {
        console.log('plain'); console.log('{"level":"ERROR","message":"bad"}'); console.error('to stderr'); }`,
    });

    await functions.host.invoke('chatty', {});
    await functions.shown((line) => line.includes('bad'));
    await functions.shown((line) => line.includes('to stderr'));
    await functions.host.stop();

    expect([...functions.lines].sort()).toEqual(['chatty │ ERROR bad', 'chatty │ to stderr']);
    expect(functions.logOf('chatty').trim().split('\n').sort()).toEqual(
      ['plain', 'to stderr', '{"level":"ERROR","message":"bad"}'].sort(),
    );
  });

  it('shows all log lines if the host is verbose', async () => {
    const { host, shown } = hosted(
      { chatty: "exports.handler = async () => console.log('plain')" },
      { verbose: true },
    );

    await host.invoke('chatty', {});

    expect(await shown(() => true)).toBe('chatty │ plain');
  });

  describe('that is terminated', () => {
    it('during invocations fails those, and runs the waiting and later ones', async () => {
      const own = await startGate();
      onTestFinished(() => own.stop());
      const { host } = hosted({ gated: GATED }, { concurrency: 2 });
      const invoke = (name: string) => host.invoke('gated', { gate: own.url(), name });
      const ran = ['a', 'b'].map((name) => failure(invoke(name)));
      const waited = ['c', 'd', 'e'].map(invoke);
      await own.waitFor(2);

      expect(await host.terminate('gated')).toBe(2);
      own.open();

      for (const fault of await Promise.all(ran))
        expect(fault.message).toBe('The function gated was terminated');
      expect(await Promise.all(waited)).toMatchObject([{ name: 'c' }, { name: 'd' }, { name: 'e' }]);
      // One after another, so that the invocations use idle instances.
      for (const name of ['f', 'g', 'h']) expect(await invoke(name)).toMatchObject({ name });
    });

    it('during invocations with none waiting runs all later ones', async () => {
      const own = await startGate();
      onTestFinished(() => own.stop());
      const { host } = hosted({ gated: GATED }, { concurrency: 2 });
      const invoke = (name: string) => host.invoke('gated', { gate: own.url(), name });
      for (const round of [1, 2, 3]) {
        const ran = ['a', 'b'].map((name) => failure(invoke(name)));
        await own.waitFor(2 * round);
        expect(await host.terminate('gated')).toBe(2);
        await Promise.all(ran);
      }
      own.open();

      const results = await Promise.all(['c', 'd', 'e', 'f'].map(invoke));

      expect(results).toMatchObject([{ name: 'c' }, { name: 'd' }, { name: 'e' }, { name: 'f' }]);
    });

    it('while idle starts a new instance for the next invocation', async () => {
      const { host } = hosted({ fragile: FRAGILE });
      await host.invoke('fragile', {});

      expect(await host.terminate('fragile')).toBe(1);

      expect(await host.invoke('fragile', {})).toMatchObject({ count: 1 });
      expect(await host.terminate('fragile')).toBe(1);
      expect(await host.terminate('fragile')).toBe(0);
    });

    it('while it loads fails the invocation that waits for it', async () => {
      const { host } = hosted({ fragile: FRAGILE });
      const early = failure(host.invoke('fragile', {}));
      // The instance is created in the next microtask, but its thread takes far longer to load.
      await Promise.resolve();

      expect(await host.terminate('fragile')).toBe(1);

      expect((await early).message).toBe('The function fragile was terminated');
      expect(await host.invoke('fragile', {})).toMatchObject({ count: 1 });
    });
  });

  describe('that is replaced', () => {
    it('finishes what runs, and runs the waiting and later ones on other instances', async () => {
      const own = await startGate();
      onTestFinished(() => own.stop());
      const { host } = hosted({ gated: GATED }, { concurrency: 2 });
      const invoke = (name: string) => host.invoke('gated', { gate: own.url(), name });
      const ran = ['a', 'b'].map(invoke);
      const waited = invoke('c');
      await own.waitFor(2);

      const replaced = host.replace('gated');
      own.open();

      const former = (await Promise.all(ran)) as { threadId: number }[];
      const { threadId } = (await waited) as { threadId: number };
      await replaced;
      expect(former.map((each) => each.threadId)).not.toContain(threadId);
    });

    it('while idle starts a new instance for the next invocation', async () => {
      const { host } = hosted({ fragile: FRAGILE });
      await host.invoke('fragile', {});

      await host.replace('fragile');

      expect(await host.invoke('fragile', {})).toMatchObject({ count: 1 });
      expect(await host.terminate('fragile')).toBe(1);
    });
  });

  it('fails running, waiting and later invocations once the host has stopped', async () => {
    const own = await startGate();
    onTestFinished(() => own.stop());
    const { host } = hosted({ gated: GATED }, { concurrency: 1 });
    const invoke = (name: string) => failure(host.invoke('gated', { gate: own.url(), name }));
    const early = ['runs', 'waits'].map(invoke);
    await own.waitFor(1);

    await host.stop();

    for (const fault of [...(await Promise.all(early)), await invoke('late')])
      expect(fault.message).toBe('The local stack has stopped');
  });

  it('must exist', async () => {
    const { host } = hosted({ fragile: FRAGILE, gated: GATED });

    await expect(host.invoke('nope', {})).rejects.toThrow(
      'There is no function nope; the functions are fragile, gated',
    );
  });
});
