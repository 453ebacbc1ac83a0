import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { freePort } from '../../local/engines/free-port.ts';
import { useCli } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { startReceiver, status } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';

describe('npm run admin on a local stack', () => {
  const cli = useCli('admin');
  const dataDir = join(cli.home, '.local');
  mkdirSync(dataDir);
  const stack = useOwnStack({ dataDir });
  const admin = (...args: string[]) => cli.run(['--local', ...args]);

  it('creates projects and lists them', async () => {
    const made = await admin('projects', 'create', 'erp', '--name', 'Our ERP', '--retention-days', '90');
    expect(made).toMatchObject({ exitCode: 0, stderr: '' });
    expect(made.stdout).toMatch(/^id +erp\nname +Our ERP\nretention days +90\ncreated +\S+Z\n$/);
    const other = await admin('projects', 'create', 'crm', '--json');
    expect(other.json()).toMatchObject({ id: 'crm', name: null, retentionDays: 30 });

    const listed = await admin('--json', 'projects', 'list');
    expect(listed.json().map(({ id }: { id: string }) => id)).toEqual(['crm', 'erp', 'demo']);
    const table = (await admin('projects', 'list')).stdout.trimEnd().split('\n');
    expect(table).toHaveLength(4);
    expect(table[0]).toMatch(/^ID +NAME +RETENTION DAYS +CREATED$/);
    expect(table[2]).toMatch(/^erp +Our ERP +90 +\S+Z$/);

    // The stack sees what the command made.
    expect((await stack().call('GET', '/v1/projects/erp')).body).toMatchObject({ retentionDays: 90 });
  });

  it('rotates secrets beside the functions, which read them as before', async () => {
    const { id } = await stack().subscribe({ url: 'http://127.0.0.1:9/?key=1', events: ['rotated'] });
    const table = stack().table;
    await table.client.send(
      new UpdateCommand({
        ...{ TableName: table.tableName, Key: KEY.subscription(stack().project, id) },
        ...{
          UpdateExpression: 'SET headers = :old',
          ExpressionAttributeValues: { ':old': { 'x-old': 'a' } },
        },
      }),
    );
    const rotated = await admin('secrets', 'rotate', '--json');
    expect(rotated).toMatchObject({ exitCode: 0 });
    expect(rotated.json()).toMatchObject({ rewritten: 1, dataKey: 1 });
    const again = await admin('secrets', 'rotate');
    expect(again.stdout).toMatch(/^rewritten +0\nunchanged +\d+\ndata key +1\n$/);
    const withNewKey = await admin('secrets', 'rotate', '--new-data-key', '--json');
    expect(withNewKey.json()).toMatchObject({ dataKey: 2 });
    const shown = await stack().get(`subscriptions/${id}`);
    expect([shown.url, Object.keys(shown.headers)]).toEqual(['http://127.0.0.1:9/?key=1', ['x-old']]);
  });

  it('calls the API with any name in braces', async () => {
    const { project, publish, storedEvent } = stack();
    for (const id of ['order/1042?', '{50%}']) {
      await publish({ type: 'named', id, data: {} });
      await storedEvent(id);
      const path = `/v1/projects/{${project}}/events/{${id}}`;
      expect((await admin('call', 'GET', path)).json().id).toBe(id);
      expect((await admin('call', 'GET', `${path}/attempts?limit=1`)).json().data).toEqual([]);
    }
    const filters = '/api/resource/Webhook?filters={"name":["like","x/{y}/z"]}';
    expect((await admin('call', 'GET', filters)).json()).toMatchObject({ data: [] });
  });

  it('has no origin secret to rotate without apiOnlyBehindCloudFront', async () => {
    const { exitCode, stdout, stderr } = await admin('origin-secret', 'rotate');
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^The outputs have no origin secret: is apiOnlyBehindCloudFront set and deployed\?\n$/,
    );
  });

  it('creates keys that work, lists them without their secrets, and deletes them', async () => {
    await admin('projects', 'create', 'keyed');
    const made = await admin('keys', 'create', 'keyed', 'ci', '--scope', 'publish', 'read', '--json');
    expect(made).toMatchObject({ exitCode: 0, stderr: 'Save the secret: it cannot be shown again.\n' });
    const { id, secret } = made.json();
    expect(made.json()).toEqual({ id, name: 'ci', scopes: ['publish', 'read'], secret });
    const event = { type: 'x', data: {} };
    const published = () => stack().call('POST', '/v1/projects/keyed/events', event, { bearer: secret });
    expect((await published()).status).toBe(202);

    const spoken = await admin('keys', 'create', 'keyed', 'for people', '--scope', 'manage');
    expect(spoken.stdout).toMatch(
      /^id +key_\w+\nname +for people\nscopes +manage\nsecret +ancrage_key_\S+\n$/,
    );

    const listed = await admin('keys', 'list', 'keyed', '--json');
    expect(listed.json()).toEqual([
      expect.objectContaining({ name: 'for people' }),
      { id, project: 'keyed', name: 'ci', scopes: ['publish', 'read'], createdAt: expect.any(String) },
    ]);
    expect((await admin('keys', 'list', 'keyed')).stdout).toMatch(
      new RegExp(`^${id} +ci +publish read +`, 'm'),
    );

    expect((await admin('keys', 'delete', 'keyed', id, '--json')).json()).toEqual({ id, deleted: true });
    const again = await admin('keys', 'delete', 'keyed', id);
    expect(again).toMatchObject({
      exitCode: 0,
      stdout: `Deleted ${id}. It may read and publish for another minute.\n`,
    });
    expect((await admin('keys', 'list', 'keyed', '--json')).json()).toHaveLength(1);
  });

  it.each([
    ['no message to discard', ['discard', 'events'], 2, 'Pass either message ids or --all.'],
    ['ids and --all', ['discard', 'events', 'x', '--all'], 2, 'Pass either message ids or --all.'],
    ['an unknown dead letter', ['discard', 'events', 'x'], 1, '1 of 1 messages were not found'],
    ['a limit of 0', ['dead-letters', 'events', '--limit', '0'], 2, 'a whole number from 1 to 1000'],
    ['a path without its slash', ['call', 'GET', 'v1/key'], 2, 'The path must begin with "/".'],
    ['a body that is not JSON', ['call', 'POST', '/v1/projects', '{'], 2, 'The body is not JSON'],
    ['a request that the API rejects', ['call', 'GET', '/v1/projects/none'], 1, 'The API responded with 404'],
  ])('fails for %s', async (_, args, exitCode, message) => {
    expect(await admin(...args)).toMatchObject({ exitCode, stderr: expect.stringContaining(message) });
  });

  it('reports that there is no dead letter, failing endpoint or due work, and prints nothing for an empty response', async () => {
    expect((await admin('dead-letters', 'retries')).stdout).toBe('No dead letters.\n');
    expect((await admin('endpoints')).stdout).toBe('Nothing waits for an endpoint.\n');
    expect((await admin('waiting', '--json')).json()).toEqual({
      ...{ pumps: 0, replays: 0, legacy: 0, overdue: 0, overdueSeconds: 0, subscriptions: [] },
    });
    await admin('projects', 'create', 'emptied');
    const { id } = (await admin('keys', 'create', 'emptied', 'k', '--scope', 'read', '--json')).json();
    const gone = await admin('call', 'DELETE', `/v1/projects/emptied/keys/${id}`);
    expect(gone).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('accepts the earlier names of these commands, which print JSON', async () => {
    expect((await admin('create-project', 'first', '--name', 'First')).json()).toMatchObject({ id: 'first' });
    const key = (await admin('create-key', 'first', 'a key', '--scope', 'admin')).json();
    expect(key.secret).toMatch(/^ancrage_key_/);
    expect((await admin('list-keys', 'first')).json()).toMatchObject([{ id: key.id }]);
    expect((await admin('delete-key', 'first', key.id)).exitCode).toBe(0);
    expect((await admin('list-projects')).json()[0]).toMatchObject({ id: 'first' });
  });

  it('shows the messages of the queues, and redrives dead letters', async () => {
    await stack().idle('events', 'internal', 'deliveries', 'retries', 'pumps');
    const idle = await admin('queues', '--json');
    expect(idle).toMatchObject({ exitCode: 0, stderr: '' });
    const empty = { visible: 0, inFlight: 0, delayed: 0, oldestSeconds: null, deadLetters: 0 };
    const queues = ['events', 'internal', 'deliveries', 'retries', 'pumps'];
    expect(idle.json()).toEqual(queues.map((queue) => ({ queue, ...empty })));

    // One that succeeds once its project exists, and one that never does.
    await stack().send(JSON.stringify({ project: 'later', type: 'too.soon', id: 'early', data: { n: 1 } }));
    await stack().send('nonsense');
    await stack().holds('events-dead-letter', 2);
    await stack().idle('events');
    const { stdout } = await admin('queues');
    expect(stdout.trimEnd().split('\n')).toEqual([
      'QUEUE       VISIBLE  IN FLIGHT  DELAYED  OLDEST  DEAD LETTERS',
      expect.stringMatching(/^events +0 +0 +0 {2}- +2$/),
      'internal          0          0        0  -                  0',
      'deliveries        0          0        0  -                  0',
      'retries           0          0        0  -                  0',
      'pumps             0          0        0  -                  0',
    ]);

    await admin('projects', 'create', 'later');
    const redriven = await admin('redrive', 'events', '--json');
    expect(redriven.json()).toEqual({ queue: 'events', status: 'COMPLETED', moved: 2, toMove: 2 });
    expect(redriven.stderr).toMatch(/^(redrive events: [01] of 2\n)+redrive events: 2 of 2\n$/);
    await eventually('the event of the project is stored', () =>
      stack().get('/v1/projects/later/events/early'),
    );
    // The message that cannot be processed is a dead letter again, although the redrive has ended.
    await stack().holds('internal-dead-letter', 1);

    const paced = await admin('redrive', 'internal', '--rate', '1');
    expect(paced.stdout).toBe('1 of 1 dead letters are in the internal queue.\n');
    const none = await admin('redrive', 'retries');
    expect(none).toMatchObject({
      exitCode: 0,
      stdout: '0 of 0 dead letters are in the retries queue.\n',
    });
  });

  describe('replays', () => {
    const HOUR = ['--since', '1h'];

    it('failed deliveries, and reports its progress', async () => {
      const receiver = await startReceiver();
      onTestFinished(() => receiver.stop());
      receiver.respond(status(500));
      const settings = { url: receiver.url(), events: ['failed'], retry: 'none' };
      const { id } = await stack().subscribe(settings);
      for (let n = 0; n < 3; n++) await stack().publish({ type: 'failed', data: { n } });
      await stack().attempts(id, 3);
      receiver.respond(status(200));

      const replayed = await admin('replay', 'demo', id, ...HOUR, '--json');
      expect(replayed.exitCode).toBe(0);
      expect(replayed.json()).toMatchObject({ state: 'done', done: 3, total: 3, only: 'failed' });
      expect(replayed.stderr).toMatch(/^Replay job_\w+ continues .*\n(replay: \d of \d\n)*replay: 3 of 3\n$/);
      await receiver.waitFor(6);

      const all = await admin('replay', 'demo', id, '--since', '2020-01-01T00:00:00Z', '--only', 'all');
      expect(all.stdout).toMatch(/^job_\w+ is done\. Deliveries resent: 3\.\n$/);
      const missing = await admin('replay', 'demo', id, ...HOUR, '--only', 'missing', '--no-wait', '--json');
      expect(missing).toMatchObject({ exitCode: 0, stderr: '' });
      expect(missing.json()).toMatchObject({
        state: 'running',
        only: 'missing',
        id: expect.stringMatching(/^job_/),
      });
    });

    it('nothing if the API rejects the replay, and reports why', async () => {
      const { id } = await stack().subscribe({ url: 'http://127.0.0.1:9/', events: ['x'], enabled: false });
      const disabled = await admin('replay', 'demo', id, ...HOUR);
      expect(disabled).toMatchObject({
        exitCode: 1,
        stdout: '',
        stderr: 'The API responded with 409: The subscription is disabled. Enable it first.\n',
      });
      const unknown = await admin('replay', 'demo', 'sub/../none', ...HOUR);
      expect(unknown).toMatchObject({
        exitCode: 1,
        stderr: expect.stringMatching(/^The API responded with 404: /),
      });
    });

    it('nothing if the response is not from Ancrage', async () => {
      const proxy = await startReceiver();
      onTestFinished(() => proxy.stop());
      writeFileSync(
        join(cli.home, 'proxy.json'),
        JSON.stringify({ ...stack().outputs, apiUrl: proxy.url('') }),
      );
      const replay = () => cli.run(['--outputs', 'proxy.json', 'replay', 'demo', 'sub_1', ...HOUR]);
      proxy.respond((_, response) => response.end('<p>Log in'));
      expect(await replay()).toMatchObject({
        exitCode: 1,
        stderr: `The server at ${proxy.url('')} is not Ancrage: it sent <p>Log in\n`,
      });
      proxy.respond((_, response) => response.writeHead(502).end('<p>Bad gateway'));
      expect(await replay()).toMatchObject({
        exitCode: 1,
        stderr: 'The API responded with 502: <p>Bad gateway\n',
      });
      // The key goes nowhere else.
      proxy.respond((_, response) => response.writeHead(302, { location: stack().outputs.apiUrl }).end());
      expect(await replay()).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/redirect\.\n$/) });
    });

    it('to the end, even if the API does not respond for a while', async () => {
      const api = await startReceiver();
      onTestFinished(() => api.stop());
      writeFileSync(
        join(cli.home, 'flaky.json'),
        JSON.stringify({ ...stack().outputs, apiUrl: api.url('') }),
      );
      const answers = ['', '', '{"id":"job_1","state":"running","done":1,"total":2}', ''];
      api.respond(({ method }, response) => {
        const job =
          method === 'POST' ? '{"id":"job_1","state":"running","done":0,"total":0}' : answers.shift();
        if (job === '') response.writeHead(503).end('{"detail": "Try again"}');
        else response.end(job ?? '{"id":"job_1","state":"cancelled","done":1,"total":2}');
      });
      const ended = await cli.run(['--outputs', 'flaky.json', 'replay', 'demo', 'sub_1', ...HOUR]);
      expect(ended).toMatchObject({
        exitCode: 1,
        stdout: 'job_1 is cancelled. Deliveries resent: 1.\n',
        stderr: expect.stringMatching(
          /replay: 1 of 2\nThe replay was cancelled, or its subscription was .*\n$/,
        ),
      });
      expect(answers).toEqual([]);
    });

    it('without ever printing its key', async () => {
      const secret = 'ancrage_key_wrong-secret';
      for (const [args, env] of [
        [['--key', secret], {}],
        [[], { ANCRAGE_KEY: secret }],
        [['--key', `${secret}\n`], {}],
        [['--help'], { ANCRAGE_KEY: secret }],
      ] as const) {
        const { stdout, stderr } = await cli.run(
          ['--local', 'replay', 'demo', 'sub_1', ...HOUR, ...args],
          env,
        );
        expect(stdout + stderr).not.toContain(secret);
        expect(stdout + stderr).toMatch(/The API responded with 401: |contains invalid characters|Usage: /);
      }
    });
  });

  it.each([
    ['an existing project', 1, ['projects', 'create', 'demo'], /^There is a project "demo" already.*\n$/],
    [
      'a key of an unknown project',
      1,
      ['keys', 'create', 'none', 'k', '--scope', 'read'],
      /^There is no project "none"\.\n$/,
    ],
    ['the keys of an unknown project', 1, ['keys', 'list', 'none'], /^There is no project "none"\.\n$/],
    ['an invalid project id', 2, ['projects', 'create', 'no way'], /^id is not 1 to 63 /],
    [
      'days that are not a number',
      2,
      ['projects', 'create', 'x', '--retention-days', 'x'],
      /^retentionDays .*number/,
    ],
    ['an unknown scope', 2, ['keys', 'create', 'demo', 'k', '--scope', 'all'], /--scope/],
    ['a key without a scope', 2, ['keys', 'create', 'demo', 'k'], /--scope/],
    [
      'an unknown queue',
      2,
      ['redrive', 'events-queue'],
      /Allowed choices are events, internal, deliveries, retries/,
    ],
    ['a rate out of range', 2, ['redrive', 'events', '--rate', '501'], /1 to 500/],
    [
      'an invalid time',
      2,
      ['replay', 'demo', 'sub_1', '--since', 'yesterday'],
      /^since is not an ISO 8601 time/,
    ],
    [
      'times in the wrong order',
      2,
      ['replay', 'demo', 'sub_1', '--since', '1h', '--until', '2h'],
      /^until is before since/,
    ],
    ['a replay without a time', 2, ['replay', 'demo', 'sub_1'], /--since/],
    ['an unknown option', 2, ['queues', '--nope'], /--nope/],
    ['an unknown command', 2, ['nope'], /nope/],
    ['an incomplete command', 2, ['keys'], /^Usage: admin keys/],
    ['two files of outputs', 2, ['--outputs', 'x', 'queues'], /--local.*--outputs/],
    [
      'another stage',
      1,
      ['--stage', 'prod', 'queues'],
      /^\.local\/outputs\.json belongs to a local stack, not to the stage "prod"\.\n$/,
    ],
  ])('rejects %s with exit code %i', async (_, exitCode, args, message) => {
    const ended = await admin(...args);
    expect(ended).toMatchObject({ exitCode, stdout: '', stderr: expect.stringMatching(message) });
    expect(ended.stderr).not.toMatch(/^ +at /m);
  });

  it('reports that the stack is not running', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const outputs = {
      ...stack().outputs,
      apiUrl: nowhere,
      awsEndpointUrlSqs: nowhere,
      awsEndpointUrlDynamodb: nowhere,
    };
    writeFileSync(join(cli.home, 'stopped.json'), JSON.stringify(outputs));
    for (const args of [['projects', 'list'], ['queues'], ['replay', 'demo', 'sub_1', '--since', '1h']]) {
      const ended = await cli.run(['--outputs', 'stopped.json', ...args]);
      expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
      expect(ended.stderr).toMatch(/^[^\n]*(Cannot connect|does not respond)[^\n]*\n$/);
    }
  });
});
