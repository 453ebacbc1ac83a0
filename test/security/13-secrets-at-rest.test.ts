import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../core/adapters/dynamodb/table.ts';
import { eventually } from '../support/eventually.ts';
import { frappeClient } from '../support/frappe.ts';
import { type ReceivedRequest, to, useReceiver, verify } from '../support/receiver.ts';
import { type Stack, useOwnStack } from '../support/stack.ts';
import { scanned } from '../support/stored.ts';
import { callPump } from '../support/waiting.ts';

const secretOf = (seed: number) => `whsec_${Buffer.alloc(32, seed).toString('base64')}`;
const [SECRET, ROTATED] = [secretOf(1), secretOf(2)];
const TOKEN = 'header-value-8c1f';
const QUERY = 'query-credential-77ab';
const PASSWORD = 'frappe-password-51d2';
const EXPORT_KEY = 'export-key-0be9';
const STOLEN = [SECRET, ROTATED, TOKEN, QUERY, PASSWORD, EXPORT_KEY];

const toStolen = ({ path }: ReceivedRequest) => path.startsWith('/stolen');

/** Return all texts of an item, with those of compressed attributes, as a thief would read them. */
function textsOf(value: unknown): string {
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value);
    return `${bytes.toString('latin1')} ${bytes.toString('base64')} ${inflated(bytes)}`;
  }
  if (value instanceof Object) return Object.entries(value).flat().map(textsOf).join(' ');
  return String(value);
}

function inflated(bytes: Buffer): string {
  try {
    return inflateRawSync(bytes).toString();
  } catch {
    return '';
  }
}

/** Return the items, by key, that have one of these texts. */
async function found(stack: Stack, texts: readonly string[] = STOLEN): Promise<string[]> {
  const items = await scanned(stack);
  return Object.keys(items).filter((key) => texts.some((text) => textsOf(items[key]).includes(text)));
}

const put = ({ table: { client, tableName: TableName } }: Stack, item: Item) =>
  client.send(new PutCommand({ TableName, Item: item }));
const itemOf = async (stack: Stack, id: string): Promise<Item> =>
  (await scanned(stack))[`PROJECT#${stack.project} SUB#${id}`] ?? {};

describe('a thief of the table', () => {
  const stack = useOwnStack();
  const receiver = useReceiver();
  const frappe = frappeClient(stack);
  let id: string;

  beforeAll(async () => {
    await stack().done('PATCH', `/v1/projects/${stack().project}`, { exportKey: EXPORT_KEY, companyId: 'c' });
    const settings = { url: receiver.url(`/stolen?key=${QUERY}`), headers: { 'x-api': TOKEN } };
    const body = { ...settings, events: ['stolen'], secret: SECRET };
    const headers = { 'idempotency-key': 'guessable' };
    id = (await stack().call('POST', 'subscriptions', body, { headers })).body.id;
    await stack().done('POST', `subscriptions/${id}/rotate-secret`, {
      secret: ROTATED,
      overlapSeconds: 3600,
    });
    await stack().subscribe({ ...settings, events: ['stolen'], format: 'hirehop', signature: 'none' });
    await frappe.create({
      webhook_doctype: 'Task',
      request_url: receiver.url('/frappe'),
      enable_security: 1,
      webhook_secret: PASSWORD,
      webhook_headers: [{ key: 'x-api', value: TOKEN }],
    });
    await stack().publish({ type: 'stolen', data: {} });
    await receiver.waitFor(2, toStolen);
    await eventually('the attempts are in the log', async () => {
      expect((await stack().get('events')).data).toHaveLength(1);
      expect((await stack().get(`subscriptions/${id}/attempts`)).data).toHaveLength(1);
    });
  });

  it('finds no secret, header value, export key or URL of a hook in it', async () => {
    expect(await found(stack())).toEqual([]);
  });

  it('finds them neither in the log', () => {
    const { logsDir } = stack();
    const lines = readdirSync(logsDir).map((name) => readFileSync(join(logsDir, name), 'utf8'));
    expect(lines.join('')).toContain('attempt');
    for (const text of STOLEN) expect(lines.join('')).not.toContain(text);
  });

  it('cannot read the response to a creation with a guessed Idempotency-Key and the id of the stack', async () => {
    const creations = Object.values(await scanned(stack())).filter(({ pk }) => /^CREATION#/.test(String(pk)));
    expect(creations).toMatchObject([{ dataKey: 1 }]);
  });

  it('leaves everybody else what they had: requests are signed, and the API shows its settings', async () => {
    const [request] = receiver.requests.filter(({ headers }) => headers['webhook-signature'] !== undefined);
    expect(request?.headers['x-api']).toBe(TOKEN);
    for (const secret of [SECRET, ROTATED]) expect(() => request && verify(secret, request)).not.toThrow();
    expect((await stack().get(`subscriptions/${id}`)).url).toContain(QUERY);
    expect((await stack().get(`subscriptions/${id}/secret`)).secret).toBe(ROTATED);
    expect((await stack().get(`/v1/projects/${stack().project}`)).exportKey).toBe(EXPORT_KEY);
    const [attempt] = (await stack().get(`subscriptions/${id}/attempts`)).data;
    expect(attempt.request.url).toContain(QUERY);
  });
});

describe('who can write to the table, but not use the key', () => {
  const stack = useOwnStack();
  const receiver = useReceiver();
  const errors = () =>
    readFileSync(join(stack().logsDir, 'deliver.log'), 'utf8') +
    readFileSync(join(stack().logsDir, 'pump.log'), 'utf8');

  it.each([
    [
      'the secrets of another subscription',
      (mine: Item, theirs: Item) => ({ ...mine, secrets: theirs.secrets }),
    ],
    ['the URL of another subscription', (mine: Item, theirs: Item) => ({ ...mine, url: theirs.url })],
    ['another attribute', (mine: Item) => ({ ...mine, headers: mine.url })],
  ])('cannot make it send with %s, and no delivery is lost', async (what, swap) => {
    const type = `swapped.${what.split(' ').length}.${what.length}`;
    const subscribe = (name: string): Promise<{ id: string }> =>
      stack().subscribe({ url: receiver.url(`/${type}/${name}`), events: [`${type}.${name}`] });
    const [mine, theirs] = [await subscribe('mine'), await subscribe('theirs')];
    const before = await itemOf(stack(), mine.id);
    await put(stack(), swap(before, await itemOf(stack(), theirs.id)));
    const { project, adminKey, apiUrl } = stack().outputs;
    const shown = await fetch(`${apiUrl}/v1/projects/${project}/subscriptions/${mine.id}`, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    expect(shown.status).toBe(500);
    await stack().publish({ type: `${type}.mine`, data: {} });
    await eventually('the function reports the value', async () => {
      expect(errors()).toContain('does not open in its place');
    });
    expect(receiver.requests.filter(({ path }) => path.startsWith(`/${type}`))).toEqual([]);
    await put(stack(), before);
    await callPump(stack(), mine.id);
    await receiver.waitFor(1, to(`/${type}/mine`));
  });
});
