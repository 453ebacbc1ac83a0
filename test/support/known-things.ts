import { type FurnishedProject, furnishedProject } from './furnished-project.ts';
import type { Draft } from './requests.ts';
import type { Stack } from './stack.ts';

const CONDITIONS = ['data.total > 1000', "'a' in data", 'changes.total', 'event.type == "a"', 'data.', '(('];
const TEMPLATES = [
  '{"id": "{{ doc.name }}"}',
  '{{ data | tojson }}',
  '{% if data.x %}{}{% endif %}',
  '{{ x',
  '{}',
];
const SIGNING_SECRETS = [`whsec_${Buffer.alloc(32).toString('base64')}`, 'whsec_AAAA', 'super-secret'];
const TIMES = ['2020-01-01T00:00:00Z', new Date().toISOString(), '9999-12-31T23:59:59+14:00'];
const TYPES = ['NewOpportunity', 'job.created', 'never.seen', '*', 'invoice.*', 'ancrage.delivery.exhausted'];

/** The collections from which requests may delete. */
const REMOVED = ['projects', 'subscriptions', 'keys', 'doctype'];
const REMOVABLE = 'removable ';
/** Bounded because each event is delivered to every subscription. */
const MOST_KEPT = 8;
const COLLECTION_OF: Readonly<Record<string, string>> = {
  sub: 'subscriptions',
  key: 'keys',
  job: 'jobs',
  evt: 'events',
  era: 'erasures',
};

/** The names that a run's requests use: those of a furnished project, of resources created since, and unknown ones. */
export class KnownThings {
  readonly #keys: Readonly<Record<Exclude<Draft['bearer'], 'token'>, string | null>>;
  /** A token of the key `manage`, until it is revoked. */
  #token: string | null = null;
  readonly #stack: Stack;
  readonly #main: FurnishedProject;
  readonly #pools: Readonly<Record<string, string[]>>;

  private constructor(stack: Stack, hook: string, main: FurnishedProject, other: FurnishedProject) {
    const { keys, ids } = main;
    const pool = (name: string) => [ids[name] ?? ''];
    this.#stack = stack;
    this.#main = main;
    this.#pools = {
      projects: [main.id],
      EntryPoints: [main.id],
      subscriptions: pool('subscriptions'),
      events: pool('events'),
      attempts: pool('attempts'),
      keys: [keys.manage.id, ...pool('keys')],
      jobs: pool('jobs'),
      erasures: pool('erasures'),
      'event-types': [...pool('event-types'), ...TYPES],
      hook: [hook, `${hook}?a=b`, hook.replace('127.0.0.1', 'localhost')],
      ...{ condition: CONDITIONS, template: TEMPLATES, time: TIMES, 'signing secret': SIGNING_SECRETS },
      secret: [keys.manage.secret, keys.read.secret, 'ancrage_key_x'],
      cursor: ['x'],
      presets: ['weavy', 'dokos', 'none'],
      resource: ['Webhook', 'Webhook', 'Webhook Request Log', 'Task'],
      doctype: pool('doctype'),
      method: ['ping', 'frappe.client.get_list', 'frappe.client.get_count', 'frappe.client.nothing'],
    };
    this.#keys = {
      ...{ admin: stack.outputs.adminKey, manage: keys.manage.secret, publish: keys.publish.secret },
      ...{ read: keys.read.secret, stranger: other.keys.manage.secret, nonsense: 'nonsense', none: null },
    };
  }

  static async furnish(stack: Stack, hook: string): Promise<KnownThings> {
    return new KnownThings(
      stack,
      hook,
      await furnishedProject(stack, 'main', hook),
      await furnishedProject(stack, 'other', hook),
    );
  }

  get bearers(): Readonly<Record<Draft['bearer'], string | null>> {
    return { ...this.#keys, token: this.#token };
  }

  /** Create resources that can be deleted, if none are left. */
  async replenish(): Promise<void> {
    this.#token ??= await this.#newToken();
    const { subscriptions = [], projects = [], doctype = [] } = this.#pools;
    if (subscriptions.length === 1) {
      const settings = { url: this.find('hook', 0), events: [this.find('event-types', 0)] };
      subscriptions.push((await this.#stack.subscribe(settings, this.#main.id)).id);
    }
    if (doctype.length === 1) {
      const webhook = {
        name: crypto.randomUUID(),
        webhook_doctype: 'Task',
        request_url: this.find('hook', 0),
      };
      await this.#stack.call('POST', '/api/resource/Webhook', webhook, { bearer: this.bearers.manage });
      doctype.push(webhook.name);
    }
    if (projects.length === 1) {
      projects.push(await this.#stack.newProject(`spare-${crypto.randomUUID()}`));
    }
  }

  async #newToken(): Promise<string> {
    const { id, keys } = this.#main;
    const credentials = { projectCode: id, userName: keys.manage.id, password: keys.manage.secret };
    const { body } = await this.#stack.call('POST', '/v1/Authenticate', credentials, { bearer: null });
    return body.authToken;
  }

  /** Return a name of a kind. `removable …` excludes the first of its kind, on which other requests rely. */
  find(kind: string, index: number): string {
    const isRemovable = kind.startsWith(REMOVABLE);
    const all = this.#pools[isRemovable ? kind.slice(REMOVABLE.length) : kind] ?? [];
    const pool = isRemovable ? all.slice(1) : all;
    return pool[index % pool.length] ?? 'none';
  }

  /** Remember the ids and the cursor of a response. */
  async learn({ id, ids = [], cursor }: { id?: unknown; ids?: unknown[]; cursor?: unknown }): Promise<void> {
    for (const each of [id, ...ids]) {
      const pool = this.#pools[COLLECTION_OF[String(each).split('_')[0] ?? ''] ?? ''];
      if (pool !== undefined && !pool.includes(String(each))) pool.push(String(each));
    }
    if (typeof cursor === 'string') this.#pools.cursor?.push(cursor);
    const { subscriptions = [] } = this.#pools;
    while (subscriptions.length > MOST_KEPT)
      await this.#stack.call(
        'DELETE',
        `/v1/projects/${this.#main.id}/subscriptions/${subscriptions.splice(1, 1)}`,
      );
  }

  /** Forget the resource of a path that was deleted, and a token that was used for it: it may have been the resource. */
  forget(segments: readonly string[], bearer: Draft['bearer']): void {
    if (bearer === 'token') this.#token = null;
    for (const pool of REMOVED.map((name) => this.#pools[name]))
      for (const segment of segments) {
        const at = pool?.indexOf(segment) ?? -1;
        if (at > 0) pool?.splice(at, 1);
      }
  }
}
