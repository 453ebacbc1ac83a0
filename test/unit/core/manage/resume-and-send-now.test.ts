import { describe, expect, it } from 'vitest';
import { pumpQueue } from '../../../../core/adapters/sqs/pump-queue.ts';
import { PUBLIC_DESTINATIONS } from '../../../../core/contract.ts';
import { createSubscription } from '../../../../core/manage/create-subscription.ts';
import { resumeSubscription } from '../../../../core/manage/resume-subscription.ts';
import { sendNow } from '../../../../core/manage/send-now.ts';
import type { Flow } from '../../../../core/model/flow.ts';
import { disabled, revise, type Subscription } from '../../../../core/model/subscription.ts';
import { inMemoryPipeline, takeAll } from '../../../support/pipeline.ts';
import { NOW, projectRecord } from '../../../support/records.ts';

const HOUR = 3_600_000;
const iso = (at: number) => new Date(at).toISOString();
const DOWN: Flow = { mode: 'paused', reason: 'down', since: iso(NOW), watchedSince: NOW };
const RECOVERING = { mode: 'paced', reason: 'recovering', since: iso(NOW + HOUR) };

/** Create a subscription, move its clock by an hour, and store it with changes. */
async function open(changes: Partial<Subscription> = {}) {
  const pipeline = inMemoryPipeline();
  await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
  const settings = { url: 'https://example.com/', events: ['a'] };
  const created = await createSubscription(pipeline, 'erp', settings);
  const { flow = created.flow, ...others } = changes;
  await pipeline.subscriptions.update(created, revise(created, others, NOW));
  await pipeline.flows.setMode('erp', created.id, created.flow, flow);
  await pipeline.flows.change('erp', created.id, (state) => ({
    ...state,
    failedProbes: 7,
    nextProbeAt: flow.mode === 'paused' ? NOW + 2 * HOUR : null,
    pace: { ...state.pace, window: 40 },
  }));
  pipeline.time.now += HOUR;
  const ports = {
    ...pipeline,
    pumpsQueue: pumpQueue(pipeline.pumpsQueue.queue),
    policy: PUBLIC_DESTINATIONS,
  };
  return {
    ports,
    id: created.id,
    stored: async () => {
      const subscription = await pipeline.subscriptions.get('erp', created.id);
      if (subscription === null) throw new Error('The subscription is gone.');
      return subscription;
    },
    state: async () => (await pipeline.flows.get(created.id))?.state,
    woken: () => takeAll(pipeline.pumpsQueue).map(({ body }) => JSON.parse(body).subscriptionId),
  };
}

describe('resuming a subscription', () => {
  it('ends the pause of an endpoint that is down', async () => {
    const { ports, id, stored, state, woken } = await open({ flow: DOWN });
    const resumed = await resumeSubscription(ports, 'erp', id);
    expect(resumed.flow).toEqual({ ...DOWN, ...RECOVERING });
    expect(await stored()).toEqual(resumed);
    expect(await state()).toMatchObject({
      pull: { before: NOW + HOUR, what: 'outages' },
      failedProbes: 0,
      nextProbeAt: null,
      pace: { window: 1 },
    });
    expect(woken()).toEqual([id]);
  });

  it('ends the pause of its owner, and keeps what is known about the endpoint', async () => {
    const { ports, id, stored, state, woken } = await open({ paused: true });
    const { flow } = await stored();
    expect(await resumeSubscription(ports, 'erp', id)).toMatchObject({ paused: false, flow });
    expect(await state()).toMatchObject({ pull: null, pace: { window: 40 } });
    expect(woken()).toEqual([id]);
  });

  it('enables a disabled subscription, whose pending deliveries stay cancelled', async () => {
    const { ports, id, stored, woken } = await open({ ...disabled('failing', NOW), flow: DOWN });
    await resumeSubscription(ports, 'erp', id);
    expect(await stored()).toMatchObject({
      enabled: true,
      disabledReason: null,
      cancelledUntil: iso(NOW),
      flow: { mode: 'paced', reason: 'new' },
    });
    expect(woken()).toEqual([id]);
  });

  it('does not change a subscription that sends', async () => {
    const { ports, id, stored, state, woken } = await open();
    const before = [await stored(), await state()];
    await resumeSubscription(ports, 'erp', id);
    expect([await stored(), await state()]).toEqual(before);
    expect(woken()).toEqual([]);
  });

  it('tries again when a probe changes the mode at the same time', async () => {
    const { ports, id, stored } = await open({ flow: DOWN });
    const { setMode } = ports.flows;
    let races = 0;
    ports.flows.setMode = async (project, subscriptionId, from, to) => {
      if (races++ === 0) await setMode(project, subscriptionId, from, { ...DOWN, since: iso(NOW + 1) });
      return setMode(project, subscriptionId, from, to);
    };
    await resumeSubscription(ports, 'erp', id);
    expect(races).toBe(2);
    expect((await stored()).flow).toMatchObject(RECOVERING);
  });
});

describe('sending what waits now', () => {
  it('pulls everything without a change of the mode or the pace', async () => {
    const { ports, id, stored, state, woken } = await open();
    const before = await stored();
    await sendNow(ports, 'erp', id);
    expect(await stored()).toEqual(before);
    expect(await state()).toMatchObject({ pull: { before: NOW + HOUR, what: 'all' }, pace: { window: 40 } });
    expect(woken()).toEqual([id]);
  });

  it('ends the pause of an endpoint that is down', async () => {
    const { ports, id, state, woken } = await open({ flow: DOWN });
    expect((await sendNow(ports, 'erp', id)).flow).toMatchObject(RECOVERING);
    expect(await state()).toMatchObject({
      pull: { before: NOW + HOUR, what: 'all' },
      nextProbeAt: null,
      pace: { window: 1 },
    });
    expect(woken()).toEqual([id]);
  });

  it.each([
    ['disabled', disabled('manual', NOW)],
    ['paused', { paused: true }],
  ])('is refused while the subscription is %s', async (word, changes) => {
    const { ports, id, state, woken } = await open(changes);
    await expect(sendNow(ports, 'erp', id)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(`The subscription is ${word}.`),
    });
    expect(await state()).toMatchObject({ pull: null });
    expect(woken()).toEqual([]);
  });

  it('is refused for a subscription that does not exist', async () => {
    const { ports } = await open();
    await expect(sendNow(ports, 'erp', 'sub_unknown')).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
