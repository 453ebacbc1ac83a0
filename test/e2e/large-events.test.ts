import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CLAIM_CHECK } from '../../core/claim-check/claim-check.ts';
import { to, useReceiver, verify } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

/** Text that does not compress: base64 of random bytes. */
const incompressible = (bytes: number): string => randomBytes(bytes).toString('base64').slice(0, bytes);

const MIB = 1024 * 1024;

describe('an event of 1 MiB', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const event = (type: string, bytes: number, more: object = {}) => {
    const frame = JSON.stringify({ type, ...more, data: { text: '' } }).length;
    return { type, ...more, data: { text: incompressible(bytes - frame) } };
  };

  it('is accepted over HTTPS, delivered, shown and replayed as it was sent', async () => {
    const published = event('large.https', MIB, { id: 'large-https' });
    const url = receiver.url('/https');
    const { id, secret } = await stack().subscribe({ url, events: ['large.https'], signature: 'standard' });
    expect(await stack().publish(published)).toMatchObject({ status: 202 });
    const [request] = await receiver.waitFor(1, to('/https'));
    if (request === undefined) throw new Error('unreachable');
    expect(verify(secret, request)).toMatchObject({ data: published.data });
    const { data } = await stack().get('events/large-https');
    expect(data).toEqual(published.data);
    await stack().done('POST', 'events/large-https/replay', { subscriptionId: id });
    const [, again] = await receiver.waitFor(2, to('/https'));
    expect(again?.body.length).toBe(request.body.length);
    const preview = await stack().done('POST', `subscriptions/${id}/preview`, { eventId: 'large-https' });
    expect(preview.request.body).toContain(published.data.text);
  });

  it('is accepted from the queue, where its message has no room left for anything of ours', async () => {
    await stack().subscribe({ url: receiver.url('/queue'), events: ['large.queue'] });
    const project = stack().project;
    const published = event('large.queue', MIB, { project });
    await stack().send(JSON.stringify(published));
    const [request] = await receiver.waitFor(1, to('/queue'));
    expect(JSON.parse(request?.body ?? '').data).toEqual(published.data);
  });

  it('is retried by the pump', async () => {
    const published = event('large.retried', MIB);
    receiver.respond((_, response) => {
      const isFirst = receiver.requests.filter(to('/retried')).length === 1;
      response.writeHead(isFirst ? 503 : 200).end();
    });
    await stack().subscribe({ url: receiver.url('/retried'), events: ['large.retried'], retry: [1] });
    await stack().publish(published);
    const [first, second] = await receiver.waitFor(2, to('/retried'));
    expect(second?.body).toBe(first?.body);
    expect(JSON.parse(second?.body ?? '').data).toEqual(published.data);
  });

  it('is refused if it is a byte larger', async () => {
    const tooLarge = await stack().publish(event('large.over', MIB + 1));
    expect(tooLarge.status).toBe(413);
  });

  it('is dead-lettered with a reason if it cannot be accepted, and delivered after a redrive', async () => {
    const project = 'large-later';
    const published = event('large.redriven', MIB, { project });
    await stack().send(JSON.stringify(published));
    const [letter] = await stack().receive('events-dead-letter');
    const attributes = Object.fromEntries(
      Object.entries(letter?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [
        name,
        StringValue ?? '',
      ]),
    );
    expect(attributes.reason).toBe(`There is no project "${project}".`);
    await stack().done('POST', '/v1/projects', { id: project });
    await stack().subscribe({ url: receiver.url('/redriven'), events: ['large.redriven'] }, project);

    // A publisher's claim check is ignored, even that of a body which is there.
    const claimCheck = { [CLAIM_CHECK]: attributes[CLAIM_CHECK] ?? '' };
    expect(claimCheck[CLAIM_CHECK]).toMatch(/^messages\//);
    await stack().send(letter?.Body ?? '', { ...claimCheck, project });
    const [forged] = await stack().receive('events-dead-letter');
    expect(forged?.MessageAttributes?.reason?.StringValue).toMatch(/^type /);
    await stack().settled();
    expect(receiver.requests.filter(to('/redriven'))).toEqual([]);

    await stack().send(letter?.Body ?? '', attributes, 'internal');
    const [request] = await receiver.waitFor(1, to('/redriven'));
    expect(JSON.parse(request?.body ?? '').data).toEqual(published.data);
  });
});

describe('an array of events in one message of the queue', () => {
  const stack = useStack();
  const receiver = useReceiver();

  it('is delivered event by event, each with its own id', async () => {
    await stack().subscribe({ url: receiver.url('/array'), events: ['array'], signature: 'standard' });
    const project = stack().project;
    const events = [1, 2, 3].map((n) => ({ project, type: 'array', data: { n } }));
    await stack().send(JSON.stringify(events));
    const requests = await receiver.waitFor(3, to('/array'));
    const dataOf = ({ body }: { readonly body: string }) => JSON.parse(body).data.n;
    expect(requests.map(dataOf).toSorted()).toEqual([1, 2, 3]);
    const { data } = await stack().get('events?type=array');
    const ids: string[] = data.map(({ id }: { id: string }) => id);
    expect(ids.toSorted().map((id) => id.replace(/^evt_[\w-]{36}/, ''))).toEqual(['-0', '-1', '-2']);
    expect(requests.map(({ headers }) => headers['webhook-id']).toSorted()).toEqual(ids.toSorted());
  });
});
