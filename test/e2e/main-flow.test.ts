import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { status, to, useReceiver, verify } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

/** Uses nothing of a stack but its outputs, so that `npm run emulate` can run the same tests on an emulator of AWS. */
describe('a stack', () => {
  const stack = useStack();
  const receiver = useReceiver();

  it('delivers what is published over HTTPS and to the queue, signed, and lists the attempts', async () => {
    const { id, secret } = await stack().subscribe({ url: receiver.url('/signed'), events: ['order.*'] });
    const { status: answer, body } = await stack().publish({ type: 'order.paid', data: { total: 1 } });
    expect(answer).toBe(202);
    await stack().sendEvent({ type: 'order.sent', id: 'by-queue', data: { total: 2 } });

    const requests = await receiver.waitFor(2, to('/signed'));
    const data = requests.map((request) => [
      request.headers['webhook-id'],
      (verify(secret, request) as { data: unknown }).data,
    ]);
    expect(Object.fromEntries(data)).toEqual({ [body.id]: { total: 1 }, 'by-queue': { total: 2 } });

    const attempts = await stack().attempts(id, 2);
    for (const attempt of attempts)
      expect(attempt).toMatchObject({ number: 1, outcome: 'success', response: { status: 200 } });
    expect(attempts.map(({ eventId }) => eventId).toSorted()).toEqual([body.id, 'by-queue'].toSorted());
    expect(await stack().storedEvent('by-queue')).toMatchObject({ type: 'order.sent', data: { total: 2 } });
  });

  it('does not deliver what a condition excludes', async () => {
    const condition = 'data.total > 1000';
    await stack().subscribe({ url: receiver.url('/large'), events: ['sum'], condition });
    await stack().publish([1000, 1001].map((total) => ({ type: 'sum', data: { total } })));
    const [request] = await receiver.waitFor(1, to('/large'));
    expect(JSON.parse(request?.body ?? '').data).toEqual({ total: 1001 });
    await stack().settled();
    expect(receiver.requests.filter(to('/large'))).toHaveLength(1);
  });

  it('retries after a 503, with the same id', async () => {
    let answers = 0;
    receiver.respond((request, response) => status(answers++ === 0 ? 503 : 200)(request, response));
    const { id } = await stack().subscribe({
      url: receiver.url('/retried'),
      events: ['retried'],
      retry: [1],
    });
    await stack().sendEvent({ type: 'retried', id: 'twice', data: {} });
    const requests = await receiver.waitFor(2, to('/retried'));
    expect(requests.map(({ headers }) => headers['webhook-id'])).toEqual(['twice', 'twice']);
    const attempts = await stack().attempts(id, 2);
    expect(attempts.map(({ number, outcome }) => [number, outcome])).toEqual([
      [2, 'success'],
      [1, 'failure'],
    ]);
  });

  it('disables a subscription that answers 410', async () => {
    receiver.respond(status(410));
    const { id } = await stack().subscribe({ url: receiver.url('/gone'), events: ['gone'] });
    await stack().publish({ type: 'gone', data: {} });
    await receiver.waitFor(1, to('/gone'));
    await eventually(`${id} is disabled`, async () =>
      expect(await stack().get(`subscriptions/${id}`)).toMatchObject({
        ...{ enabled: false, disabledReason: 'gone' },
      }),
    );
    receiver.respond(status(200));
  });

  it('dead-letters a message that is no event, with the reason', async () => {
    const body = `no event: ${crypto.randomUUID()}`;
    await stack().send(body);
    const reason = await eventually('the message is dead-lettered', async () => {
      const letters = await stack().receive('events-dead-letter');
      const letter = letters.find(({ Body }) => Body === body);
      if (letter === undefined) throw new Error(`Others: ${JSON.stringify(letters.map(({ Body }) => Body))}`);
      return letter.MessageAttributes?.reason?.StringValue;
    });
    expect(reason).toMatch(/JSON/);
  });

  it('replays an event', async () => {
    const { id } = await stack().subscribe({ url: receiver.url('/again'), events: ['again'] });
    await stack().sendEvent({ type: 'again', id: 'again-1', data: {} });
    await receiver.waitFor(1, to('/again'));
    await stack().attempts(id, 1);
    await stack().done('POST', 'events/again-1/replay', { subscriptionId: id });
    const [, again] = await receiver.waitFor(2, to('/again'));
    expect(again?.headers['webhook-id']).toBe('again-1');
  });
});
