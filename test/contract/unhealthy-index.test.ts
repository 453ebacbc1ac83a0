import fc from 'fast-check';
import { expect, it } from 'vitest';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { unhealthyIndex } from '../../core/adapters/dynamodb/unhealthy-index.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import { ConflictError } from '../../core/kernel/errors.ts';
import { DIRECT, type Flow, newFlow } from '../../core/model/flow.ts';
import { disabled, revise, type Subscription, startsAnew } from '../../core/model/subscription.ts';
import { troubleOf, UNHEALTHY_STATES } from '../../core/model/trouble.ts';
import { inMemoryFlows } from '../support/in-memory/flow.ts';
import { inMemorySubscriptions } from '../support/in-memory/subscriptions.ts';
import { onBoth } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
import { NOW, subscriptionRecord, unique } from '../support/records.ts';

const adapters = {
  inMemory: (clock: Clock) => {
    const { all, ...stores } = inMemorySubscriptions();
    return { ...stores, flows: inMemoryFlows(clock, all).flows };
  },
  dynamodb: (table: Parameters<typeof subscriptionStore>[0]) => ({
    subscriptions: subscriptionStore(table),
    unhealthy: unhealthyIndex(table),
    flows: flowStore(table),
  }),
};

const iso = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const DOWN: Flow = { mode: 'paused', reason: 'down', since: iso(1), watchedSince: NOW };
const SLOW: Flow = { mode: 'paced', reason: 'slow', since: iso(2), watchedSince: NOW };
const WATCHED: Flow = { ...DIRECT, watchedSince: NOW };

