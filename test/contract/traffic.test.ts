import { expect, it } from 'vitest';
import { trafficStore } from '../../core/adapters/dynamodb/traffic-store.ts';
import { addTraffic, NO_TRAFFIC, STRETCH_MS, type Traffic } from '../../core/model/traffic.ts';
import type { TrafficStore } from '../../core/ports/traffic-store.ts';
import { inMemoryTraffic } from '../support/in-memory/traffic.ts';
import { onBoth } from '../support/on-both.ts';
import { NOW, unique } from '../support/records.ts';

const some = (succeeded: number, place: number): Traffic => ({
  ...NO_TRAFFIC,
  succeeded,
  durations: NO_TRAFFIC.durations.map((_, index) => (index === place ? succeeded : 0)),
});

onBoth<TrafficStore>('traffic', { inMemory: inMemoryTraffic, dynamodb: trafficStore }, (open) => {
  const totals = async (project: string, since: number, until: number) => {
    const found = await open().read(project, since, until);
    const starts = [...new Set(found.map(({ at }) => at))].sort();
    return starts.map((at) => ({
      at,
      ...found.filter((stretch) => stretch.at === at).reduce(addTraffic, NO_TRAFFIC),
    }));
  };

  it('adds up the counts of a stretch from all workers', async () => {
    const project = unique('p');
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => open().add(project, { at: NOW, ...some(n + 1, n % 3) })),
    );
    await open().add(project, { at: NOW, ...NO_TRAFFIC, retrying: 2 });
    await open().add(project, { at: NOW, ...NO_TRAFFIC, failed: 3 });
    const [total, ...rest] = await totals(project, NOW, NOW + 1);
    expect(rest).toEqual([]);
    expect(total).toMatchObject({ at: NOW, succeeded: 210, retrying: 2, failed: 3 });
    expect(total?.durations.slice(0, 4)).toEqual([70, 77, 63, 0]);
  });

  it('returns a project’s stretches from a start time until before an end time', async () => {
    const project = unique('p');
    for (const n of [0, 1, 2, 3]) await open().add(project, { at: NOW + n * STRETCH_MS, ...some(n + 1, 0) });
    await open().add(unique('p'), { at: NOW, ...some(9, 0) });
    const found = await totals(project, NOW + STRETCH_MS, NOW + 3 * STRETCH_MS);
    expect(found.map(({ succeeded }) => succeeded)).toEqual([2, 3]);
    expect(await totals(project, NOW + 9 * STRETCH_MS, NOW + 10 * STRETCH_MS)).toEqual([]);
  });
});
