import type { Stack } from './stack.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads of a document.
export type Document = Record<string, any>;

/** Create a client of Frappe's REST API, which authenticates with a key's id and secret. */
export function frappeClient(stack: () => Stack, authorization?: string) {
  const options = authorization === undefined ? {} : { bearer: null, headers: { authorization } };
  const call = (method: string, path: string, body?: unknown) =>
    stack().call(method, `/api/resource/${path}`, body, options);
  const done = async (answer: ReturnType<typeof call>): Promise<Document> => {
    const { status, text, body } = await answer;
    if (status >= 300) throw new Error(`${status}: ${text}`);
    return body.data;
  };
  const query = (parameters: Readonly<Record<string, unknown>>) => {
    const texts = Object.entries(parameters).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    return new URLSearchParams(texts);
  };
  return {
    call,
    create: (document: object) => done(call('POST', 'Webhook', document)),
    get: (name: string) => done(call('GET', `Webhook/${encodeURIComponent(name)}`)),
    update: (name: string, document: object) =>
      done(call('PUT', `Webhook/${encodeURIComponent(name)}`, document)),
    remove: (name: string) => call('DELETE', `Webhook/${encodeURIComponent(name)}`),
    list: (parameters: Readonly<Record<string, unknown>> = {}) =>
      done(call('GET', `Webhook?${query(parameters)}`)) as Promise<Document[]>,
    /** List a webhook's request logs with all columns, the newest first. */
    logs: (webhook: string, parameters: Readonly<Record<string, unknown>> = {}) =>
      done(
        call(
          'GET',
          `Webhook%20Request%20Log?${query({ filters: { webhook }, fields: ['*'], ...parameters })}`,
        ),
      ) as Promise<Document[]>,
  };
}

/** Return the error messages of a response, as Frappe's clients read them. */
export function messagesOf(body: Document): string[] {
  return JSON.parse(body._server_messages).map((message: string) => JSON.parse(message).message);
}
