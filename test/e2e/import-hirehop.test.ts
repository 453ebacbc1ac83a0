import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCli } from '../support/cli.ts';
import { startReceiver } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';

describe('npm run import -- hirehop', () => {
  const cli = useCli('import');
  const dataDir = join(cli.home, '.local');
  mkdirSync(dataDir);
  const stack = useOwnStack({ dataDir });

  let files = 0;
  const csv = (...lines: string[]): string => {
    const path = join(cli.home, `${files++}.csv`);
    writeFileSync(path, lines.join('\n'));
    return path;
  };
  const newProject = (id: string, more = { exportKey: '22u43mrjwe7u' }) =>
    stack().call('POST', '/v1/projects', { id, ...more });
  const subscriptionsOf = async (project: string) =>
    (await stack().call('GET', `/v1/projects/${project}/subscriptions`)).body.data;

  it('subscribes each URL to its events, and recognises it the next time', async () => {
    await newProject('hire');
    const file = csv(
      'url,events,name,enabled',
      'https://a.example/hook,job.created|job.updated,Sync,',
      'https://b.example/hook,contact.person.*,,no',
    );
    const first = await cli.run(['--local', 'hirehop', file, '--project', 'hire']);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.stdout.split('\n')).toEqual([
      expect.stringMatching(/^line 2 +created +https:\/\/a\.example\/hook {2}sub_\w{26}$/),
      expect.stringMatching(/^line 3 +created +https:\/\/b\.example\/hook {2}sub_\w{26}$/),
      '2 created, 0 updated, 0 already there, 0 skipped, 0 failed',
      '',
    ]);
    const made = await subscriptionsOf('hire');
    expect(made).toMatchObject([
      { url: 'https://b.example/hook', events: ['contact.person.*'], name: null, enabled: false },
      { url: 'https://a.example/hook', events: ['job.created', 'job.updated'], name: 'Sync', enabled: true },
    ]);
    for (const { format, retry, signature } of made)
      expect([format, retry, signature]).toEqual(['hirehop', 'none', 'none']);

    const second = await cli.run(['--local', 'hirehop', file, '--project', 'hire', '--json']);
    expect(second.exitCode).toBe(0);
    expect(second.json()).toEqual({
      counts: { created: 0, updated: 0, 'already there': 2, skipped: 0, failed: 0 },
      items: [
        { at: 2, what: 'https://a.example/hook', outcome: 'already there', id: made[1].id },
        { at: 3, what: 'https://b.example/hook', outcome: 'already there', id: made[0].id },
      ],
    });
    expect(await subscriptionsOf('hire')).toEqual(made);
  });

  it('updates the events of a URL, and leaves other formats alone', async () => {
    await newProject('ticks');
    const url = 'https://a.example/hook';
    const { id } = await stack().subscribe({ url, events: ['job.created'], format: 'hirehop' }, 'ticks');
    const other = await stack().subscribe({ url, events: ['job.deleted'] }, 'ticks');
    const file = csv('url,events', `${url},job.created|job.updated`);
    const { stdout } = await cli.run(['--local', 'hirehop', file, '--project', 'ticks']);
    expect(stdout.replaceAll(/ +/g, ' ')).toBe(
      `line 2 updated ${url} ${id} job.created → job.created, job.updated\n` +
        '0 created, 1 updated, 0 already there, 0 skipped, 0 failed\n',
    );
    expect(await subscriptionsOf('ticks')).toMatchObject([
      { id: other.id, events: ['job.deleted'], format: 'standard' },
      { id, events: ['job.created', 'job.updated'], format: 'hirehop' },
    ]);
  });

  it('reports each faulty line by its number, and imports the others', async () => {
    await newProject('faulty');
    const file = csv(
      'url,events',
      'ftp://a.example/hook,job.created',
      'https://b.example/hook,job..created;*.job',
      'https://c.example/hook,',
      'https://d.example/hook,job.created',
      'https://d.example/hook,job.created',
      'https://e.example/hook,job.created,job.updated',
    );
    const { exitCode, stderr, json } = await cli.run([
      '--local',
      'hirehop',
      file,
      '--project',
      'faulty',
      '--json',
    ]);
    expect([exitCode, stderr]).toEqual([1, '4 of 6 lines could not be imported.\n']);
    const { counts, items } = json();
    expect(counts).toEqual({ created: 1, updated: 0, 'already there': 0, skipped: 1, failed: 4 });
    expect(items.map(({ at, outcome, reason }: Record<string, unknown>) => [at, outcome, reason])).toEqual([
      [2, 'failed', expect.stringMatching(/^url /)],
      [3, 'failed', expect.stringMatching(/^events\.0 .*; events\.1 /)],
      [4, 'failed', 'has no events'],
      [5, 'created', undefined],
      [6, 'skipped', 'repeats line 5'],
      [7, 'failed', 'has 3 columns instead of 2: separate events by | or ;, or quote the cell'],
    ]);
    expect(await subscriptionsOf('faulty')).toHaveLength(1);
  });

  it('remarks on names that no event has, and on what receivers would not accept', async () => {
    await newProject('remarks', {} as never);
    await stack().call('PUT', '/v1/projects/remarks/event-types/depot.moved', {});
    const file = csv(
      'url,events',
      'https://a.example/hook,"job.created,job.creatd,contact.*"',
      'https://b.example/hook,depot.*|warehouse.*',
    );
    const noKey = expect.stringMatching(/^export_key is null, .*: set exportKey of the project/);
    const unknown = ['not in the catalogue: job.creatd', 'not in the catalogue: warehouse.*'];
    for (const outcome of ['created', 'already there']) {
      const { exitCode, json } = await cli.run([
        '--local',
        'hirehop',
        file,
        '--project',
        'remarks',
        '--json',
      ]);
      expect(exitCode).toBe(0);
      expect(
        json().items.map(({ outcome: got, remarks }: Record<string, unknown>) => [got, remarks]),
      ).toEqual(unknown.map((remark) => [outcome, [remark, noKey]]));
    }
    expect((await subscriptionsOf('remarks'))[1].events).toEqual(['job.created', 'job.creatd', 'contact.*']);
    await stack().call('PATCH', '/v1/projects/remarks', { exportKey: '22u43mrjwe7u' });
    const { stdout } = await cli.run(['--local', 'hirehop', file, '--project', 'remarks']);
    expect(stdout.split('\n')[0]).toMatch(/ sub_\w{26} {2}\(not in the catalogue: job\.creatd\)$/);
  });

  it('creates hooks that get what HireHop sends, in the project of a local stack', async () => {
    const receiver = await startReceiver();
    try {
      const file = csv('url,events', `${receiver.url('/imported')},job.status.updated`);
      // The folder has no cdk-outputs.json, so the local stack is meant.
      expect((await cli.run(['hirehop', file])).exitCode).toBe(0);
      await stack().publish({ type: 'job.status.updated', data: { ID: 52 } });
      const [request] = await receiver.waitFor(1);
      expect(JSON.parse(request?.body ?? '')).toMatchObject({
        event: 'job.status.updated',
        job: 52,
        changes: {},
      });
    } finally {
      await receiver.stop();
    }
  });

  it('reports in a sentence a missing file, column, scope or project', async () => {
    const good = csv('url,events', 'https://a.example/,a');
    const reader = (await stack().call('POST', 'keys', { name: 'r', scopes: ['read'] })).body;
    const runs: [string[], number, RegExp][] = [
      [['hirehop', join(cli.home, 'none.csv')], 1, /^\S*none\.csv cannot be read \(ENOENT/],
      [['hirehop', csv('a,b')], 1, /^The first line must contain the columns url and events/],
      [
        ['hirehop', good, '--project', 'nowhere'],
        1,
        /^The API responded with 404: There is no project "nowhere"/,
      ],
      [['hirehop', good, '--key', reader.secret], 1, /^The API responded with 403: /],
      [['hirehop', good, '--key', 'unknown'], 1, /^The API responded with 401: /],
      [['hirehop'], 2, /missing required argument 'file'/],
      [['nothing', good], 2, /unknown command 'nothing'/],
    ];
    for (const [args, exitCode, message] of runs) {
      const ended = await cli.run(['--local', ...args]);
      expect([args, ended.exitCode, ended.stdout]).toEqual([args, exitCode, '']);
      expect(ended.stderr).toMatch(message);
    }
    expect(await subscriptionsOf('demo')).toHaveLength(1);
  });

  it('requires the project of a stack on AWS', async () => {
    const outputs = join(cli.home, 'aws.json');
    const stackOutputs = { ApiUrl: 'http://127.0.0.1:9', TableName: 't' };
    writeFileSync(outputs, JSON.stringify({ 'Ancrage-prod': stackOutputs }));
    const run = (...args: string[]) => cli.run(['--outputs', outputs, 'hirehop', csv('url,events'), ...args]);
    expect(await run('--key', 'k')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--project'),
    });
    expect(await run('--project', 'erp')).toMatchObject({ exitCode: 2 });
    const unreachable = await run('--key', 'k', '--project', 'erp');
    expect([unreachable.exitCode, unreachable.stderr]).toEqual([
      1,
      expect.stringMatching(/does not respond at http/),
    ]);
  });

  it('prints its help', async () => {
    for (const args of [['--help'], ['hirehop', '--help'], ['frappe', '--help']]) {
      const { exitCode, stdout } = await cli.run(args);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('npm run import -- ');
    }
  });
});
