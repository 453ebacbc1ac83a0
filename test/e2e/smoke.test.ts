import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { freePort } from '../../local/engines/free-port.ts';
import { breakApi, type Fault } from '../support/broken-api.ts';
import { type Stack, useStack } from '../support/stack.ts';
import { useCli } from './admin-cli.ts';

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
  'clean-up',
];
const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');

/** What is left in the table of projects, keys, subscriptions and whatever else belongs to them. */
async function settingsIn({ table }: Stack): Promise<string[]> {
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
  return Items.filter(({ deleted }) => deleted !== true)
    .map(({ pk, sk }) => `${pk} ${sk}`)
    .filter((key) => !/^(EVENT|EVENTS|TRAFFIC)#/.test(key))
    .sort();
}

describe('npm run smoke, on a local stack,', () => {
  const cli = useCli('smoke');
  const dataDir = join(cli.home, '.local');
  mkdirSync(dataDir);
  const stack = useStack({ dataDir });

  /** Outputs of this stack, whose API is elsewhere. */
  const outputsWith = (apiUrl: string): string => {
    writeFileSync(join(cli.home, 'other.json'), JSON.stringify({ ...stack().outputs, apiUrl }));
    return 'other.json';
  };
  const broken = async (fault: Fault, ...args: string[]) => {
    const api = await breakApi(stack().outputs.apiUrl, fault);
    onTestFinished(() => api.stop());
    return cli.run(['--outputs', outputsWith(api.url), '--json', ...args]);
  };

  it('passes, tells each check in a line, and leaves nothing behind', async () => {
    const before = await settingsIn(stack());
    const passed = await cli.run(['--local']);
    expect(passed).toMatchObject({ exitCode: 0, stderr: '' });
    const [head, ...lines] = passed.stdout.trimEnd().split('\n');
    expect(head).toBe(`${stack().outputs.apiUrl} (stage local)`);
    expect(lines.pop()).toBe('The stack works.');
    expect(lines.map((line) => /^✓ (\S+) .+ \d+ ms$/.exec(line)?.[1])).toEqual(CHECKS);
    expect(await settingsIn(stack())).toEqual(before);
  });

  it('passes with a key of a project that is there, in that project, and tells it as JSON', async () => {
    const made = await stack().call('POST', '/v1/projects/demo/keys', {
      name: 'ci',
      scopes: ['manage', 'publish'],
    });
    const before = await settingsIn(stack());
    const passed = await cli.run(['--local', '--json', '--no-queue'], { ANCRAGE_KEY: made.body.secret });
    expect(passed.exitCode).toBe(0);
    expect(passed.json()).toMatchObject({ ok: true, stage: 'local', apiUrl: stack().outputs.apiUrl });
    const names = passed.json().checks.map(({ name }: { name: string }) => name);
    expect(names).toEqual(CHECKS.filter((name) => name !== 'project' && name !== 'queue'));
    // For people the lines are there all the same.
    expect(passed.stderr).toContain('✓ silence');
    expect(passed.stdout + passed.stderr).not.toContain(made.body.secret);
    expect(await settingsIn(stack())).toEqual(before);
    const pongs = await stack().call('GET', '/v1/projects/demo/events?type=smoke.pong');
    expect(pongs.body.data).toHaveLength(2);
    // Those who subscribe to everything are not bothered with them.
    expect(pongs.body.data.every(({ suppress }: { suppress: boolean }) => suppress)).toBe(true);
  });

  it('says that the API is not there, and makes nothing', async () => {
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
    expect(await settingsIn(stack())).toEqual(before);
  });

  it('says that the key is wrong, without telling it', async () => {
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

  it('says which scopes a key lacks', async () => {
    const made = await stack().call('POST', '/v1/projects/demo/keys', { name: 'ci', scopes: ['publish'] });
    const failed = await cli.run(['--local', '--json', '--key', made.body.secret]);
    expect(failed.json().checks.at(-1)).toMatchObject({
      name: 'key',
      expected: 'the key has the scopes manage and publish',
      found: 'the key has publish',
    });
  });

  const BREAKS: [what: string, check: string, found: RegExp, fault: Fault][] = [
    [
      'an API that is another',
      'api',
      /"openapi":"3\.1\.0"/,
      ({ path }) => (path === '/openapi.json' ? answer(200, '{"openapi":"3.1.0"}') : undefined),
    ],
    [
      'deliveries that are refused',
      'deliver',
      /^attempt \d failed \(status\): answered 500\n\{"detail":"broken"\}$/,
      ({ userAgent }) => (isDelivery(userAgent) ? answer(500, '{"detail":"broken"}') : undefined),
    ],
    [
      'requests that another secret has signed',
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
      'deliveries that are taken and lost',
      'receive',
      /^the event log has no event smoke-\w+-(https|queue)-pong$/,
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
  ];
  let key = '';
  const unmasked = ({ status, body }: { status: number; body: string }) => ({
    status,
    body: body.replaceAll('"***"', JSON.stringify(`Bearer ${key}`)),
  });

  it.each(BREAKS)('finds %s, and leaves nothing behind', async (_, name, found, fault) => {
    const before = await settingsIn(stack());
    const made = await stack().call('POST', '/v1/projects/demo/keys', {
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
    await stack().call('DELETE', `/v1/projects/demo/keys/${made.body.id}`);
    expect(await settingsIn(stack())).toEqual(before);
  });

  it('removes what it made when it is interrupted', async () => {
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
    expect(await settingsIn(stack())).toEqual(before);
  });

  it('is told what to do by a wrong command line', async () => {
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

describe('npm run smoke, on a stack that works off no deliveries,', () => {
  const cli = useCli('smoke');
  const dataDir = join(cli.home, '.local');
  mkdirSync(dataDir);
  const cdkOut = withoutWorker('Deliveries');
  afterAll(() => rmSync(cdkOut, { recursive: true }));
  const stack = useStack({ dataDir, cdkOut });

  it('says so, and leaves nothing behind', async () => {
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
    expect(await settingsIn(stack())).toEqual(before);
  });
});

const answer = (status: number, body: string) => Promise.resolve({ status, body });
const isDelivery = (userAgent: string) => userAgent.startsWith('Ancrage/');

/** The synthesised stack, without what works off a queue. */
function withoutWorker(queue: string): string {
  // Beside the other one: what lies further up must not change how the bundles run.
  const cdkOut = mkdtempSync(join(inject('cdkOut'), '../test-'));
  cpSync(inject('cdkOut'), cdkOut, { recursive: true });
  const file = join(cdkOut, readdirSync(cdkOut).find((name) => name.endsWith('.template.json')) ?? '');
  const template = JSON.parse(readFileSync(file, 'utf8'));
  for (const [id, { Type, Properties }] of Object.entries<TemplateResource>(template.Resources)) {
    const isWorker = Type === 'AWS::Lambda::EventSourceMapping';
    if (isWorker && JSON.stringify(Properties).includes(queue)) delete template.Resources[id];
  }
  writeFileSync(file, JSON.stringify(template));
  return cdkOut;
}

interface TemplateResource {
  readonly Type: string;
  readonly Properties: unknown;
}
