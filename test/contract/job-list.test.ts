import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { erasureStore } from '../../core/adapters/dynamodb/erasure-store.ts';
import { jobList } from '../../core/adapters/dynamodb/job-list.ts';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { replayJobStore } from '../../core/adapters/dynamodb/replay-job-store.ts';
import { getItem } from '../../core/adapters/dynamodb/table.ts';
import { DAY_MS } from '../../core/kernel/clock.ts';
import { newId } from '../../core/kernel/ids.ts';
import type { JsonText } from '../../core/kernel/json-text.ts';
import type { ErasureJob } from '../../core/model/erasure-job.ts';
import { endedJob } from '../../core/model/job.ts';
import type { JobFilter } from '../../core/ports/job-list.ts';
import { startTable } from '../support/engines.ts';
import { testTime } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
import { NOW, replayJobRecord, unique } from '../support/records.ts';

let running: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  running = await startTable(() => testTime.now);
});
afterAll(() => running.stop());
beforeEach(() => {
  testTime.now = NOW;
});

const ALL: JobFilter = { kinds: ['replay', 'erasure'], since: '' };
const KEPT_MS = 30 * DAY_MS;

describe('the list of a project’s jobs', () => {
  const listed = async (project: string, filter: JobFilter = ALL) =>
    readAll((page) => jobList(running.table).list(project, page, filter), 2);
  const idsOf = async (project: string, filter: JobFilter = ALL) =>
    (await listed(project, filter)).map(({ job }) => job.id);
  const times = (minutes: number) => {
    const now = NOW + minutes * 60_000;
    return { now, requestedAt: new Date(now).toISOString(), expiresAt: now + KEPT_MS };
  };
  const startReplay = async (project: string, minutes: number) => {
    const { now, ...of } = times(minutes);
    const job = replayJobRecord({ id: newId('job', now), project, ...of });
    await replayJobStore(running.table).create(job, now);
    return job;
  };
  const startErasure = async (project: string, minutes: number) => {
    const { now, ...of } = times(minutes);
    const job: ErasureJob = {
      ...{ id: newId('era', now), project, actor: '{"id":7}' as JsonText, state: 'running', ...of },
      ...{ examined: 0, erased: 0, cursor: null, reachedAt: null },
    };
    const claim = await erasureStore(running.table).create(job, now);
    return { job, claim };
  };

  it('has both kinds, the newest first, as they are now', async () => {
    const project = unique('project');
    await startReplay(unique('other'), 0);
    const [first, second] = [await startReplay(project, 1), await startErasure(project, 2)];
    const third = await startReplay(project, 3);
    expect(await idsOf(project)).toEqual([third.id, second.job.id, first.id]);

    const ended = endedJob(third, 'done', NOW + 240_000);
    await replayJobStore(running.table).replace(third, { ...ended, done: 5 });
    const [newest] = await listed(project);
    expect(newest).toMatchObject({
      kind: 'replay',
      job: { subscriptionId: third.subscriptionId, state: 'done', done: 5, endedAt: ended.endedAt },
    });
    expect((await listed(project))[1]).toMatchObject({ kind: 'erasure', job: { actor: '{"id":7}' } });
  });

  it('can be limited to a kind, a state, and jobs that were requested since a time', async () => {
    const project = unique('project');
    const old = await startReplay(project, 1);
    await replayJobStore(running.table).replace(old, endedJob(old, 'cancelled', NOW));
    const { job: erasure } = await startErasure(project, 2);
    const replay = await startReplay(project, 3);
    expect(await idsOf(project, { ...ALL, kinds: ['replay'] })).toEqual([replay.id, old.id]);
    expect(await idsOf(project, { ...ALL, kinds: ['erasure'] })).toEqual([erasure.id]);
    expect(await idsOf(project, { ...ALL, state: 'cancelled' })).toEqual([old.id]);
    expect(await idsOf(project, { ...ALL, since: erasure.requestedAt })).toEqual([replay.id, erasure.id]);
  });

  it('forgets a job when it expires, and has no entry for one that was not started', async () => {
    const project = unique('project');
    const job = await startReplay(project, 0);
    const second = replayJobRecord({ ...job, id: newId('job', NOW + 1) });
    await expect(replayJobStore(running.table).create(second, NOW)).rejects.toThrow('is running');
    expect(await getItem(running.table, KEY.replayOfProject(project, second.id))).toBeUndefined();
    expect(await idsOf(project)).toEqual([job.id]);
    testTime.now = job.expiresAt + 1000;
    expect(await idsOf(project)).toEqual([]);
  });
});
