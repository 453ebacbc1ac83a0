import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventBatchOf, eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { toJsonText } from '../../core/kernel/json-text.ts';
import type { Event } from '../../core/model/event.ts';
import { startTable } from '../support/engines.ts';
import { inMemoryBodies } from '../support/in-memory/large-bodies.ts';
import { testTime } from '../support/on-both.ts';
import { eventRecord, NOW, unique } from '../support/records.ts';

const DAY_MS = 86_400_000;

/** An event whose compressed text is too large for an item (400 KB). */
describe('a large event', () => {
  let running: Awaited<ReturnType<typeof startTable>>;
  beforeAll(async () => {
    running = await startTable(() => testTime.now);
  });
  afterAll(() => running.stop());

  let stored: Map<string, Uint8Array>;
  beforeEach(() => {
    testTime.now = NOW;
    stored = new Map();
  });
  const table = () => ({ ...running.table, bodies: inMemoryBodies(stored) });
  const large = (retentionDays: number, given: Partial<Event> = {}) =>
    eventRecord({
      data: toJsonText({ text: randomBytes(700_000).toString('base64') }),
      expiresAt: NOW + retentionDays * DAY_MS,
      acceptedAt: new Date(NOW).toISOString(),
      ...given,
    });

  it('is read as it was stored, and listed without its body', async () => {
    const event = large(30, { project: unique('project'), eventBatch: 'lot_1' });
    const { project, id } = event;
    expect(await eventStore(table()).putOnce(event, 'message')).toBe('stored');
    expect(await eventStore(table()).get(project, id)).toEqual(event);
    expect(await eventStore(table()).putOnce(event, 'message')).toBe('same-message');
    expect(await eventStore(table()).putOnce(event, 'another')).toBe('duplicate');
    // A function without the bucket can still find the event batch.
    expect(await eventBatchOf(running.table, project, id)).toBe('lot_1');
    await expect(eventStore(running.table).get(project, id)).rejects.toThrow('bucket');
  });

  it.each([
    [1, '7-days'],
    [7, '7-days'],
    [8, '30-days'],
    [400, '1095-days'],
    [3650, '3650-days'],
  ])('that is kept for %d days has its body under %s, and ends with its item', async (days, prefix) => {
    const event = large(days);
    await eventStore(table()).putOnce(event, 'message');
    expect([...stored.keys()]).toEqual([expect.stringContaining(`events/${prefix}/${event.project}/`)]);
    testTime.now = event.expiresAt + 1000;
    expect(await eventStore(table()).get(event.project, event.id)).toBeNull();
  });

  it('is not stored without its body', async () => {
    const event = large(7);
    const failing = { ...inMemoryBodies(), put: () => Promise.reject(new Error('throttled')) };
    await expect(eventStore({ ...running.table, bodies: failing }).putOnce(event, 'message')).rejects.toThrow(
      'throttled',
    );
    expect(await eventStore(table()).get(event.project, event.id)).toBeNull();
  });

  it('needs no bucket if it compresses well', async () => {
    const event = eventRecord({ data: toJsonText({ text: 'x'.repeat(1_000_000) }) });
    await eventStore(table()).putOnce(event, 'message');
    expect(stored.size).toBe(0);
    expect(await eventStore(running.table).get(event.project, event.id)).toEqual(event);
  });
});
