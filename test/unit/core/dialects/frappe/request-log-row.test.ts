import { expect, it } from 'vitest';
import { requestLogRow } from '../../../../../core/dialects/frappe/request-log-row.ts';
import type { Attempt } from '../../../../../core/model/attempt.ts';

const rowOf = (body: string) =>
  requestLogRow(
    {
      id: 'att_1',
      number: 1,
      subscriptionId: 'sub_1',
      eventId: 'evt_1',
      eventType: 'Task.on_update',
      at: '2026-11-21T09:00:00.000Z',
      request: { method: 'POST', url: 'https://a.example', headers: {}, body },
      response: null,
    } as unknown as Attempt,
    'webhook',
    null,
  );

it('shows data as it was sent if its indents would make it many times longer', () => {
  const deep = `${'['.repeat(150)}${'1,'.repeat(7000)}1${']'.repeat(150)}`;
  expect(rowOf(deep)).toMatchObject({ data: deep });
  expect(rowOf('{"a":[1]}')).toMatchObject({ data: '{\n "a": [\n  1\n ]\n}' });
});
