import { expect, it } from 'vitest';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import type { JsonText } from '../../core/kernel/json-text.ts';
import { inMemoryTenants } from '../support/in-memory/projects-and-keys.ts';
import { onBoth } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
import { eventTypeRecord, unique } from '../support/records.ts';

const adapters = {
  inMemory: (clock: Clock) => inMemoryTenants(clock).eventTypes,
  dynamodb: eventTypeStore,
};

onBoth('event types', adapters, (open) => {
  const schema = '{"b":1.10,"a":{"const":12345678901234567890}}' as JsonText;

  it('are found exactly as stored, only in their own project, and can be replaced', async () => {
    const project = unique('p');
    const first = eventTypeRecord({
      type: 'Sales Invoice.on_update',
      description: 'É',
      schema,
      samples: ['{"10":1.10,"9":50000.0}' as JsonText, '{}' as JsonText],
      archived: true,
    });
    await open().put(project, first);
    expect(await open().get(project, first.type)).toEqual(first);
    expect(await open().get('crm', first.type)).toBeNull();
    const second = eventTypeRecord({ type: first.type });
    await open().put(project, second);
    expect(await open().get(project, first.type)).toEqual(second);
  });

  it('are added once, and keep an existing type with its schema', async () => {
    const project = unique('p');
    const first = eventTypeRecord({ type: 'a', description: 'First', schema });
    expect(await open().add(project, [first])).toEqual(new Set(['a']));
    const versions = await open().schemaVersions(project);
    expect([...versions.keys()]).toEqual(['a']);
    expect(await open().add(project, [eventTypeRecord({ type: 'a' })])).toEqual(new Set());
    expect(await open().get(project, 'a')).toEqual(first);
    expect(await open().schemaVersions(project)).toEqual(versions);
    const given = ['a', 'b', 'c'].map((type) => eventTypeRecord({ type }));
    const added = await Promise.all([1, 2, 3].map(() => open().add(project, given)));
    expect(added.flatMap((types) => [...types]).toSorted()).toEqual(['b', 'c']);
  });

  it('are listed by name, page by page', async () => {
    const project = unique('p');
    const names = ['a', 'b.c', 'b', 'É', 'c', 'Z'];
    for (const type of names) await open().put(project, eventTypeRecord({ type }));
    const listed = await readAll((page) => open().list(project, page), 2);
    expect(listed.map(({ type }) => type)).toEqual(names.toSorted());
  });

  it('have schema versions that change with their schemas', async () => {
    const project = unique('p');
    expect(await open().schemaVersions(project)).toEqual(new Map());
    await open().put(project, eventTypeRecord({ type: 'a', schema }));
    await open().put(project, eventTypeRecord({ type: 'b' }));
    const first = await open().schemaVersions(project);
    expect([...first.keys()]).toEqual(['a']);
    await open().put(project, eventTypeRecord({ type: 'a', schema: 'true' as JsonText }));
    await open().put(project, eventTypeRecord({ type: 'b', schema }));
    const second = await open().schemaVersions(project);
    expect([...second.keys()]).toEqual(['a', 'b']);
    expect(second.get('a')).not.toBe(first.get('a'));
    expect(second.get('b')).toBe(first.get('a'));
    await open().put(project, eventTypeRecord({ type: 'a' }));
    await open().delete(project, 'b');
    expect(await open().schemaVersions(project)).toEqual(new Map());
  });

  it('can be deleted repeatedly', async () => {
    const project = unique('p');
    await open().put(project, eventTypeRecord());
    await open().delete('crm', 'invoice.created');
    expect(await open().get(project, 'invoice.created')).not.toBeNull();
    await open().delete(project, 'invoice.created');
    await open().delete(project, 'invoice.created');
    expect(await open().get(project, 'invoice.created')).toBeNull();
    expect(await readAll((page) => open().list(project, page), 2)).toEqual([]);
  });

  it('fit into an item at their largest', async () => {
    const project = unique('p');
    const text = (bytes: number) => `{"x":"${'é'.repeat((bytes - 8) / 2)}"}` as JsonText;
    const largest = eventTypeRecord({
      type: 'é'.repeat(200),
      description: '😀'.repeat(500),
      schema: text(32 * 1024),
      samples: [text(128 * 1024)],
    });
    await open().put(project, largest);
    expect(await open().get(project, largest.type)).toEqual(largest);
  });
});
