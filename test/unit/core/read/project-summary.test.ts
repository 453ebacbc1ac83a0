import { beforeEach, describe, expect, it } from 'vitest';
import { DIRECT, type Flow, newFlow } from '../../../../core/model/flow.ts';
import type { Subscription } from '../../../../core/model/subscription.ts';
import { NO_TRAFFIC } from '../../../../core/model/traffic.ts';
import { MOST_COUNTED, MOST_FAILING, projectSummary } from '../../../../core/read/project-summary.ts';
import { inMemoryPipeline, type Pipeline } from '../../../support/pipeline.ts';
import { NOW, subscriptionRecord } from '../../../support/records.ts';

const iso = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const failing = (minutes: number): Flow => ({
  ...{ mode: 'paced', reason: 'failing', since: iso(minutes), watchedSince: NOW },
});
const DOWN: Flow = { mode: 'paused', reason: 'down', since: iso(-5), watchedSince: NOW };

describe('the summary of a project', () => {
  let pipeline: Pipeline;
  beforeEach(() => {
    pipeline = inMemoryPipeline();
  });
  const summary = () => projectSummary(pipeline, 'erp');
  const create = async (given: Partial<Subscription>) => {
    const subscription = subscriptionRecord(given);
    await pipeline.subscriptions.create(subscription);
    return subscription;
  };
  const hold = async ({ id }: Subscription, count: number) => {
    await pipeline.flows.wake('erp', id, NOW, true);
    await pipeline.flows.addHeld(id, count);
  };

  it('has nothing to report of healthy and of new subscriptions', async () => {
    await create({});
    await create({ flow: newFlow(iso(0)) });
    await create({ project: 'crm', flow: DOWN });
    const none = { count: 0, more: false };
    const nothing = { attempts: 0, delivered: 0, failed: 0 };
    expect(await summary()).toEqual({
      subscriptions: { failing: none, paused: none, disabled: none },
      failing: { data: [], more: false },
      held: none,
      lastHour: { since: iso(-60), ...nothing },
      lastDay: { since: iso(-24 * 60), ...nothing },
    });
  });

  it('lists what fails with its reason, the latest first, and counts what it holds and what its owner has paused', async () => {
    const [old, recent] = [await create({ flow: failing(-60) }), await create({ flow: failing(-1) })];
    const down = await create({ flow: DOWN });
    const watched = await create({ flow: { ...DIRECT, watchedSince: NOW - 120_000 } });
    const held = await create({ paused: true });
    await create({ enabled: false, disabledReason: 'gone' });
    for (const [subscription, count] of [
      [old, 5],
      [down, 7],
      [held, 20],
    ] as const)
      await hold(subscription, count);
    await pipeline.flows.change('erp', down.id, (state) => ({
      ...state,
      ...{ lastFailure: 'answered 503', lastFailureAt: iso(-4), lastSuccessAt: iso(-70) },
      nextProbeAt: NOW + 60_000,
    }));
    const { subscriptions, failing: listed, held: waiting } = await summary();
    expect(subscriptions).toEqual({
      failing: { count: 3, more: false },
      paused: { count: 2, more: false },
      disabled: { count: 1, more: false },
    });
    const unknown = {
      held: 0,
      nextProbeAt: null,
      lastFailure: null,
      lastFailureAt: null,
      lastSuccessAt: null,
    };
    expect(listed).toEqual({
      data: [
        { subscription: recent, reason: 'failing', since: iso(-1), ...unknown },
        { subscription: watched, reason: 'errors', since: iso(-2), ...unknown },
        {
          ...{ subscription: down, reason: 'down', since: iso(-5), held: 7 },
          // A delivery that arrives has the pump probe at once.
          nextProbeAt: iso(0),
          ...{ lastFailure: 'answered 503', lastFailureAt: iso(-4), lastSuccessAt: iso(-70) },
        },
        { subscription: old, reason: 'failing', since: iso(-60), ...unknown, held: 5 },
      ],
      more: false,
    });
    expect(waiting).toEqual({ count: 32, more: false });
  });

  it('counts up to a thousand, and lists a few', async () => {
    for (let n = 0; n < MOST_COUNTED; n++) await create({ enabled: false });
    for (let n = 0; n <= MOST_FAILING; n++) await create({ flow: failing(-n) });
    expect(await summary()).toMatchObject({
      subscriptions: { disabled: { count: MOST_COUNTED, more: false }, failing: { count: MOST_FAILING + 1 } },
      failing: { more: true },
      held: { more: false },
    });
    await create({ enabled: false });
    for (let n = 0; n < 80; n++) await create({ paused: true });
    const { subscriptions, failing: listed, held } = await summary();
    expect(subscriptions.disabled).toEqual({ count: MOST_COUNTED, more: true });
    expect(listed.data).toHaveLength(MOST_FAILING);
    expect(held.more).toBe(true);
  });

  it('leaves out what has recovered since the index was read', async () => {
    const { id } = await create({ flow: DOWN });
    const { list } = pipeline.unhealthy;
    pipeline.unhealthy.list = async (...given) => {
      const page = await list(...given);
      await pipeline.flows.setMode('erp', id, DOWN, DIRECT);
      return page;
    };
    expect((await summary()).failing).toEqual({ data: [], more: false });
  });

  it('tells attempts from deliveries that ended, of the last hour and of the last day', async () => {
    const counts = (succeeded: number, retrying: number, failed: number) => ({
      ...NO_TRAFFIC,
      ...{ succeeded, retrying, failed },
    });
    const add = (minutes: number, ...given: Parameters<typeof counts>) =>
      pipeline.trafficStore.add('erp', { at: NOW + minutes * 60_000, ...counts(...given) });
    await add(-5, 10, 2, 1);
    await add(-60, 5, 0, 0);
    await add(-65, 100, 20, 7);
    await add(-24 * 60 - 5, 1000, 0, 0);
    expect(await summary()).toMatchObject({
      lastHour: { attempts: 18, delivered: 15, failed: 1 },
      lastDay: { attempts: 145, delivered: 115, failed: 8 },
    });
  });
});
