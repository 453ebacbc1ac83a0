import type { Clock } from '../../../core/kernel/clock.ts';
import { ConflictError } from '../../../core/kernel/errors.ts';
import type { ParkedDelivery } from '../../../core/model/delivery.ts';
import type { Claim, DueWork } from '../../../core/model/due-work.ts';
import { type ErasureJob, holdsLock } from '../../../core/model/erasure-job.ts';
import { isRunning, type ReplayJob } from '../../../core/model/replay-job.ts';
import { DUE_SHARDS, type DueWorkStore } from '../../../core/ports/due-work-store.ts';
import type { ErasureStore } from '../../../core/ports/erasure-store.ts';
import type { ParkedDeliveries } from '../../../core/ports/parked-deliveries.ts';
import type { ReplayJobStore } from '../../../core/ports/replay-job-store.ts';
import { inMemoryFlows, inMemoryMailbox } from './flow.ts';
import { newestFirst, pageOf } from './page-of.ts';
import type { SubscriptionMap } from './subscriptions.ts';

interface Entry {
  readonly work: DueWork;
  /** Whether the sweeper's message is under way. */
  swept: boolean;
  /** Null if it is no longer due. */
  dueAt: number | null;
}

type LegacyWork = Extract<DueWork, { kind: 'delivery' | 'breaker' }>;

