import { Webhooks } from '@octokit/webhooks';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import { describe, expect, it } from 'vitest';
import { type ReceivedRequest, to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

type Verify = (request: ReceivedRequest, secret: string) => unknown;

const headersOf = ({ headers }: ReceivedRequest) => headers as Record<string, string>;
const header = (request: ReceivedRequest, name: string) => String(request.headers[name]);
const refuseUnless = (verified: boolean) => {
  if (!verified) throw new Error('The signature does not match.');
};

const LIBRARIES: readonly [library: string, signature: string, verify: Verify][] = [
  [
    'standardwebhooks',
    'standard',
    (request, secret) => new Webhook(secret).verify(request.body, headersOf(request)),
  ],
  ['svix', 'standard', (request, secret) => new SvixWebhook(secret).verify(request.body, headersOf(request))],
  [
    'stripe',
    'stripe',
    (request, secret) =>
      new Stripe('sk_test_none').webhooks.constructEvent(
        request.body,
        header(request, 'stripe-signature'),
        secret,
      ),
  ],
  [
    '@octokit/webhooks',
    'github',
    async (request, secret) =>
      refuseUnless(
        await new Webhooks({ secret }).verify(request.body, header(request, 'x-hub-signature-256')),
      ),
  ],
];

/** Receivers as people write them, with the library that their platform gives them. */
describe('a receiver that verifies with', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const subscribe = (type: string, signature: string) =>
    stack().subscribe({ url: receiver.url(`/${type}`), events: [type], signature });
  const secretOf = async (id: string): Promise<string> =>
    (await stack().get(`subscriptions/${id}/secret`)).secret;

  it.each(LIBRARIES)('%s accepts the signature %j, and no changed body or other secret', async (...row) => {
    const [library, signature, verifies] = row;
    const type = `signed.${library.replace(/\W/g, '')}`;
    const { id } = await subscribe(type, signature);
    await stack().publish({ type, data: { city: 'Orléans 😀', total: 12.5 } });
    const [request] = await receiver.waitFor(1, to(`/${type}`));
    if (request === undefined) throw new Error('No request came.');
    const secret = await secretOf(id);
    await verifies(request, secret);
    const changed = { ...request, body: request.body.replace('12.5', '13.5') };
    await expect(async () => verifies(changed, secret)).rejects.toThrow();
    const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    await expect(async () => verifies(request, other)).rejects.toThrow();
  });

  it.each(['standard', 'stripe'])(
    'the old secret accepts the signature %j during a rotation',
    async (name) => {
      const library = LIBRARIES.findLast(([, signature]) => signature === name);
      const type = `rotated.${name}`;
      const { id } = await subscribe(type, name);
      const before = await secretOf(id);
      await stack().done('POST', `subscriptions/${id}/rotate-secret`, {});
      await stack().publish({ type, data: {} });
      const [request] = await receiver.waitFor(1, to(`/${type}`));
      if (request === undefined || library === undefined) throw new Error('Nothing to verify.');
      for (const secret of [before, await secretOf(id)]) await library[2](request, secret);
    },
  );
});
