import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { fromPathSegment } from '../../client/index.ts';
import { freePort } from '../../local/engines/free-port.ts';
import { assemblyWith } from '../support/assembly.ts';
import { breakApi, type Fault } from '../support/broken-api.ts';
import { useCli } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { useReceiver } from '../support/receiver.ts';
import { type Stack, useOwnStack } from '../support/stack.ts';
import { scanned } from '../support/stored.ts';
import { callPump } from '../support/waiting.ts';

const CHECKS = [
  'api',
  'project',
  'key',
  'subscribe',
  'publish',
  'queue',
  'fan-out',
  'deliver',
  'signature',
  'receive',
  'unsubscribe',
  'silence',
  'console',
  'bearer',
  'not-found',
  'names',
  'clean-up',
];
const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');

/** What was published, and what was sent of it: it is forgotten after days. */
const PUBLISHED = /^(EVENT|EVENTS|LOT|SUCCESSES|FAILURES|TRAFFIC|ALLOWANCE)#/;

/** The keys of the projects, keys, subscriptions and whatever else belongs to them in the table. */
/** The numbers of a project’s subscriptions and event types are none of them, and begin with the first. */
const settingsIn = async (stack: Stack): Promise<string[]> =>
  Object.entries(await scanned(stack))
    .filter(
      ([key, { deleted }]) =>
        deleted !== true && !PUBLISHED.test(key) && !/^REPAIRS | (SUBSCRIPTIONS|EVENT-TYPES)$/.test(key),
    )
    .map(([key]) => key)
    .sort();

/** Wait until there are just these settings. What is left of a deleted subscription is removed by its pump. */
const untilSettings = (stack: Stack, wanted: readonly string[]): Promise<unknown> =>
  eventually('nothing is left behind', async () => {
    const found = await settingsIn(stack);
    const left = found.filter((key) => !wanted.includes(key));
    for (const key of left) {
      const id = /^SUB#(\S+) FLOW$/.exec(key)?.[1];
      if (id !== undefined) await callPump(stack, id);
    }
    expect(left).toEqual([]);
    // A flow item that was there before may have been that of a subscription which an earlier test deleted.
    const settled = (keys: readonly string[]) => keys.filter((key) => !key.endsWith(' FLOW'));
    expect(settled(found)).toEqual(settled(wanted));
  });

