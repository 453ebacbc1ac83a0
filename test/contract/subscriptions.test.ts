import { expect, it } from 'vitest';
import { bindingStore } from '../../core/adapters/dynamodb/binding-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import { ConflictError, LimitReachedError } from '../../core/kernel/errors.ts';
import { type Flow, newFlow } from '../../core/model/flow.ts';
import { conditionMark, type Subscription } from '../../core/model/subscription.ts';
import { inMemoryFlows } from '../support/in-memory/flow.ts';
import { inMemorySubscriptions } from '../support/in-memory/subscriptions.ts';
import { onBoth } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
import { subscriptionRecord, unique } from '../support/records.ts';

const adapters = {
  inMemory: (clock: Clock) => {
    const { all, ...stores } = inMemorySubscriptions();
    return { ...stores, flows: inMemoryFlows(clock, all).flows };
  },
  dynamodb: (table: Parameters<typeof subscriptionStore>[0]) => ({
    subscriptions: subscriptionStore(table),
    bindings: bindingStore(table),
    flows: flowStore(table),
  }),
};

onBoth('subscriptions', adapters, (open) => {
  const boundTo = (project: string, pattern: string) =>
    readAll((page) => open().bindings.page(project, pattern, page), 2).then((bound) =>
      bound.map(({ subscriptionId }) => subscriptionId),
    );

  it('are found as created, only in their own project', async () => {
    const subscription = subscriptionRecord({
      headers: { 'x-a': '1' },
      retry: [1, 4, 7],
      metadata: { team: 'é' },
    });
    await open().subscriptions.create(subscription);
    expect(await open().subscriptions.get(subscription.project, subscription.id)).toEqual(subscription);
    expect(await open().subscriptions.get('crm', subscription.id)).toBeNull();
  });

  it('are found by their alias, which is unique in the project until they are deleted', async () => {
    const { subscriptions } = open();
    const project = unique('p');
    const first = subscriptionRecord({ project, alias: 'Sales Invoice ✓', events: ['a', 'b'] });
    await subscriptions.create(first);
    expect(await subscriptions.getByAlias(project, 'Sales Invoice ✓')).toEqual(first);
    expect(await subscriptions.getByAlias(project, 'sales invoice ✓')).toBeNull();
    expect(await subscriptions.getByAlias(unique('p'), 'Sales Invoice ✓')).toBeNull();

    const second = subscriptionRecord({ project, alias: 'Sales Invoice ✓', events: ['c'] });
    await expect(subscriptions.create(second)).rejects.toThrow(ConflictError);
    expect(await subscriptions.get(project, second.id)).toBeNull();
    expect(await boundTo(project, 'c')).toEqual([]);
    await subscriptions.create(subscriptionRecord({ alias: 'Sales Invoice ✓' }));

    const changed = { ...first, name: 'changed', version: 2 };
    await subscriptions.update(first, changed);
    await expect(subscriptions.delete(first)).rejects.toThrow(ConflictError);
    expect(await subscriptions.getByAlias(project, 'Sales Invoice ✓')).toEqual(changed);
    await subscriptions.delete(changed);
    expect(await subscriptions.getByAlias(project, 'Sales Invoice ✓')).toBeNull();
    await subscriptions.create(second);
    expect(await subscriptions.getByAlias(project, 'Sales Invoice ✓')).toEqual(second);
  });

  it('may get another alias, which frees the one before, but not one that is taken', async () => {
    const { subscriptions } = open();
    const project = unique('p');
    const first = subscriptionRecord({ project, alias: 'Orders' });
    const second = subscriptionRecord({ project, alias: null });
    for (const subscription of [first, second]) await subscriptions.create(subscription);
    const renamed = { ...first, alias: 'Invoices', version: 2 };
    await subscriptions.update(first, renamed);
    expect(await subscriptions.getByAlias(project, 'Invoices')).toEqual(renamed);
    expect(await subscriptions.getByAlias(project, 'Orders')).toBeNull();

    const named = { ...second, alias: 'Invoices', version: 2 };
    await expect(subscriptions.update(second, named)).rejects.toThrow(ConflictError);
    expect(await subscriptions.getByAlias(project, 'Invoices')).toEqual(renamed);
    expect(await subscriptions.get(project, second.id)).toEqual(second);
    await subscriptions.update(second, { ...named, alias: 'Orders' });
    await subscriptions.delete(renamed);
    expect(await subscriptions.getByAlias(project, 'Invoices')).toBeNull();
    expect((await subscriptions.getByAlias(project, 'Orders'))?.id).toBe(second.id);
  });

  it('leave their alias to its new owner when they are deleted a second time', async () => {
    const { subscriptions } = open();
    const project = unique('p');
    const [first, second] = [1, 2].map(() => subscriptionRecord({ project, alias: 'Orders' }));
    if (first === undefined || second === undefined) throw new Error('two were made');
    await subscriptions.create(first);
    await subscriptions.delete(first);
    await subscriptions.create(second);
    // Either is fine: a caller that gets a conflict reads again and finds nothing to delete.
    await subscriptions.delete(first).catch((error) => expect(error).toBeInstanceOf(ConflictError));
    expect(await subscriptions.getByAlias(project, 'Orders')).toEqual(second);
  });

  it.each([98, 99, 100])('are found by their alias even with %d patterns', async (count) => {
    const { subscriptions } = open();
    const events = Array.from({ length: count }, (_, index) => `many.${index}`);
    const subscription = subscriptionRecord({ project: unique('p'), alias: 'Many', events });
    await subscriptions.create(subscription);
    expect(await subscriptions.getByAlias(subscription.project, 'Many')).toEqual(subscription);
    await subscriptions.delete(subscription);
    expect(await subscriptions.getByAlias(subscription.project, 'Many')).toBeNull();
  });

  it('keep the data of their dialect', async () => {
    const subscription = subscriptionRecord({
      contentType: 'none',
      onGone: 'remove',
      dialectPart: { dialect: 'some', rows: [{ key: 'a', value: null }], on: true },
    });
    await open().subscriptions.create(subscription);
    expect(await open().subscriptions.get(subscription.project, subscription.id)).toEqual(subscription);
  });

  it('are listed newest first, page by page', async () => {
    const project = unique('p');
    const made = Array.from({ length: 5 }, () => subscriptionRecord({ project }));
    for (const subscription of made) await open().subscriptions.create(subscription);
    expect(await readAll((page) => open().subscriptions.list(project, page), 2)).toEqual(made.toReversed());
  });

  it('are bound once to each disjoint pattern, in the order of their ids', async () => {
    const project = unique('p');
    const made = Array.from({ length: 5 }, () =>
      subscriptionRecord({ project, events: ['job.*', 'job.created', 'quote'] }),
    );
    for (const subscription of made) await open().subscriptions.create(subscription);
    const ids = made.map(({ id }) => id);
    expect(await boundTo(project, 'job.*')).toEqual(ids);
    expect(await boundTo(project, 'quote')).toEqual(ids);
    expect(await boundTo(project, 'job.created')).toEqual([]);
    expect(await boundTo(unique('p'), 'quote')).toEqual([]);
  });

  it('to * are bound to * alone, even if they list operational events, and keep a binding when they leave *', async () => {
    const project = unique('p');
    const first = subscriptionRecord({ project, events: ['*', 'ancrage.*'] });
    await open().subscriptions.create(first);
    const bound = () => Promise.all(['*', 'ancrage.*'].map((pattern) => boundTo(project, pattern)));
    expect(await bound()).toEqual([[first.id], []]);
    const second = { ...first, events: ['ancrage.*'], version: 2 };
    await open().subscriptions.update(first, second);
    expect(await bound()).toEqual([[], [first.id]]);
    await open().subscriptions.update(second, { ...first, version: 3 });
    expect(await bound()).toEqual([[first.id], []]);
  });

  it('change their bindings with their events and have none while disabled', async () => {
    const project = unique('p');
    const first = subscriptionRecord({ project, events: ['a', 'b'] });
    await open().subscriptions.create(first);
    const second = { ...first, events: ['b', 'c'], version: 2 };
    await open().subscriptions.update(first, second);
    expect(await open().subscriptions.get(project, first.id)).toEqual(second);
    expect(await Promise.all(['a', 'b', 'c'].map((pattern) => boundTo(project, pattern)))).toEqual([
      [],
      [first.id],
      [first.id],
    ]);

    const disabled = { ...second, enabled: false, version: 3 };
    await open().subscriptions.update(second, disabled);
    expect(await boundTo(project, 'b')).toEqual([]);
    await open().subscriptions.update(disabled, { ...disabled, enabled: true, version: 4 });
    expect(await boundTo(project, 'b')).toEqual([first.id]);
  });

  it('reject a change that is based on an older version or on a deleted subscription', async () => {
    const first = subscriptionRecord();
    await open().subscriptions.create(first);
    await open().subscriptions.update(first, { ...first, name: 'A', version: 2 });
    await expect(open().subscriptions.update(first, { ...first, name: 'B', version: 2 })).rejects.toThrow(
      ConflictError,
    );
    expect(await open().subscriptions.get(first.project, first.id)).toMatchObject({ name: 'A' });
    await open().subscriptions.delete({ ...first, version: 2 });
    await expect(
      open().subscriptions.update({ ...first, version: 2 }, { ...first, version: 3 }),
    ).rejects.toThrow(ConflictError);
  });

  it('are deleted with their bindings, which may be repeated', async () => {
    const project = unique('p');
    const subscription = subscriptionRecord({ project, events: ['a', 'b.*'] });
    await open().subscriptions.create(subscription);
    await open().subscriptions.delete(subscription);
    await open().subscriptions.delete(subscription);
    expect(await open().subscriptions.get(project, subscription.id)).toBeNull();
    expect(await boundTo(project, 'a')).toEqual([]);
    expect(await boundTo(project, 'b.*')).toEqual([]);
  });

  it('are not deleted if they have changed since they were read', async () => {
    const subscription = subscriptionRecord();
    const changed = { ...subscription, url: 'https://example.com/other', version: 2 };
    await open().subscriptions.create(subscription);
    await open().subscriptions.update(subscription, changed);
    await expect(open().subscriptions.delete(subscription)).rejects.toThrow(ConflictError);
    expect(await open().subscriptions.get(subscription.project, subscription.id)).toEqual(changed);
  });

  it('keep their mode and their settings apart, so that neither overwrites the other', async () => {
    const first = subscriptionRecord({ flow: newFlow('2026-01-15T12:00:00.000Z') });
    await open().subscriptions.create(first);
    const { project, id } = first;
    const paused: Flow = { ...first.flow, mode: 'paused', reason: 'down', since: '2026-01-15T13:00:00.000Z' };
    const flowNow = async () => (await open().subscriptions.get(project, id))?.flow;
    expect(await open().flows.setMode(project, id, first.flow, paused)).toBe(true);
    const renamed = { ...first, name: 'A', version: 2 };
    await open().subscriptions.update(first, renamed);
    expect(await open().subscriptions.get(project, id)).toEqual({ ...renamed, flow: paused });

    // Another URL, or enabling it again, makes it an unknown endpoint.
    const moved = {
      ...renamed,
      url: 'https://example.com/other',
      flow: newFlow('2026-01-15T14:00:00.000Z'),
      version: 3,
    };
    await open().subscriptions.update(renamed, moved);
    expect(await flowNow()).toEqual(moved.flow);
    expect(await open().flows.setMode(project, id, moved.flow, paused)).toBe(true);
    const disabled = { ...moved, enabled: false, version: 4 };
    await open().subscriptions.update(moved, disabled);
    expect(await flowNow()).toEqual(paused);
    const enabled = { ...disabled, enabled: true, flow: newFlow('2026-01-15T15:00:00.000Z'), version: 5 };
    await open().subscriptions.update(disabled, enabled);
    expect(await open().subscriptions.get(project, id)).toEqual(enabled);
  });

  it('are bound with the current mark of their condition', async () => {
    const project = unique('p');
    const plain = subscriptionRecord({ project, events: ['a', 'b'] });
    await open().subscriptions.create(plain);
    const marks = async () => {
      const pages = ['a', 'b'].map((pattern) =>
        open().bindings.page(project, pattern, { limit: 10, cursor: null }),
      );
      return (await Promise.all(pages)).flatMap(({ items }) => items.map(({ condition }) => condition));
    };
    expect(await marks()).toEqual([null, null]);
    const conditions = ['doc.a > 1', 'doc.a > 2', null];
    let previous = plain;
    for (const condition of conditions) {
      const next = { ...previous, condition, version: previous.version + 1 };
      await open().subscriptions.update(previous, next);
      previous = next;
      expect(await marks()).toEqual([conditionMark(condition), conditionMark(condition)]);
    }
  });

  it('are refused at the limit of their project until one is deleted, which counts once', async () => {
    const { subscriptions } = open();
    const project = unique('p');
    const made = Array.from({ length: 2 }, () => subscriptionRecord({ project, events: ['a'] }));
    for (const subscription of made) await subscriptions.create(subscription, 2);
    const late = subscriptionRecord({ project, events: ['a'] });
    await expect(subscriptions.create(late, 2)).rejects.toThrow(LimitReachedError);
    expect(await subscriptions.get(project, late.id)).toBeNull();
    await subscriptions.create(subscriptionRecord({ project: unique('p') }), 2);

    const [first, second] = made as [Subscription, Subscription];
    for (const _ of ['deleted', 'gone already']) await subscriptions.delete(first);
    await subscriptions.create(late, 2);
    await expect(subscriptions.create(subscriptionRecord({ project }), 2)).rejects.toThrow(LimitReachedError);
    expect(await boundTo(project, 'a')).toEqual([second.id, late.id]);
  });

  it('are created up to the limit of their project, and no further, by 20 requests at once', async () => {
    const { subscriptions } = open();
    const project = unique('p');
    const made = Array.from({ length: 20 }, () => subscriptionRecord({ project }));
    const tried = await Promise.allSettled(
      made.map((subscription) => subscriptions.create(subscription, 10)),
    );
    const refused = tried.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(10);
    for (const { reason } of refused as PromiseRejectedResult[])
      expect(reason).toBeInstanceOf(LimitReachedError);
    expect(await readAll((page) => subscriptions.list(project, page), 25)).toHaveLength(10);
  });

  it('do not count if their alias is taken, which is what their creator is told even at the limit', async () => {
    const { subscriptions } = open();
    const project = unique('p');
    const aliased = () => subscriptionRecord({ project, alias: 'Orders' });
    await subscriptions.create(aliased(), 2);
    for (const limit of [2, 2, 2, 1])
      await expect(subscriptions.create(aliased(), limit)).rejects.toThrow(ConflictError);
    await subscriptions.create(subscriptionRecord({ project }), 2);
  });

  it.each([97, 100])('with %d event types leave no binding behind if they are refused', async (count) => {
    const { subscriptions } = open();
    const project = unique('p');
    const events = Array.from({ length: count }, (_, index) => `many.${index}`);
    const aliased = () => subscriptionRecord({ project, alias: 'Many', events });
    const first = aliased();
    await subscriptions.create(first, 1);
    await expect(subscriptions.create({ ...aliased(), alias: null }, 1)).rejects.toThrow(LimitReachedError);
    await expect(subscriptions.create(aliased(), 2)).rejects.toThrow(ConflictError);
    for (const pattern of [events[0], events[count - 1]] as string[])
      expect(await boundTo(project, pattern)).toEqual([first.id]);
  });

  it('may have 100 event types and change all of them at once', async () => {
    const project = unique('p');
    const types = (prefix: string) => Array.from({ length: 100 }, (_, index) => `${prefix}.${index}`);
    const subscription = subscriptionRecord({ project, events: types('before') });
    await open().subscriptions.create(subscription);
    await open().subscriptions.update(subscription, { ...subscription, events: types('after'), version: 2 });
    for (const index of [0, 57, 99]) {
      expect(await boundTo(project, `before.${index}`)).toEqual([]);
      expect(await boundTo(project, `after.${index}`)).toEqual([subscription.id]);
    }
  });
});
