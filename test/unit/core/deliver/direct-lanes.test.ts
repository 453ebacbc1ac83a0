import { beforeEach, describe, expect, it } from 'vitest';
import { AT_ONCE, DirectLanes } from '../../../../core/deliver/direct-lanes.ts';
import { newFlow } from '../../../../core/model/flow.ts';
import { subscriptionRecord } from '../../../support/records.ts';

describe('the lanes of an invocation', () => {
  let lanes: DirectLanes;
  beforeEach(() => {
    lanes = new DirectLanes();
  });
  const subscription = subscriptionRecord();
  /** Enter so many times. Return what becomes of each, in the order in which that is decided. */
  const enter = (count: number, to = subscription) => {
    const decided: [number, boolean][] = [];
    for (let n = 0; n < count; n++) void lanes.enter(to).then((goes) => decided.push([n, goes]));
    return decided;
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it.each([
    ['is paced', { flow: newFlow(subscription.createdAt) }],
    ['has a rate limit', { rateLimit: { perSecond: 1000 } }],
    ['has a limit of requests at once', { maxInFlight: 200 }],
    ['is paused by its owner', { paused: true }],
  ])('send away what is for a subscription that %s', async (_, given) => {
    expect(await lanes.enter({ ...subscription, ...given })).toBe(false);
  });

  it('let twenty go at once, and the others as these leave, the first first', async () => {
    const decided = enter(AT_ONCE + 3);
    await settle();
    expect(decided).toHaveLength(20);
    lanes.leave(subscription);
    lanes.leave(subscription);
    await settle();
    expect(decided.slice(20)).toEqual([
      [20, true],
      [21, true],
    ]);
  });

  it('are free again when all have left', async () => {
    enter(AT_ONCE);
    for (let n = 0; n < AT_ONCE; n++) lanes.leave(subscription);
    const decided = enter(AT_ONCE + 1);
    await settle();
    expect(decided).toHaveLength(20);
  });

  it('send away who waits, and who comes later, once they are closed', async () => {
    const decided = enter(AT_ONCE + 2);
    lanes.close(subscription);
    await settle();
    expect(decided.slice(20)).toEqual([
      [20, false],
      [21, false],
    ]);
    expect(await lanes.enter(subscription)).toBe(false);
    for (let n = 0; n < AT_ONCE; n++) lanes.leave(subscription);
    expect(await lanes.enter(subscription)).toBe(false);
  });

  it('are one for each endpoint', async () => {
    const other = subscriptionRecord();
    enter(AT_ONCE);
    expect(await lanes.enter(other)).toBe(true);
    lanes.close(subscription);
    expect(await lanes.enter(other)).toBe(true);
  });
});