describe('npm run smoke on a local stack', () => {
  const receiver = useReceiver();
  const cli = useCli('smoke');
  const dataDir = join(cli.home, '.local');
  mkdirSync(dataDir);
  const stack = useOwnStack({ dataDir });

  /** Outputs of this stack, whose API and console are elsewhere. */
  const outputsWith = (apiUrl: string): string => {
    writeFileSync(
      join(cli.home, 'other.json'),
      JSON.stringify({ ...stack().outputs, apiUrl, consoleUrl: apiUrl }),
    );
    return 'other.json';
  };
  const broken = async (fault: Fault, ...args: string[]) => {
    const api = await breakApi(stack().outputs.apiUrl, fault);
    onTestFinished(() => api.stop());
    return cli.run(['--outputs', outputsWith(api.url), '--json', ...args]);
  };

  it('passes, prints a line for each check, and leaves nothing behind', async () => {
    const before = await settingsIn(stack());
    const passed = await cli.run(['--local']);
    expect(passed).toMatchObject({ exitCode: 0, stderr: '' });
    const [head, ...lines] = passed.stdout.trimEnd().split('\n');
    expect(head).toBe(`${stack().outputs.apiUrl} (stage local)`);
    expect(lines.pop()).toBe('The stack works.');
    expect(lines.map((line) => /^✓ (\S+) .+ \d+ ms$/.exec(line)?.[1])).toEqual(CHECKS);
    await untilSettings(stack(), before);
  });

  it('passes with a key of an existing project, and prints the result as JSON', async () => {
    const made = await stack().call('POST', 'keys', {
      name: 'ci',
      scopes: ['manage', 'publish'],
    });
    const before = await settingsIn(stack());
    const other = await stack().subscribe({ url: receiver.url(), events: ['*'] });
    const passed = await cli.run(['--local', '--json', '--no-queue'], { ANCRAGE_KEY: made.body.secret });
    expect(passed.exitCode).toBe(0);
    expect(passed.json()).toMatchObject({ ok: true, stage: 'local', apiUrl: stack().outputs.apiUrl });
    const names = passed.json().checks.map(({ name }: { name: string }) => name);
    expect(names).toEqual(CHECKS.filter((name) => name !== 'project' && name !== 'queue'));
    // For people the lines are there all the same.
    expect(passed.stderr).toContain('✓ silence');
    expect(passed.stdout + passed.stderr).not.toContain(made.body.secret);
    await stack().done('DELETE', `subscriptions/${other.id}`);
    await untilSettings(stack(), before);
    const pongs = await stack().call('GET', 'events?type=smoke.pong');
    expect(pongs.body.data).toHaveLength(2);
    // Those who subscribe to everything are not bothered with them.
    expect(pongs.body.data.every(({ suppress }: { suppress: boolean }) => suppress)).toBe(true);
  });

  it('reports that the API does not respond, and creates nothing', async () => {
    const before = await settingsIn(stack());
    const url = `http://127.0.0.1:${await freePort()}`;
    const failed = await cli.run(['--outputs', outputsWith(url), '--timeout', '1']);
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout.replace(/\d+ ms$/m, '7 ms').split('\n')).toEqual([
      `${url} (stage local)`,
      '✗ api          the API responds  7 ms',
      `    expected  GET ${url}/openapi.json returns the OpenAPI document of Ancrage within 1 s`,
      `    found     The API does not respond at ${url}: ECONNREFUSED.`,
      '    look      docs/runbook.md#smoke-api',
      '              logs/openapi.log of the local stack',
      'Failed: api.',
      '',
    ]);
    await untilSettings(stack(), before);
  });

  it('reports a wrong key without printing it', async () => {
    const failed = await cli.run(['--local', '--json', '--key', 'ancrage_key_nonsense']);
    expect(failed.exitCode).toBe(1);
    expect(failed.json().checks.at(-1)).toMatchObject({
      name: 'key',
      ok: false,
      found: expect.stringContaining('The API responded with 401'),
      look: ['docs/runbook.md#smoke-key', 'logs/authorize.log of the local stack', expect.any(String)],
    });
    expect(failed.stdout + failed.stderr).not.toContain('nonsense');
  });

  it('reports which scopes a key lacks', async () => {
    const made = await stack().call('POST', 'keys', { name: 'ci', scopes: ['publish'] });
    const failed = await cli.run(['--local', '--json', '--key', made.body.secret]);
    expect(failed.json().checks.at(-1)).toMatchObject({
      name: 'key',
      expected: 'the key has the scopes manage and publish',
      found: 'the key has publish',
    });
  });

  const BREAKS: [what: string, check: string, found: RegExp, fault: Fault][] = [
    [
      'another API',
      'api',
      /"openapi":"3\.1\.0"/,
      ({ path }) => (path === '/openapi.json' ? answer(200, '{"openapi":"3.1.0"}') : undefined),
    ],
    [
      'rejected deliveries',
      'deliver',
      /^attempt \d failed \(status\): answered 500\n\{"detail":"broken"\}$/,
      ({ userAgent }) => (isDelivery(userAgent) ? answer(500, '{"detail":"broken"}') : undefined),
    ],
    [
      'requests with the signature of another secret',
      'signature',
      /No matching signature found/,
      ({ path }, pass) =>
        path.endsWith('/attempts')
          ? pass().then(({ status, body }) => ({ status, body: body.replaceAll('"v1,', '"v1,AAAA') }))
          : undefined,
    ],
    [
      'a log that shows the key',
      'signature',
      /^the request log shows the key$/,
      ({ path }, pass) => (path.endsWith('/attempts') ? pass().then(unmasked) : undefined),
    ],
    [
      'deliveries that are accepted and lost',
      'receive',
      /^the event log has no event smoke-\w+-(https|queue)\/pong$/,
      ({ userAgent }) => (isDelivery(userAgent) ? answer(202, '{"ids":[]}') : undefined),
    ],
    [
      'a subscription that cannot be deleted',
      'unsubscribe',
      /^the deleted subscription is returned$/,
      ({ method }) => (method === 'DELETE' ? answer(204, '') : undefined),
    ],
    [
      'a subscription that only seems to be deleted',
      'silence',
      /^attempts for sub_\w+$/,
      ({ method, path }) => {
        if (method === 'DELETE') return answer(204, '');
        return method === 'GET' && /\/subscriptions\/sub_\w+$/.test(path) ? answer(404, '{}') : undefined;
      },
    ],
    [
      'a console without its assets',
      'console',
      /^status 404, application\/json, 2 characters$/,
      ({ path }) => (path.startsWith('/assets/') ? answer(404, '{}') : undefined),
    ],
    [
      'a page of something else',
      'console',
      /^<h1>It works/,
      ({ path }) => (path === '/' ? answer(200, '<h1>It works</h1>', 'text/html') : undefined),
    ],
    [
      'a host that makes one caller’s response everybody’s',
      'bearer',
      /^a 200$/,
      ({ path, authorization }, pass) => {
        if (path !== '/v1/key') return undefined;
        if (authorization !== undefined) ownKey = pass();
        return ownKey;
      },
    ],
    [
      'a host that caches a 404',
      'not-found',
      /^the former 404$/,
      ({ method, path }) => {
        if (method !== 'GET' || !path.includes('/event-types/')) return undefined;
        // First through the console’s host, then directly, then through the host again.
        return ++lookedUp === 2 ? undefined : answer(404, '{}');
      },
    ],
    [
      'a path that loses a question mark',
      'names',
      /^the event log has no event smoke-\w+\?question$/,
      ({ path }) =>
        fromPathSegment(path.split('/').at(-1) ?? '')?.endsWith('?question') ? answer(404, '{}') : undefined,
    ],
  ];
  let lookedUp = 0;
  let ownKey: Promise<{ status: number; body: string }> = answer(401, '{}');
  let key = '';
  const unmasked = ({ status, body }: { status: number; body: string }) => ({
    status,
    body: body.replaceAll('"***"', JSON.stringify(`Bearer ${key}`)),
  });

  it.each(BREAKS)('finds %s, and leaves nothing behind', async (_, name, found, fault) => {
    const before = await settingsIn(stack());
    const made = await stack().call('POST', 'keys', {
      name: 'mine',
      scopes: ['manage', 'publish'],
    });
    key = made.body.secret;
    const args = name === 'signature' ? ['--key', key] : [];
    const failed = await broken(fault, '--timeout', '4', ...args);
    expect(failed.exitCode).toBe(1);
    const { ok, checks } = failed.json();
    expect(ok).toBe(false);
    const bad = checks.filter((check: { ok: boolean }) => !check.ok);
    expect(bad).toMatchObject([{ name, found: expect.stringMatching(found) }]);
    // A reader finds the heading that is named.
    const [heading] = bad[0].look;
    expect(heading).toBe(`docs/runbook.md#smoke-${name}`);
    expect(failed.stdout + failed.stderr).not.toContain(key);
    await stack().call('DELETE', `keys/${made.body.id}`);
    await untilSettings(stack(), before);
  });

  it('deletes what it created when it is interrupted', async () => {
    const before = await settingsIn(stack());
    const publishing = Promise.withResolvers<void>();
    const api = await breakApi(stack().outputs.apiUrl, ({ method, path }) => {
      if (method !== 'POST' || !path.endsWith('/events')) return undefined;
      publishing.resolve();
      return new Promise(() => {});
    });
    onTestFinished(() => api.stop());
    const { child, ended } = cli.start(['--outputs', outputsWith(api.url)]);
    await publishing.promise;
    expect(await settingsIn(stack())).not.toEqual(before);
    child.kill('SIGINT');
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^ +found +interrupted\n✓ clean-up .*\nFailed: publish\.$/m);
    await untilSettings(stack(), before);
  });

  it('explains a wrong command line', async () => {
    const wrong = await cli.run(['--local', '--timeout', 'soon']);
    expect(wrong).toMatchObject({
      exitCode: 2,
      stderr: '--timeout must be a number of seconds up to 3600, not "soon".\n',
    });
  });

  it.each(CHECKS)('has a heading in the runbook for the check "%s"', (name) => {
    expect(runbook.split('\n').filter((line) => line === `### smoke: ${name}`)).toHaveLength(1);
  });
});

