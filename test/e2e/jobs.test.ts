import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { status, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { lookAgainNow } from '../support/waiting.ts';

describe('the jobs of a project', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const keys: Record<string, string> = {};
  let other: string;
  let subscription: { id: string };
  let replay: { id: string };
  let erasure: { id: string };
  const listed = (query = '', bearer = keys.manage, project = stack().project) =>
    stack().call('GET', `/v1/projects/${project}/jobs${query}`, undefined, { bearer });
  const idsOf = async (query = '', bearer = keys.manage) =>
    (await listed(query, bearer)).body.data.map(({ id }: { id: string }) => id);

  beforeAll(async () => {
    receiver.respond(status(200));
    other = await stack().newProject('other');
    for (const scope of ['manage', 'read', 'publish']) keys[scope] = (await stack().newKey([scope])).secret;
    keys.stranger = (await stack().newKey(['manage'], other)).secret;
    subscription = await stack().subscribe({ url: receiver.url('/a'), events: ['a'], name: 'Billing' });
    await stack().publish({ type: 'a', data: {} });
    await stack().attempts(subscription.id, 1);
    replay = await stack().done('POST', `subscriptions/${subscription.id}/replay`, { since, only: 'all' });
    await stack().finishedJob(subscription.id, replay.id);
    erasure = await stack().done('POST', 'erasures', { actor: { id: 7 } });
  });

  it('are in one list, the newest first, with what they concern and how far they are', async () => {
    const { body } = await listed();
    expect(body).toEqual({
      data: [
        {
          ...{ kind: 'erasure', id: erasure.id, state: 'running', actor: { id: 7 }, erased: 0 },
          ...{ examined: expect.any(Number), requestedAt: expect.any(String), endedAt: null },
          reachedAt: body.data[0].reachedAt,
        },
        {
          ...{ kind: 'replay', id: replay.id, state: 'done', only: 'all', since, until: expect.any(String) },
          ...{
            subscriptionId: subscription.id,
            subscriptionName: 'Billing',
            done: 1,
            total: 1,
            endsAt: null,
          },
          ...{ requestedAt: expect.any(String), endedAt: expect.any(String) },
        },
      ],
      cursor: null,
    });
    const first = (await listed('?limit=1')).body;
    expect(first.data).toHaveLength(1);
    const second = (await listed(`?limit=1&cursor=${first.cursor}`)).body;
    expect(second.data).toMatchObject([{ id: replay.id }]);
    expect(await idsOf('?kind=replay')).toEqual([replay.id]);
    expect(await idsOf('?state=running')).toEqual([erasure.id]);
  });

  it('include erasures, which say whose data is erased, only for keys that may manage', async () => {
    expect(await idsOf('', keys.read)).toEqual([replay.id]);
    expect(await idsOf('?kind=erasure', keys.read)).toEqual([]);
    expect(await idsOf('?state=running', keys.read)).toEqual([]);
    expect((await listed('', keys.publish)).status).toBe(403);
    expect((await listed('', keys.stranger)).status).toBe(404);
    expect((await listed('', keys.stranger, other)).body).toEqual({ data: [], cursor: null });
  });

  it('say when they ended, and no more whose data was erased', async () => {
    await lookAgainNow(stack(), erasure.id);
    const ended = await eventually('the erasure is done', async () => {
      const [job] = (await listed('?kind=erasure&state=done')).body.data;
      expect(job).toMatchObject({ id: erasure.id, actor: null });
      return job;
    });
    expect(ended.endedAt >= ended.requestedAt).toBe(true);
  });

  it('reject filters that do not exist', async () => {
    const { status: code, body } = await listed('?kind=import&state=failed');
    expect(code).toBe(422);
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(['kind', 'state']);
  });
});
