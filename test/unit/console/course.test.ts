import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../client/index.ts';
import { coursesOf, mostAttempts } from '../../../console/src/attempt/course.ts';
import { nextAttemptAt } from '../../../core/model/retry-schedule.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 15, 12, 0, second)).toISOString();

/** An attempt that failed, and that another one follows a second later. */
function attempt(number: number, more: Partial<Attempt> = {}): Attempt {
  return {
    ...{ id: `att_${number}`, eventId: 'evt_1', eventType: 'order.paid', subscriptionId: 'sub_1' },
    ...{ number, trigger: number === 1 ? 'event' : 'retry', at: at(number), durationMs: 1 },
    request: { method: 'POST', url: 'https://example.com', headers: {}, body: '{}' },
    ...{ response: null, outcome: 'failure', error: 'timeout', nextAttemptAt: at(number + 1) },
    ...more,
  };
}
const success = { outcome: 'success', error: null, nextAttemptAt: null } as const;

describe('the course of a delivery after an attempt', () => {
  const courseIn = (list: readonly Attempt[]) => list.map(coursesOf(list));

  it('is the delivery by the first later attempt that succeeded, whatever the order of the list', () => {
    const list = [attempt(4, { ...success, trigger: 'replay' }), attempt(3, success), attempt(2), attempt(1)];
    expect(courseIn(list)).toEqual([4, 3, 3, 3].map((on) => ({ kind: 'delivered', on })));
  });

  it('is the next attempt if there is no later one in the list, and else that one followed', () => {
    expect(courseIn([attempt(2), attempt(1)])).toEqual([{ kind: 'due', at: at(3) }, { kind: 'retried' }]);
  });

  it('ends with an attempt that none follows', () => {
    expect(courseIn([attempt(1, { nextAttemptAt: null })])).toEqual([{ kind: 'ended' }]);
  });

  it('is not that of the same event’s delivery to another subscription', () => {
    const other = attempt(2, { ...success, subscriptionId: 'sub_2' });
    expect(coursesOf([other, attempt(1)])(attempt(1))).toEqual({ kind: 'due', at: at(2) });
  });
});

describe('the most attempts of a delivery', () => {
  it.each([
    ['none', 1],
    [[1, 2, 3, 4], 5],
    ['standard', 10],
  ] as const)('are one more than the waits of its schedule: %j', (retry, most) => {
    const list = [attempt(1)];
    const schedule = retry === 'none' || retry === 'standard' ? retry : [...retry];
    expect(mostAttempts({ retry: schedule }, list, attempt(1))).toBe(most);
    const waits = (number: number) =>
      nextAttemptAt({ retry: schedule, number, now: 0, retryAfter: null, random: 0 });
    expect(waits(most)).toBeNull();
    if (most > 1) expect(waits(most - 1)).not.toBeNull();
  });

  it('are counted on by a replay, from it on', () => {
    const list = [attempt(1, success), attempt(2, { trigger: 'replay' }), attempt(3)];
    expect(list.map((one) => mostAttempts({ retry: [1, 2] }, list, one))).toEqual([3, 4, 4]);
  });
});
