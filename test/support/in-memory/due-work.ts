import { ConflictError } from '../../../core/kernel/errors.ts';
import type { Breaker } from '../../../core/model/breaker.ts';
import type { ParkedDelivery } from '../../../core/model/delivery.ts';
import type { Claim, DueWork } from '../../../core/model/due-work.ts';
import { isRunning, type ReplayJob } from '../../../core/model/replay-job.ts';
import type { BreakerStore } from '../../../core/ports/breaker-store.ts';
import { DUE_SHARDS, type DueWorkStore } from '../../../core/ports/due-work-store.ts';
import type { ParkedDeliveries } from '../../../core/ports/parked-deliveries.ts';
import type { ReplayJobStore } from '../../../core/ports/replay-job-store.ts';
import { newestFirst, pageOf } from './page-of.ts';

interface Entry {
  readonly work: DueWork;
  readonly shard: number;
  /** Whether the sweeper's message is under way. */
  swept: boolean;
  /** Null if it is no longer due. */
  dueAt: number | null;
}

type Identity = Pick<ParkedDelivery, 'subscriptionId' | 'acceptedAt' | 'eventId' | 'replay'>;

/** Create the stores of due work over one map, as the table has one due index. */
export function inMemoryDueWork() {
  const all = new Map<string, Entry>();
  let made = 0;
  const put = (key: string, work: DueWork, dueAt: number | null, swept = false): void => {
    all.set(key, { work, dueAt, swept, shard: all.get(key)?.shard ?? made++ % DUE_SHARDS });
  };
  const held = ({ key, lease }: Claim): Entry | undefined => {
    const entry = all.get(key);
    return entry?.dueAt === lease ? entry : undefined;
  };
  const replaceClaimed = (claim: Claim, work: DueWork, dueAt: number | null): boolean => {
    if (held(claim) === undefined) return false;
    put(claim.key, work, dueAt);
    return true;
  };
  const ageOf = ({ acceptedAt, eventId, replay }: Identity) => `${acceptedAt}#${eventId}#${replay?.id ?? ''}`;
  const parkedKey = (kind: string, delivery: Identity) =>
    `${delivery.subscriptionId} ${kind} ${ageOf(delivery)}`;
  const keyOf = (delivery: ParkedDelivery) => parkedKey(delivery.held ? 'HELD' : 'PENDING', delivery);
  const breakerKey = (subscriptionId: string) => `${subscriptionId} BREAKER`;
  const jobKey = (subscriptionId: string, id: string) => `${subscriptionId} JOB ${id}`;
  const parkedOf = (subscriptionId: string): ParkedDelivery[] =>
    [...all.values()].flatMap(({ work }) =>
      work.kind === 'delivery' && work.delivery.subscriptionId === subscriptionId ? [work.delivery] : [],
    );
  const jobsOf = (subscriptionId: string): ReplayJob[] =>
    [...all.values()].flatMap(({ work }) =>
      work.kind === 'replay' && work.job.subscriptionId === subscriptionId ? [work.job] : [],
    );
  const subscriptionOf = (work: DueWork): string => {
    if (work.kind === 'delivery') return work.delivery.subscriptionId;
    return work.kind === 'breaker' ? work.breaker.subscriptionId : work.job.subscriptionId;
  };

  const dueWork: DueWorkStore = {
    async due(shard, until, limit) {
      const due = [...all].flatMap(([key, entry]) =>
        entry.shard === shard && entry.dueAt !== null && entry.dueAt <= until
          ? [{ key, dueAt: entry.dueAt }]
          : [],
      );
      return due.sort((a, b) => a.dueAt - b.dueAt).slice(0, limit);
    },
    async claim({ key, dueAt }, lease) {
      const entry = held({ key, lease: dueAt });
      if (entry === undefined) return null;
      entry.dueAt = lease;
      entry.swept = true;
      return { subscriptionId: subscriptionOf(entry.work) };
    },
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
    async park(delivery) {
      put(keyOf(delivery), { kind: 'delivery', delivery }, delivery.scheduledFor);
    },
    held: async (subscriptionId, limit) =>
      newestFirst(
        parkedOf(subscriptionId).filter((delivery) => delivery.held),
        ageOf,
      )
        .reverse()
        .slice(0, limit),
    async release(delivery) {
      const entry = all.get(keyOf(delivery));
      if (entry?.work.kind !== 'delivery') return;
      if (entry.work.delivery.scheduledFor === delivery.scheduledFor) all.delete(keyOf(delivery));
    },
    waits: async (delivery) => ['HELD', 'PENDING'].some((kind) => all.has(parkedKey(kind, { ...delivery }))),
    async ofSubscription(subscriptionId, page, { requestedAfter = null } = {}) {
      const once = new Map(
        parkedOf(subscriptionId)
          .filter(
            ({ acceptedAt, replay }) =>
              requestedAfter === null || (replay?.requestedAt ?? acceptedAt) > requestedAfter,
          )
          .sort((a, b) => Number(a.held) - Number(b.held))
          .map((delivery) => [ageOf(delivery), delivery]),
      );
      return pageOf(newestFirst(once.values(), ageOf), ageOf, page);
    },
  };

  const breakers: BreakerStore = {
    async save(claim, breaker, dueAt) {
      return replaceClaimed(claim, { kind: 'breaker', breaker }, dueAt) ? { ...claim, lease: dueAt } : null;
    },
    async makeDueNow(subscriptionId, now) {
      const entry = all.get(breakerKey(subscriptionId));
      if (entry?.work.kind !== 'breaker') return;
      put(
        breakerKey(subscriptionId),
        { kind: 'breaker', breaker: { ...entry.work.breaker, failedProbes: 0 } },
        now,
        entry.swept,
      );
    },
    async ensure(breaker, dueAt, latest) {
      const known = all.get(breakerKey(breaker.subscriptionId))?.dueAt;
      if (known === undefined || known === null || known > latest)
        put(breakerKey(breaker.subscriptionId), { kind: 'breaker', breaker }, dueAt);
    },
  };

  const jobs: ReplayJobStore = {
    async create(job, lease) {
      const running = jobsOf(job.subscriptionId).find(isRunning);
      if (running) throw new ConflictError(`A replay of this subscription is running: ${running.id}.`);
      const key = jobKey(job.subscriptionId, job.id);
      put(key, { kind: 'replay', job }, lease);
      return { key, lease };
    },
    get: async (subscriptionId, id) => jobsOf(subscriptionId).find((job) => job.id === id) ?? null,
    async save(claim, job, lease) {
      const saved = replaceClaimed(claim, { kind: 'replay', job }, isRunning(job) ? lease : null);
      return saved ? { ...claim, lease } : null;
    },
  };

  return {
    dueWork,
    parked,
    breakers,
    jobs,
    putBreaker: (breaker: Breaker, dueAt: number) =>
      put(breakerKey(breaker.subscriptionId), { kind: 'breaker', breaker }, dueAt),
    /** Return the earliest due time, or Infinity if nothing is due. */
    nextDueAt: () => Math.min(...[...all.values()].flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt]))),
    breakerOf: (subscriptionId: string) => all.get(breakerKey(subscriptionId)),
  };
}
