import { afterEach, beforeAll, expect } from 'vitest';
import { LANES } from '../../core/contract.ts';
import { eventually } from './eventually.ts';
import { type ReceivedRequest, to, useReceiver, verify } from './receiver.ts';
import type { Version } from './releases/instance.ts';
import { useVersions } from './versions.ts';

export interface Subscribed {
  readonly project: string;
  readonly id: string;
  readonly path: string;
  readonly type: string;
  /** Every secret that signs. */
  readonly secrets: readonly string[];
  /** The value of a header. */
  readonly apiKey: string;
  /** Whether its body is {@link RENDERED}. */
  readonly isRendered: boolean;
}

interface PublishOptions {
  /** @default erp */
  readonly project?: string;
  /** @default 4 */
  readonly count?: number;
  /** @default order */
  readonly type?: string;
}

/** A number that JavaScript cannot hold. */
const EXACT = '12345678901234567890';
const RENDERED = `{"is": ${EXACT}}`;
/** Long enough for a change of versions while its receiver refuses. */
const EACH_SECOND = Array.from({ length: 20 }, () => 1);

/**
 * Run a stack with changing versions, whose subscriptions have secrets in all places. After each test, every request that any
 * version has ever sent must be whole and signed by every secret that signs, and no message may be a dead letter.
 */
export function useUpgradeScene(...first: readonly Version[]) {
  const versions = useVersions(...first);
  const receiver = useReceiver();
  const { stack } = versions;
  const bearers = new Map<string, string>();
  const subscribed: Subscribed[] = [];
  const published: { readonly project: string; readonly id: string }[] = [];
  const accepted = new Set<ReceivedRequest>();
  let refusesAll = false;

  beforeAll(() =>
    receiver.respond((request, response) => {
      const isFirst = receiver.requests.filter((each) => isSame(each, request)).length === 1;
      const isRefused = request.path.endsWith('/refused-first') && (refusesAll || isFirst);
      if (!isRefused) accepted.add(request);
      response.writeHead(isRefused ? 400 : 200).end();
    }),
  );
  afterEach(async () => {
    for (const { path, secrets, apiKey, isRendered } of subscribed)
      for (const request of receiver.requests.filter(to(path))) {
        for (const secret of secrets) verify(secret, request);
        expect(request.headers['x-api-key']).toBe(apiKey);
        if (isRendered) expect(request.body).toBe(RENDERED);
      }
    const paths = new Set(subscribed.map(({ path }) => path));
    expect(receiver.requests.filter(({ path }) => !paths.has(path))).toEqual([]);
    for (const lane of LANES) await stack().holds(`${lane}-dead-letter`, 0);
  });

  /** Call the API with a key of the project, and without a look at its document, which describes only this version. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads of a response.
  async function call(method: string, project: string, path: string, body?: unknown): Promise<any> {
    const bearer = bearers.get(project) ?? stack().adminKey;
    const response = await fetch(`${stack().outputs.apiUrl}/v1/projects${path && `/${project}/${path}`}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  async function subscribe(
    path: string,
    { project = 'erp', type = 'order', ...settings }: Readonly<Record<string, unknown>> & PublishOptions = {},
  ): Promise<Subscribed> {
    const apiKey = `key of ${path}`;
    const { id, secret } = await call('POST', project, 'subscriptions', {
      ...{ url: receiver.url(path), events: [`${type}.*`], signature: 'standard', retry: EACH_SECOND },
      ...{ headers: { 'x-api-key': apiKey }, ...settings },
    });
    const made = { project, id, path, type, secrets: [secret], apiKey, isRendered: 'template' in settings };
    subscribed.push(made);
    return made;
  }

  /** Return the subscriptions of a project for a type of events. */
  const subscribersOf = ({ project = 'erp', type = 'order' }: PublishOptions): Subscribed[] =>
    subscribed.filter((each) => each.project === project && each.type === type);

  /** Publish events over HTTPS and to the queue in turn, one by one. @returns their ids */
  async function publish(name: string, options: PublishOptions = {}): Promise<string[]> {
    const { project = 'erp', count = 4, type = 'order' } = options;
    const ids = Array.from({ length: count }, (_, n) => `${project}-${name}-${n}`);
    for (const [n, id] of ids.entries()) {
      const event = `"type":"${type}.created","id":"${id}","data":{"exact":${EXACT}}`;
      if (n % 2 === 0) await call('POST', project, 'events', `{${event}}`);
      else await stack().send(`{"project":"${project}",${event}}`);
    }
    published.push(...ids.map((id) => ({ project, id })));
    return ids;
  }

  const acceptedAt = (path: string, id: string) =>
    [...accepted].filter((each) => each.path === path && each.headers['webhook-id'] === id);

  /** Wait until each of these subscriptions has accepted each event so many times. */
  const untilAccepted = (ids: readonly string[], by: readonly Subscribed[], times = 1) =>
    eventually('every event is accepted', () => {
      const missing = by.flatMap(({ path }) =>
        ids.filter((id) => acceptedAt(path, id).length < times).map((id) => `${path} ${id}`),
      );
      expect(missing).toEqual([]);
    });

  return {
    ...{ versions, receiver, stack, call, subscribe, subscribersOf, publish, untilAccepted, acceptedAt },

    async createProject(id: string) {
      await call('POST', '', '', { id });
      const { secret } = await call('POST', id, 'keys', { name: 'all', scopes: ['admin'] });
      bearers.set(id, secret);
    },

    /** Subscribe with two secrets, with a template, and with a receiver that refuses each event at first. */
    async subscribeAll(name: string, options: { readonly project?: string } = {}) {
      const rotated = await subscribe(`/${name}/rotated`, options);
      const { secret } = await call('POST', rotated.project, `subscriptions/${rotated.id}/rotate-secret`, {});
      subscribed.splice(-1, 1, { ...rotated, secrets: [secret, ...rotated.secrets] });
      await subscribe(`/${name}/template`, {
        ...options,
        ...{ format: 'template', template: '{"is": {{ data.exact }}}' },
      });
      await subscribe(`/${name}/refused-first`, options);
    },

    /** Let the receivers that refuse each event at first refuse everything, or no longer. */
    refuseAll(refuses: boolean) {
      refusesAll = refuses;
    },

    /** Publish events, and wait until all subscriptions for their type have accepted them. */
    async deliverAll(name: string, options: PublishOptions = {}) {
      await untilAccepted(await publish(name, options), subscribersOf(options));
    },

    /** Expect that the log has the success of everything that was accepted so far. */
    async expectLogged() {
      for (const { project, id } of published)
        await eventually(`${id} is logged`, async () => {
          const { data } = await call('GET', project, `events/${id}/attempts?limit=100`);
          const successes: { outcome: string; subscriptionId: string }[] = data.filter(
            ({ outcome }: { outcome: string }) => outcome === 'success',
          );
          const by = subscribed.filter(({ path }) => acceptedAt(path, id).length > 0);
          expect(new Set(successes.map(({ subscriptionId }) => subscriptionId))).toEqual(
            new Set(by.map((each) => each.id)),
          );
        });
    },
  };
}

const isSame = (a: ReceivedRequest, b: ReceivedRequest): boolean =>
  a.path === b.path && a.headers['webhook-id'] === b.headers['webhook-id'];
