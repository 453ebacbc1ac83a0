import { beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../core/adapters/dynamodb/table.ts';
import { type FurnishedProject, furnishedProject } from '../support/furnished-project.ts';
import { isOfKeysProject, type Operation, operations, pathWith } from '../support/operations.ts';
import { useReceiver } from '../support/receiver.ts';
import { requestBodies } from '../support/request-bodies.ts';
import { useOwnStack } from '../support/stack.ts';
import { stored } from '../support/stored.ts';

interface Request {
  readonly name: string;
  readonly operation: Operation;
  readonly query: string;
  readonly body?: unknown;
  readonly headers: Record<string, string>;
}

/** Of every operation of a project, with the document's example of each kind of body. */
const requests: readonly Request[] = [
  ...requestBodies.map(({ name, operation, query, example, isInArray, contentType }) => ({
    ...{ name, operation, query, body: isInArray ? [example] : example },
    headers: { 'content-type': contentType },
  })),
  ...operations
    .filter(({ bodies }) => Object.keys(bodies).length === 0)
    .map((operation) => ({ name: operation.operationId, operation, query: '', headers: {} })),
].filter(({ operation }) => operation.path.includes('{project}') || isOfKeysProject(operation));

/** What a scope of a key lets it do (docs/api.md), besides `admin`. */
const ALLOWS = { manage: ['manage', 'read'], publish: ['publish'], read: ['read'] } as const;
type KeyScope = keyof typeof ALLOWS;

/** The scope that an entry point needs, by its query: its operation says only that it needs a key. */
const NEEDED: Readonly<Record<string, KeyScope>> = {
  '?c=EPT_WebhookSubscribe': 'manage',
  '?c=EPT_WebhookUnsubscribe': 'manage',
  '?c=EPT_WebhookPerformList': 'read',
};

describe('a project', () => {
  const stack = useOwnStack();
  const receiver = useReceiver();
  let mine: FurnishedProject;
  let other: FurnishedProject;
  /** A key of mine that may do all there, and a token for it. */
  let bearers: string[];
  let before: Record<string, Item>;
  beforeAll(async () => {
    mine = await furnishedProject(stack(), 'mine', receiver.url('/mine'));
    other = await furnishedProject(stack(), 'other', receiver.url('/other'));
    const all = { name: 'all', scopes: ['manage', 'publish', 'read'] };
    const { id, secret } = (await stack().call('POST', `/v1/projects/${mine.id}/keys`, all)).body;
    const login = { projectCode: mine.id, userName: id, password: secret };
    bearers = [secret, (await stack().call('POST', '/v1/Authenticate', login)).body.authToken];
    before = await stored(stack());
  });

  const send = ({ operation, query, body, headers }: Request, ids: Record<string, string>, bearer: string) =>
    stack().call(operation.method, pathWith(operation.path, ids) + query, body, { bearer, headers });

  /** Whatever names one of its ids: events, attempts and jobs are found by them alone. */
  const itemsOf = ({ id, ids }: FurnishedProject, all: Record<string, Item>) =>
    Object.fromEntries(
      Object.entries(all).filter(([, item]) =>
        [`"${id}"`, `#${id}`, ids.subscriptions, ids.events].some((part) =>
          JSON.stringify(item).includes(String(part)),
        ),
      ),
    );
  /** An event type that a test creates and deletes in its own project is counted twice: how often does not matter. */
  const withoutChanges = (items: Record<string, Item>) =>
    Object.fromEntries(Object.entries(items).map(([key, { changes: _, ...item }]) => [key, item]));
  const expectUntouched = async (project: FurnishedProject) => {
    const items = withoutChanges(itemsOf(project, before));
    expect(Object.keys(items).length).toBeGreaterThan(15);
    expect(withoutChanges(itemsOf(project, await stored(stack())))).toEqual(items);
  };

  /** Ids of their kinds that never were. */
  const MADE_UP = {
    ...{
      projects: 'never',
      EntryPoints: 'never',
      'event-types': 'never.seen',
      keys: `key_${'0'.repeat(26)}`,
    },
    ...{
      subscriptions: `sub_${'0'.repeat(26)}`,
      events: `evt_${'0'.repeat(26)}`,
      jobs: `job_${'0'.repeat(26)}`,
      attempts: `att_${'0'.repeat(22)}`,
    },
  };
  /** As if there had been made-up ids where these are. */
  const anonymous = (text: string, ids: Readonly<Record<string, string>>) =>
    Object.entries(ids).reduce(
      (told, [kind, id]) =>
        told
          .replaceAll(`"${id}\\"`, `"${MADE_UP[kind as keyof typeof MADE_UP]}\\"`)
          .replaceAll(id, MADE_UP[kind as keyof typeof MADE_UP]),
      text,
    );

  const ofNamedProject = requests.filter(({ operation }) => !isOfKeysProject(operation));
  it.each(ofNamedProject)('is to keys of another project as if it did not exist: $name', async (request) => {
    for (const bearer of bearers) {
      const answer = await send(request, other.ids, bearer);
      expect(answer.status).toBe(404);
      const none = await send(request, MADE_UP, bearer);
      expect(anonymous(answer.text, other.ids)).toBe(none.text);
    }
    await expectUntouched(other);
  });

  const withIds = requests.filter(({ operation }) => (operation.path.match(/\{/g)?.length ?? 0) > 1);
  it.each(withIds)(
    'has nothing that can be reached by the path of another project: $name',
    async (request) => {
      const own = {
        resource: 'Webhook',
        projects: mine.ids.projects ?? '',
        EntryPoints: mine.ids.EntryPoints ?? '',
      };
      for (const bearer of bearers)
        for (const theirs of [other.ids, { ...mine.ids, jobs: other.ids.jobs ?? '' }]) {
          const isTheirs = Object.entries(theirs).some(
            ([kind, id]) =>
              id !== mine.ids[kind] &&
              !(kind in own) &&
              pathWith(request.operation.path, theirs).includes(id),
          );
          if (!isTheirs) continue;
          const answer = await send(request, { ...theirs, ...own }, bearer);
          const none = await send(request, { ...MADE_UP, ...own }, bearer);
          expect(answer.status).toBe(none.status);
          expect(answer.text).not.toMatch(/of other|\/other/);
        }
      await expectUntouched(other);
    },
  );

  const withScope = requests.filter(({ operation, query }) => operation.scope !== 'any' || query !== '');
  it.each(withScope)('lets a key do what its scopes allow, and nothing else: $name', async (request) => {
    const { scope } = request.operation;
    const needed = scope === 'any' ? NEEDED[request.query] : scope;
    const lacking = (Object.keys(ALLOWS) as KeyScope[]).filter(
      (each) => !(ALLOWS[each] as readonly unknown[]).includes(needed),
    );
    expect(lacking.length).toBeGreaterThan(0);
    for (const each of lacking) {
      const { status, text } = await send(request, mine.ids, mine.keys[each].secret);
      expect([each, status]).toEqual([each, 403]);
      expect(JSON.stringify(JSON.parse(text))).toContain(`needs a key with the scope `);
    }
    await expectUntouched(mine);
  });

  it('has nothing that a request of another project can name in its body', async () => {
    const [bearer = ''] = bearers;
    const as = (method: string, path: string, body?: unknown) => stack().call(method, path, body, { bearer });
    const hooks = (code: string, body: object) =>
      as('POST', `/v1/EntryPoints/${mine.id}/process/?c=EPT_Webhook${code}`, body);
    const event = `/v1/projects/${mine.id}/events/${mine.ids.events}/replay`;
    for (const subscriptionId of [other.ids.subscriptions, MADE_UP.subscriptions])
      expect((await as('POST', event, { subscriptionId })).status).toBe(422);
    // Unsubscribing is answered in the same way whatever there was.
    for (const codeWebhookSubscription of [other.ids.subscriptions, MADE_UP.subscriptions])
      expect((await hooks('Unsubscribe', { codeWebhookSubscription })).body).toEqual({
        result: { codeWebhookSubscription },
      });
    for (const name of [other.ids['event-types'], MADE_UP['event-types']])
      expect((await hooks('PerformList', { event: name })).status).toBe(422);
    for (const login of [
      { userName: mine.keys.manage.id, password: mine.keys.manage.secret },
      { userName: other.keys.manage.id, password: mine.keys.manage.secret },
    ])
      expect((await as('POST', '/v1/Authenticate', { projectCode: other.id, ...login })).status).toBe(401);
    await expectUntouched(other);
  });

  it('is the Frappe site of its own keys alone', async () => {
    const [bearer = ''] = bearers;
    for (const doctype of ['Webhook', 'Webhook Request Log']) {
      const path = `/api/resource/${encodeURIComponent(doctype)}?fields=["*"]&limit=0`;
      const { text } = await stack().call('GET', path, undefined, { bearer });
      expect(text).toContain('/mine');
      expect(text).not.toMatch(/of-other|\/other/);
    }
  });

  it('has cursors and Idempotency-Keys of its own', async () => {
    const [bearer = ''] = bearers;
    const list = (project: string) => `/v1/projects/${project}/event-types?limit=1`;
    const { cursor } = (await stack().call('GET', list(other.id))).body;
    expect(cursor).toEqual(expect.any(String));
    expect(
      (await stack().call('GET', `${list(mine.id)}&cursor=${cursor}`, undefined, { bearer })).status,
    ).toBe(400);

    const made = (project: string, options: { bearer?: string }) =>
      stack().call(
        'POST',
        `/v1/projects/${project}/keys`,
        { name: 'k', scopes: ['read'] },
        { ...options, headers: { 'idempotency-key': 'the same' } },
      );
    const theirs = await made(other.id, {});
    const own = await made(mine.id, { bearer });
    expect([own.status, own.headers.get('idempotent-replayed')]).toEqual([201, null]);
    expect(own.body.secret).not.toBe(theirs.body.secret);
  });
});