onBoth('the index of unhealthy subscriptions', adapters, (open) => {
  const entries = async (project: string) => {
    const lists = UNHEALTHY_STATES.map((state) =>
      readAll((page) => open().unhealthy.list(project, state, page), 2),
    );
    return (await Promise.all(lists)).flat();
  };
  /** Expect that the index and the filter say what the subscriptions are. */
  const expectTruth = async (project: string) => {
    const all = await readAll((page) => open().subscriptions.list(project, page), 100);
    const expected = UNHEALTHY_STATES.flatMap((state) =>
      all.flatMap((subscription) => {
        const trouble = troubleOf(subscription);
        return trouble?.state === state ? [{ ...trouble, subscriptionId: subscription.id }] : [];
      }),
    );
    expect(await entries(project)).toEqual(expected);
    for (const state of UNHEALTHY_STATES)
      expect(await readAll((page) => open().subscriptions.list(project, page, { state }), 2)).toEqual(
        all.filter((subscription) => troubleOf(subscription)?.state === state),
      );
  };
  const create = async (given: Partial<Subscription>) => {
    const subscription = subscriptionRecord(given);
    await open().subscriptions.create(subscription);
    return subscription;
  };

  it('has the reason and the time, and none that is healthy or merely new', async () => {
    const project = unique('p');
    await create({ project });
    await create({ project, flow: newFlow(iso(0)) });
    const off = await create({ project, enabled: false, disabledReason: 'manual' });
    const held = await create({ project, paused: true, flow: SLOW });
    const slow = await create({ project, flow: SLOW });
    const down = await create({ project, flow: DOWN });
    const watched = await create({ project, flow: WATCHED });
    const flaky = await create({ project, flow: { ...newFlow(iso(0)), watchedSince: NOW } });
    const errors = { state: 'failing', reason: 'errors', since: iso(0) };
    expect(await entries(project)).toEqual([
      { subscriptionId: flaky.id, ...errors },
      { subscriptionId: watched.id, ...errors },
      { subscriptionId: slow.id, state: 'failing', reason: 'slow', since: iso(2) },
      { subscriptionId: down.id, state: 'paused', reason: 'down', since: iso(1) },
      { subscriptionId: held.id, state: 'paused', reason: 'owner', since: null },
      { subscriptionId: off.id, state: 'disabled', reason: 'manual', since: off.createdAt },
    ]);
    expect(await entries(unique('p'))).toEqual([]);
  });

  it('follows a mode from state to state, and ends with it', async () => {
    const { project, id } = await create({ project: unique('p') });
    const modes = [WATCHED, DIRECT, SLOW, DOWN, { ...SLOW, since: iso(5) }, { ...DIRECT, since: iso(6) }];
    let from: Flow = DIRECT;
    for (const to of modes) {
      expect(await open().flows.setMode(project, id, from, to)).toBe(true);
      await expectTruth(project);
      from = to;
    }
    expect(await entries(project)).toEqual([]);
  });

  it('follows a change of the settings that is based on an earlier mode', async () => {
    const read = await create({ project: unique('p') });
    const { project, id } = read;
    expect(await open().flows.setMode(project, id, DIRECT, SLOW)).toBe(true);
    const paused = revise(read, { paused: true }, NOW);
    await open().subscriptions.update(read, paused);
    await expectTruth(project);
    expect(await open().flows.setMode(project, id, SLOW, DOWN)).toBe(true);
    await open().subscriptions.update(paused, revise(paused, { paused: false }, NOW));
    await expectTruth(project);
    expect(await entries(project)).toMatchObject([{ state: 'paused', reason: 'down' }]);
  });

  it('combines with the other filters', async () => {
    const project = unique('p');
    const made: Subscription[] = [];
    for (const event of ['a', 'b', 'a', 'b', 'a'])
      made.push(await create({ project, flow: SLOW, events: [event] }));
    const filter = { state: 'failing', event: 'a' } as const;
    const wanted = made.filter(({ events }) => events[0] === 'a').toReversed();
    expect(await readAll((page) => open().subscriptions.list(project, page, filter), 1)).toEqual(wanted);
    const off = { ...filter, enabled: false };
    expect(await readAll((page) => open().subscriptions.list(project, page, off), 1)).toEqual([]);
  });

  it.each([94, 95, 96, 97, 98, 99, 100])('stays true with %d patterns', async (count) => {
    const project = unique('p');
    const events = Array.from({ length: count }, (_, index) => `many.${index}`);
    const off = await create({ project, events, enabled: false, disabledReason: 'manual' });
    await expectTruth(project);
    const on = revise(off, { enabled: true, disabledReason: null, flow: newFlow(iso(1)) }, NOW);
    await open().subscriptions.update(off, on);
    await expectTruth(project);
    const again = revise(on, disabled('gone', NOW), NOW);
    await open().subscriptions.update(on, again);
    await expectTruth(project);
    await open().subscriptions.delete(again);
    expect(await entries(project)).toEqual([]);
  });

  const flow = fc.constantFrom(
    DIRECT,
    WATCHED,
    SLOW,
    DOWN,
    { ...DIRECT, since: iso(9) },
    { ...SLOW, since: iso(8) },
  );
  const change = fc.oneof(
    fc.record({ what: fc.constant('mode' as const), from: fc.option(flow), to: flow }),
    fc.record({
      what: fc.constantFrom('pause', 'end pause', 'disable', 'enable', 'move', 'rename', 'delete'),
    }),
  );
  type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

  /** Change a subscription as it was read. It may have changed since. */
  const apply = async (read: Subscription, given: Change): Promise<void> => {
    const { subscriptions, flows } = open();
    const { project, id } = read;
    const update = (changes: Partial<Subscription>) => {
      const next = revise(read, changes, NOW);
      return subscriptions.update(read, startsAnew(read, next) ? { ...next, flow: newFlow(iso(3)) } : next);
    };
    const writes = {
      pause: () => update({ paused: true }),
      'end pause': () => update({ paused: false }),
      disable: () => update(disabled('failing', NOW)),
      enable: () => update({ enabled: true, disabledReason: null }),
      move: () => update({ url: `https://example.com/${read.version}` }),
      rename: () => update({ name: 'other' }),
      delete: () => subscriptions.delete(read),
    };
    const written =
      'to' in given
        ? flows.setMode(project, id, given.from ?? read.flow, given.to)
        : writes[given.what as keyof typeof writes]();
    await written.catch((error) => expect(error).toBeInstanceOf(ConflictError));
  };

  it('is true after any changes, also at once and of what has changed since it was read', async () => {
    const step = fc.record({
      changes: fc.array(change, { minLength: 1, maxLength: 3 }),
      areAtOnce: fc.boolean(),
    });
    const steps = fc.array(step, { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), fc.boolean(), async (all, enabled, paused) => {
        const project = unique('p');
        const { id } = await create({ project, enabled, paused });
        for (const { changes, areAtOnce } of all) {
          const read = await open().subscriptions.get(project, id);
          if (read === null) break;
          if (areAtOnce) await Promise.all(changes.map((each) => apply(read, each)));
          else for (const each of changes) await apply(read, each);
          await expectTruth(project);
        }
        await expectTruth(project);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
