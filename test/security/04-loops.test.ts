import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { frappeClient, messagesOf } from '../support/frappe.ts';
import { status, to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

const HOPS = 'ancrage-hops';
const upTo = (last: number) => Array.from({ length: last }, (_, index) => String(index + 1));

/** An attempt, as far as these attacks look at it. */
interface LoopAttempt {
  readonly response: { readonly status: number } | null;
  readonly nextAttemptAt: string | null;
}

describe('an endless loop', () => {
  const stack = useStack();
  const receiver = useReceiver();

  /** Subscribe a route of the stack's own API, with a key that may use it. */
  const subscribeOwnRoute = async (events: string[], path: string, template = '{}') => {
    const { secret } = await stack().newKey(['manage', 'publish']);
    return stack().subscribe({
      events,
      url: `${stack().outputs.apiUrl}/v1/projects/${stack().project}/${path}`,
      headers: { authorization: `Bearer ${secret}` },
      format: 'template',
      template,
    });
  };

  /** Return the attempts of a subscription, the oldest first, once there are exactly as many and nothing is left to do. */
  const endedAfter = async (id: string, count: number): Promise<LoopAttempt[]> => {
    await stack().attempts(id, count);
    await stack().idle('events', 'internal', 'deliveries', 'retries', 'pumps');
    return (await stack().attempts(id, count)).toReversed();
  };
  const statusesOf = (attempts: readonly LoopAttempt[]) => attempts.map(({ response }) => response?.status);
  const hopsAt = (path: string) => receiver.requests.filter(to(path)).map(({ headers }) => headers[HOPS]);

  it('of a hook URL that publishes again ends after 8 hops, and the refusal is not retried', async () => {
    const template = '{"type": "echo", "data": {"ancrage-hops": 0}}';
    const { id } = await subscribeOwnRoute(['echo'], 'events', template);
    await stack().publish({ type: 'echo', data: {} });
    const attempts = await endedAfter(id, 9);
    expect(statusesOf(attempts)).toEqual([...Array(8).fill(202), 422]);
    expect(attempts.map(({ nextAttemptAt }) => nextAttemptAt)).toEqual(Array(9).fill(null));
  });

  it('of a template that publishes three events each time ends after 8 hops', async () => {
    const template = '[{% for n in range(3) %}{"type": "many", "data": {}}{{ "," if n < 2 }}{% endfor %}]';
    const { id } = await subscribeOwnRoute(['many'], 'events', template);
    // From the start there would be 9841 events.
    const first = await stack().call(
      'POST',
      'events',
      { type: 'many', data: {} },
      { headers: { [HOPS]: '5' } },
    );
    expect(first.status).toBe(202);
    const attempts = await endedAfter(id, 1 + 3 + 9 + 27);
    expect(statusesOf(attempts).toSorted()).toEqual([...Array(1 + 3 + 9).fill(202), ...Array(27).fill(422)]);
  });

  it('of operational events that publish what fails again waits for the next report of the endpoint', async () => {
    receiver.respond(status(400));
    await stack().subscribe({ url: receiver.url('/failing'), events: ['failing'], retry: 'none' });
    const template = '{"type": "failing", "data": {}}';
    const { id } = await subscribeOwnRoute(['ancrage.*'], 'events', template);
    await stack().publish({ type: 'failing', data: {} });
    await receiver.waitFor(2, to('/failing'));
    await stack().settled();
    // An endpoint is reported once in five minutes: twice if they end meanwhile.
    const rounds = (await stack().attempts(id)).length;
    expect(rounds).toBeGreaterThanOrEqual(1);
    expect(rounds).toBeLessThanOrEqual(2);
    expect(hopsAt('/failing')).toEqual(upTo(rounds + 1));
    await stack().done('DELETE', `subscriptions/${id}`);
  });

  it('of a relay that passes the header on ends after 8 hops', async () => {
    const publishAgain = (hops: string) =>
      stack().call('POST', 'events', { type: 'relayed', data: {} }, { headers: { [HOPS]: hops } });
    receiver.respond(({ headers }, response) => {
      publishAgain(String(headers[HOPS])).then((answer) => response.writeHead(answer.status).end());
    });
    const { id } = await stack().subscribe({ url: receiver.url('/relay'), events: ['relayed'] });
    await stack().publish({ type: 'relayed', data: {} });
    const attempts = await endedAfter(id, 9);
    expect(statusesOf(attempts)).toEqual([...Array(8).fill(202), 422]);
    expect(hopsAt('/relay')).toEqual(upTo(9));
  });

  it.each([
    ['replays its event', 'replayed', 'events/replayed-1/replay'],
    ['replays a subscription', 'replayed.all', 'subscriptions/any/replay'],
    ['sends a test request', 'tested', 'subscriptions/any/test'],
  ])('of a hook URL that %s does not begin', async (_title, type, path) => {
    const { id } = await subscribeOwnRoute([type], path);
    await stack().publish({ type, data: {}, id: 'replayed-1', source: type });
    const [attempt] = await stack().attempts(id, 1);
    expect(attempt).toMatchObject({
      response: { status: 422, body: expect.stringContaining('Loop detected') },
    });
    await stack().done('DELETE', `subscriptions/${id}`);
  });
});

describe('the count of hops', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const frappe = frappeClient(stack);
  const hopsAt = async (path: string, count = 1) =>
    (await receiver.waitFor(count, to(path))).map(({ headers }) => headers[HOPS]);

  it.each([
    ['above 8', '9', 'Loop detected'],
    ['far above 8', '9'.repeat(100), 'Loop detected'],
    ['that is negative', '-1', 'The request is not valid'],
    ['that two proxies have joined', '1, 0', 'The request is not valid'],
    ['that is no number', 'none', 'The request is not valid'],
  ])('%s is refused over HTTPS', async (_title, hops, title) => {
    const event = { type: 'refused', data: {} };
    for (const body of [event, [event, event]]) {
      const answer = await stack().call('POST', 'events', body, { headers: { [HOPS]: hops } });
      expect([answer.status, answer.body.title]).toEqual([422, title]);
    }
    const cloudEvent = { specversion: '1.0', id: 'c', source: '/a', ...event };
    for (const [kind, body] of [
      ['cloudevents', cloudEvent],
      ['cloudevents-batch', [cloudEvent]],
    ] as const) {
      const headers = { [HOPS]: hops, 'content-type': `application/${kind}+json` };
      const answer = await stack().call('POST', 'events', body, { headers });
      expect([answer.status, answer.body.title]).toEqual([422, title]);
    }
  });

  it('goes on with an event and its replay', async () => {
    await stack().subscribe({ url: receiver.url('/again'), events: ['again'] });
    const headers = { [HOPS]: '3' };
    await stack().call('POST', 'events', { type: 'again', id: 'again-1', data: {} }, { headers });
    expect(await hopsAt('/again')).toEqual(['4']);
    await stack().done('POST', 'events/again-1/replay');
    expect(await hopsAt('/again', 2)).toEqual(['4', '4']);
  });

  it.each(['ancrage-hops', 'Ancrage-Hops', 'ANCRAGE-HOPS'])(
    'cannot be set by a subscription or a Frappe row: %s',
    async (name) => {
      const settings = { url: receiver.url('/set'), events: ['set'], headers: { [name]: '0' } };
      const created = await stack().call('POST', 'subscriptions', settings);
      const previewed = await stack().call('POST', 'subscriptions/preview', { subscription: settings });
      const { id } = await stack().subscribe({ ...settings, headers: {} });
      const changed = await stack().call('PATCH', `subscriptions/${id}`, { headers: { [name]: '0' } });
      for (const answer of [created, previewed, changed]) {
        expect(answer.status).toBe(422);
        expect(answer.text).toContain('is a reserved header');
      }
      const row = await frappe.call('POST', 'Webhook', {
        webhook_doctype: 'Task',
        webhook_docevent: 'on_update',
        request_url: receiver.url('/set'),
        webhook_headers: [{ key: name, value: '0' }],
      });
      expect(row.status).toBe(417);
      expect(messagesOf(row.body)).toEqual([expect.stringContaining('is a reserved header')]);
    },
  );

  it('replaces what a subscription of an earlier version has stored', async () => {
    const { id } = await stack().subscribe({ url: receiver.url('/stored'), events: ['stored'] });
    const { client, tableName } = stack().table;
    await client.send(
      new UpdateCommand({
        TableName: tableName,
        Key: KEY.subscription(stack().project, id),
        UpdateExpression: 'SET headers = :headers',
        ExpressionAttributeValues: { ':headers': { 'Ancrage-Hops': '0' } },
      }),
    );
    const { body } = await stack().call('POST', `subscriptions/${id}/preview`, { event: 'stored' });
    expect(body.request.headers).toMatchObject({ [HOPS]: '1' });
    const test = await stack().done('POST', `subscriptions/${id}/test`, { event: 'stored' });
    expect(test.request.headers).toMatchObject({ [HOPS]: '1' });
    await stack().publish({ type: 'stored', data: {} });
    expect(await hopsAt('/stored', 2)).toEqual(['1', '1']);
  });

  it('can be raised by a publisher on the queue, and lowered by none', async () => {
    await stack().subscribe({ url: receiver.url('/queue'), events: ['queued.*'] });
    const event = (type: string, more: object = {}) =>
      JSON.stringify({ project: stack().project, type: `queued.${type}`, data: {}, ...more });
    const notification = (message: string, hops: string) =>
      JSON.stringify({
        ...{ Type: 'Notification', TopicArn: 'arn:aws:sns:eu-west-1:1:topic', Message: message },
        MessageAttributes: { [HOPS]: { Type: 'String', Value: hops } },
      });
    await stack().send(event('raised'), { [HOPS]: '8' });
    await stack().send(notification(event('sns'), '8'), { [HOPS]: '0' });
    // It repeats an event that has hops.
    await stack().call(
      'POST',
      'events',
      { type: 'queued.first', id: 'q', data: {} },
      { headers: { [HOPS]: '8' } },
    );
    await stack().storedEvent('q');
    await stack().send(event('first', { id: 'q' }), { [HOPS]: '0' });
    expect(await hopsAt('/queue', 3)).toEqual(['9', '9', '9']);

    await stack().send(event('over'), { [HOPS]: '9' });
    await stack().send(notification(event('over'), '9'), { [HOPS]: '0' });
    await stack().send(event('negative'), { [HOPS]: '-1' });
    await stack().send(event('member', { hops: 0 }), { [HOPS]: '8' });
    await stack().holds('events-dead-letter', 4);
    const letters = [];
    while (letters.length < 4) letters.push(...(await stack().receive('events-dead-letter')));
    expect(letters.map(({ MessageAttributes }) => MessageAttributes?.reason?.StringValue).toSorted()).toEqual(
      [
        expect.stringMatching(/^The event has more than 8 hops/),
        expect.stringMatching(/^The event has more than 8 hops/),
        'ancrage-hops is not a whole number',
        expect.stringMatching(/hops/),
      ],
    );
    expect(receiver.requests.filter(to('/queue'))).toHaveLength(3);
  });
});
