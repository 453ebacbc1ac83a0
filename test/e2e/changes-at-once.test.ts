import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.ts';

describe('twenty concurrent changes', () => {
  const stack = useStack();
  const statuses = (answers: { status: number }[]) => new Set(answers.map(({ status }) => status));

  it('all take effect on a subscription', async () => {
    const { id } = await stack().subscribe({
      url: 'http://127.0.0.1:9/',
      events: ['a'],
      headers: { authorization: 'Bearer secret' },
    });
    const path = `subscriptions/${id}`;
    const patches = [
      { name: 'A' },
      { maxInFlight: 5 },
      { events: ['a', 'b.*'] },
      { method: 'PUT' },
      { headers: { authorization: '***', accept: 'text/plain' } },
      { format: 'data' },
      { signature: 'none' },
      { timeoutSeconds: 3 },
      { retry: [1, 2] },
      { metadata: { a: '1' } },
    ];
    const answers = await Promise.all(
      [...patches, ...patches].map((patch) => stack().call('PATCH', path, patch)),
    );
    expect(statuses(answers)).toEqual(new Set([200]));
    expect((await stack().call('GET', path)).body).toMatchObject(Object.assign({}, ...patches));
  });

  it('all take effect on a project', async () => {
    const patches = [{ name: 'A' }, { exportKey: 'e' }, { companyId: 'c' }, { retentionDays: 60 }];
    const twenty = Array.from({ length: 5 }, () => patches).flat();
    const answers = await Promise.all(twenty.map((patch) => stack().call('PATCH', '', patch)));
    expect(statuses(answers)).toEqual(new Set([200]));
    expect(await stack().get('')).toMatchObject(Object.assign({}, ...patches));
  });

  it('leave an event type as one of them set it', async () => {
    const path = 'event-types/a.b';
    const given = Array.from({ length: 20 }, (_, n) => ({
      description: String(n),
      schema: n % 2 === 0 ? { const: { n } } : null,
      samples: [{ n }],
      archived: n % 3 === 0,
    }));
    const answers = await Promise.all(given.map((settings) => stack().call('PUT', path, settings)));
    expect(statuses(answers)).toEqual(new Set([200]));
    const { type: _type, ...left } = (await stack().call('GET', path)).body;
    expect(given).toContainEqual(left);
  });
});