describe('npm run smoke on a stack that processes no deliveries', () => {
  const cli = useCli('smoke');
  const dataDir = join(cli.home, '.local');
  mkdirSync(dataDir);
  const cdkOut = withoutConsumer('Deliveries');
  afterAll(() => rmSync(cdkOut, { recursive: true }));
  const stack = useOwnStack({ dataDir, cdkOut });

  it('reports that, and leaves nothing behind', async () => {
    const before = await settingsIn(stack());
    const failed = await cli.run(['--local', '--json', '--timeout', '3']);
    expect(failed.exitCode).toBe(1);
    expect(failed.json().checks.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([
      {
        name: 'deliver',
        title: 'the events are delivered, and the request log shows the attempts',
        ok: false,
        ms: expect.any(Number),
        expected: expect.stringMatching(
          /^the request log shows a 2xx attempt for smoke-\w+-https within 3 s$/,
        ),
        found: 'the request log shows no attempt',
        look: [
          'docs/runbook.md#smoke-deliver',
          'logs/deliver.log of the local stack',
          'logs/fan-out.log of the local stack',
        ],
      },
    ]);
    await untilSettings(stack(), before);
  });
});

const answer = (status: number, body: string, type = 'application/json') =>
  Promise.resolve({ status, body, type });
const isDelivery = (userAgent: string) => userAgent.startsWith('Ancrage/');

/** The synthesised stack without the consumer of a queue. */
const withoutConsumer = (queue: string): string =>
  assemblyWith(inject('cdkOut'), (text) => {
    const template = JSON.parse(text);
    for (const [id, { Type, Properties }] of Object.entries<TemplateResource>(template.Resources)) {
      const isConsumer = Type === 'AWS::Lambda::EventSourceMapping';
      if (isConsumer && JSON.stringify(Properties).includes(queue)) delete template.Resources[id];
    }
    return JSON.stringify(template);
  });

interface TemplateResource {
  readonly Type: string;
  readonly Properties: unknown;
}