/** Create the stores of all that waits, over one due index. */
export function inMemoryDueWork(clock: Clock, subscriptions: SubscriptionMap) {
  const { flows, duePumps, callPump } = inMemoryFlows(clock, subscriptions);
  const mailbox = inMemoryMailbox();
  const all = new Map<string, Entry>();
  const put = (key: string, work: DueWork, dueAt: number | null, swept = false): void => {
    all.set(key, { work, dueAt, swept });
  };
  const held = ({ key, lease }: Claim): Entry | undefined => {
    const entry = all.get(key);
    return entry?.dueAt === lease ? entry : undefined;
  };
  const heldKey = ({ subscriptionId, acceptedAt, eventId, replay }: ParkedDelivery) =>
    `${subscriptionId} HELD ${acceptedAt}#${eventId}#${replay?.id ?? ''}`;
  const jobKey = (subscriptionId: string, id: string) => `${subscriptionId} JOB ${id}`;
  const jobsOf = (subscriptionId: string): ReplayJob[] =>
    [...all.values()].flatMap(({ work }) =>
      work.kind === 'replay' && work.job.subscriptionId === subscriptionId ? [work.job] : [],
    );
  const ownerOf = (work: DueWork) => {
    if (work.kind === 'erased-event') return { project: work.project };
    if (work.kind === 'erasure') return { project: work.job.project };
    const { project, subscriptionId } =
      work.kind === 'delivery' ? work.delivery : work.kind === 'breaker' ? work.breaker : work.job;
    return { project, subscriptionId };
  };
  const shardOf = (key: string) =>
    [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % DUE_SHARDS;

  const dueWork: DueWorkStore = {
    async due(shard, until, page) {
      const claims = [...all].flatMap(([key, { dueAt }]) =>
        dueAt !== null && dueAt <= until ? [{ key, dueAt, isPump: false }] : [],
      );
      const due = [...claims, ...duePumps(until)].filter(({ key }) => shardOf(key) === shard);
      const placeOf = ({ key, dueAt }: (typeof due)[number]) => `${String(dueAt).padStart(14, '0')} ${key}`;
      due.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
      return pageOf(due, placeOf, page, 'oldest first');
    },
    async claim({ key, dueAt }, lease) {
      const entry = held({ key, lease: dueAt });
      if (entry === undefined) return null;
      entry.dueAt = lease;
      entry.swept = true;
      return ownerOf(entry.work);
    },
    callPump,
    async claimed(claim, lease) {
      const entry = all.get(claim.key);
      if (entry === undefined) return null;
      if (entry.dueAt === claim.lease) return { claim, work: entry.work };
      if (!entry.swept) return null;
      Object.assign(entry, { dueAt: lease, swept: false });
      return { claim: { key: claim.key, lease }, work: entry.work };
    },
    async complete(claim) {
      if (held(claim)) all.delete(claim.key);
    },
  };

  const parked: ParkedDeliveries = {
    held: async (subscriptionId, limit) =>
      [...all.values()]
        .flatMap(({ work }) => (work.kind === 'delivery' && work.delivery.held ? [work.delivery] : []))
        .filter((delivery) => delivery.subscriptionId === subscriptionId)
        .sort((a, b) => (heldKey(a) < heldKey(b) ? -1 : 1))
        .slice(0, limit),
    async release(delivery) {
      const entry = all.get(heldKey(delivery));
      if (entry?.work.kind !== 'delivery') return;
      if (entry.work.delivery.scheduledFor === delivery.scheduledFor) all.delete(heldKey(delivery));
    },
  };

  const idOf = ({ id }: ReplayJob) => id;
  const jobs: ReplayJobStore = {
    async create(job, lease) {
      const running = jobsOf(job.subscriptionId).find(isRunning);
      if (running) throw new ConflictError(`A replay of this subscription is running: ${running.id}.`);
      const key = jobKey(job.subscriptionId, job.id);
      put(key, { kind: 'replay', job }, lease);
      return { key, lease };
    },
    get: async (subscriptionId, id) => jobsOf(subscriptionId).find((job) => job.id === id) ?? null,
    async handOver(claim) {
      const entry = held(claim);
      if (entry !== undefined) entry.dueAt = null;
    },
    running: async (subscriptionId) => jobsOf(subscriptionId).find(isRunning) ?? null,
    list: async (subscriptionId, page) => pageOf(newestFirst(jobsOf(subscriptionId), idOf), idOf, page),
    async replace(job, next) {
      const key = jobKey(job.subscriptionId, job.id);
      const work = all.get(key)?.work;
      const known = work?.kind === 'replay' ? work.job : undefined;
      if (known === undefined || !isRunning(known) || known.nextDueAt !== job.nextDueAt) return false;
      put(key, { kind: 'replay', job: next }, null);
      return true;
    },
  };

  const erasuresOf = (project: string): ErasureJob[] =>
    [...all.values()].flatMap(({ work }) =>
      work.kind === 'erasure' && work.job.project === project ? [work.job] : [],
    );
  const latest = new Map<string, string>();
  const erasures: ErasureStore = {
    async repeatAt({ project, id: eventId }, dueAt) {
      put(`${project} ERASED ${eventId}`, { kind: 'erased-event', project, eventId }, dueAt);
    },
    async note(project, at) {
      if ((latest.get(project) ?? '') < at) latest.set(project, at);
    },
    latest: async (project) => latest.get(project) ?? '',
    async create(job, lease) {
      const running = erasuresOf(job.project).find(holdsLock);
      if (running) throw new ConflictError(`An erasure of this project is running: ${running.id}.`);
      const key = `${job.project} ERASURE ${job.id}`;
      put(key, { kind: 'erasure', job }, lease);
      return { key, lease };
    },
    get: async (project, id) => erasuresOf(project).find((job) => job.id === id) ?? null,
    list: async (project, page) => {
      const idOf = ({ id }: ErasureJob) => id;
      return pageOf(newestFirst(erasuresOf(project), idOf), idOf, page);
    },
    async replace(claim, _, job, lease) {
      if (held(claim) === undefined) return null;
      put(claim.key, { kind: 'erasure', job }, job.state === 'running' ? lease : null);
      return { key: claim.key, lease };
    },
  };

  /** Leave due work there as a version before 0.2 did. */
  const putLegacy = (work: LegacyWork, dueAt: number): void => {
    const key =
      work.kind === 'breaker'
        ? `${work.breaker.subscriptionId} BREAKER`
        : work.delivery.held
          ? heldKey(work.delivery)
          : `${work.delivery.subscriptionId} PENDING ${work.delivery.eventId}`;
    put(key, work, dueAt);
  };

  return {
    dueWork,
    parked,
    jobs,
    erasures,
    flows,
    mailbox,
    putLegacy,
    /** Replace due work as a version before 0.2 did. Return false if the claim is void. */
    replaceLegacy(claim: Claim, work: LegacyWork, dueAt: number): boolean {
      if (held(claim) === undefined) return false;
      putLegacy(work, dueAt);
      return true;
    },
    /** Return the earliest due time, or Infinity if nothing is due. */
    nextDueAt: () =>
      Math.min(
        ...[...all.values()].flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt])),
        ...duePumps(Number.POSITIVE_INFINITY).map(({ dueAt }) => dueAt),
      ),
  };
}
