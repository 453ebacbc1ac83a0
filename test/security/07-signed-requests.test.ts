import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ReceivedRequest, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

/** A key that may only read, and the manager's, look at requests that were signed and whose receiver echoes them. */
describe('a key below manage finds no signed request to copy', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const TYPE = 'Invoice.on_update';
  let reader = '';
  let manager = '';
  const signaturesOf = ({ headers }: ReceivedRequest) =>
    ['webhook-signature', 'x-frappe-webhook-signature'].flatMap((name) => headers[name] ?? []);
  /** Every signature that was sent. */
  const sent = () => receiver.requests.flatMap(signaturesOf);
  let eventId = '';
  let subscriptionId = '';

  beforeAll(async () => {
    receiver.respond((request, response) =>
      response.writeHead(200).end(JSON.stringify(signaturesOf(request))),
    );
    reader = (await stack().newKey(['read'], stack().project)).secret;
    manager = (await stack().newKey(['manage'], stack().project)).secret;
    const { id } = await stack().subscribe({ url: receiver.url('/standard'), events: [TYPE] });
    subscriptionId = id;
    await stack().done('POST', '/api/resource/Webhook', {
      name: 'signed',
      webhook_doctype: 'Invoice',
      webhook_docevent: 'on_update',
      request_url: receiver.url('/frappe'),
      enable_security: 1,
      webhook_secret: 'a secret of Frappe',
    });
    eventId = (await stack().publish({ type: TYPE, data: { name: 'INV-1' } })).body.id;
    await receiver.waitFor(2);
    await eventually('both attempts are logged', async () =>
      expect((await stack().get(`events/${eventId}/attempts`)).data).toHaveLength(2),
    );
    await stack().done('POST', `subscriptions/${subscriptionId}/test`, {});
  });

  const log = (parameters: Readonly<Record<string, string>>) =>
    `/api/resource/Webhook%20Request%20Log?${new URLSearchParams({ limit_page_length: '0', ...parameters })}`;
  const pages = (): string[] => [
    `events/${eventId}/attempts`,
    `subscriptions/${subscriptionId}/attempts`,
    log({ fields: '["*"]' }),
  ];

  it('neither in the log of an event, of a subscription, or of Frappe', async () => {
    expect(sent()).toHaveLength(3);
    for (const path of pages()) {
      const { status, text } = await stack().call('GET', path, undefined, { bearer: reader });
      expect([path, status]).toEqual([path, 200]);
      expect(text).toContain('signature');
      for (const signature of sent()) expect(text).not.toContain(signature.slice(0, 12));
    }
  });

  it("nor in a document of Frappe's log", async () => {
    const { body } = await stack().call('GET', log({}), undefined, { bearer: reader });
    expect(body.data.length).toBeGreaterThan(0);
    for (const { name } of body.data) {
      const path = `/api/resource/Webhook%20Request%20Log/${encodeURIComponent(name)}`;
      const { status, text } = await stack().call('GET', path, undefined, { bearer: reader });
      expect(status).toBe(200);
      for (const signature of sent()) expect(text).not.toContain(signature.slice(0, 12));
    }
  });

  it('nor with a test or a preview, which need the scope manage', async () => {
    const draft = { subscription: { url: receiver.url(), events: [TYPE] } };
    for (const [path, body] of [
      [`subscriptions/${subscriptionId}/test`, {}],
      [`subscriptions/${subscriptionId}/preview`, {}],
      ['subscriptions/preview', draft],
    ] as const)
      expect((await stack().call('POST', path, body, { bearer: reader })).status).toBe(403);
  });

  it('while a key with manage sees what was sent', async () => {
    const { data } = await stack().done('GET', `subscriptions/${subscriptionId}/attempts`, undefined, {
      bearer: manager,
    });
    const shown = data.map(({ request }: { request: { headers: Record<string, string> } }) =>
      String(request.headers['webhook-signature']),
    );
    expect(shown).toHaveLength(2);
    for (const signature of shown) expect(sent()).toContain(signature);
  });

  it("nor in Frappe's log of a subscription that became a webhook, nor by guessing it with the filters there", async () => {
    await stack().done('PATCH', `subscriptions/${subscriptionId}`, {
      ...{ format: 'template', template: '{}', signature: 'frappe' },
    });
    const [signature = ''] = sent().filter((each) => each.startsWith('v1,'));
    const { text } = await stack().call('GET', log({ fields: '["*"]' }), undefined, { bearer: reader });
    expect(text).toContain('webhook-signature');
    expect(text).not.toContain(signature.slice(0, 12));
    for (const column of ['headers', 'response'])
      for (const length of [6, signature.length]) {
        const filters = JSON.stringify([[column, 'like', `%${signature.slice(0, length)}%`]]);
        const found = async (bearer: string) =>
          (await stack().call('GET', log({ filters }), undefined, { bearer })).body.data.length;
        expect(await found(reader)).toBe(0);
        expect(await found(manager)).toBeGreaterThan(0);
      }
  });
});
