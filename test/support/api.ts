import { toPathSegment } from '../../client/path-segment.ts';
import { refuseUndocumented } from './conformance.ts';
import { eventually } from './eventually.ts';

interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads of a response.
  readonly body: any;
}

interface CallOptions {
  /** @default the admin's key; null for none */
  readonly bearer?: string | null | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The API of a stack, as a client with an admin key sees it. */
export interface Api {
  /** The project of calls that do not name another. */
  readonly project: string;
  /** A key of the project with the scope `admin`. */
  readonly adminKey: string;
  /**
   * Call the API. A path without a leading slash is relative to the project: `keys`, or '' for the project itself.
   *
   * @throws Error if the OpenAPI document lacks the request or the response
   */
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<ApiResponse>;
  /** Call the API and return the body of the response. @throws Error if it has an error status */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads of a response.
  done(method: string, path: string, body?: unknown, options?: CallOptions): Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads of a response.
  get(path: string): Promise<any>;
  /** Create a project whose id begins with this one's, so that no other test has it. Return the id. */
  newProject(name: string, settings?: object): Promise<string>;
  newKey(
    scopes: readonly string[],
    project?: string,
  ): Promise<{ readonly id: string; readonly secret: string }>;
  subscribe(settings: object, project?: string): Promise<{ readonly id: string; readonly secret: string }>;
  publish(event: unknown, project?: string): Promise<ApiResponse>;
  /** Return the latest attempts of a subscription, newest first; with a count, once there are exactly as many. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads of a response.
  attempts(subscriptionId: string, count?: number): Promise<any[]>;
  /** Return the job of a replay once it is done. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads of a response.
  finishedJob(subscriptionId: string, jobId: string): Promise<any>;
  /** Return an event once it is stored. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads of a response.
  storedEvent(id: string): Promise<any>;
}

interface ApiSettings {
  readonly apiUrl: string;
  readonly project: string;
  readonly adminKey: string;
}

export function apiOf({ apiUrl, project, adminKey }: ApiSettings): Api {
  const pathOf = (path: string, ofProject = project) =>
    path.startsWith('/') ? path : `/v1/projects/${ofProject}${path && '/'}${path}`;

  const call: Api['call'] = async (method, given, body, { bearer = adminKey, headers = {} } = {}) => {
    const path = pathOf(given);
    const contentType = headers['content-type'] ?? 'application/json';
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(apiUrl + path, {
      method,
      headers: {
        ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
        ...headers,
        'content-type': contentType,
      },
      ...(sent !== undefined && { body: sent }),
    });
    const text = await response.text();
    const { status } = response;
    refuseUndocumented({
      ...{ method, path, status, text },
      request: { contentType, body: sent },
      contentType: response.headers.get('content-type'),
    });
    return {
      status,
      headers: response.headers,
      text,
      body: isJson(response) && text !== '' ? JSON.parse(text) : undefined,
    };
  };
  const done: Api['done'] = async (method, path, body, options) => {
    const { status, text, body: returned } = await call(method, path, body, options);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return returned;
  };

  return {
    project,
    adminKey,
    call,
    done,
    get: (path) => done('GET', path),
    async newProject(name, settings = {}) {
      const id = `${project}-${name}`;
      await done('POST', '/v1/projects', { id, ...settings });
      return id;
    },
    newKey: (scopes, ofProject) =>
      done('POST', pathOf('keys', ofProject), { name: scopes.join(' '), scopes }),
    subscribe: (settings, inProject) => done('POST', pathOf('subscriptions', inProject), settings),
    publish: (event, toProject) => call('POST', pathOf('events', toProject), event),
    attempts: (id, count) =>
      eventually(`${id} has ${count} attempts`, async () => {
        const { data } = await done('GET', `subscriptions/${id}/attempts?limit=100`);
        if (count !== undefined && data.length !== count)
          throw new Error(`${data.length} attempts: ${JSON.stringify(data)}`);
        return data;
      }),
    finishedJob: (subscriptionId, jobId) =>
      eventually(`${jobId} is done`, async () => {
        const job = await done('GET', `subscriptions/${subscriptionId}/jobs/${jobId}`);
        if (job.state !== 'done') throw new Error(JSON.stringify(job));
        return job;
      }),
    storedEvent: (id) =>
      eventually(`the event ${id} is stored`, () => done('GET', `events/${toPathSegment(id)}`)),
  };
}

const isJson = ({ headers }: Response) => /[/+]json\b/.test(headers.get('content-type') ?? '');
