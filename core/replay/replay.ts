import type { ReplayRequest } from '../api-schemas/replay.ts';
import { continuation } from '../fan-out/fan-out-step.ts';
import type { Clock } from '../kernel/clock.ts';
import { ConflictError, found, NotFoundError, UnavailableError, ValidationError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { claimText, replayText } from '../model/delivery-message.ts';
import { stepLease } from '../model/due-work.ts';
import type { Event } from '../model/event.ts';
import { matches } from '../model/event-pattern.ts';
import type { ReplayJob } from '../model/replay-job.ts';
import type { MessageQueue, OutgoingMessage } from '../ports/message-queue.ts';
import type { ReplayJobStore } from '../ports/replay-job-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

export interface ReplaySubscriptionDependencies {
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly jobs: Pick<ReplayJobStore, 'create' | 'get'>;
  readonly retriesQueue: MessageQueue;
  readonly clock: Clock;
}

/** How long a job can be asked about. */
const JOB_KEPT_MS = 30 * 86_400_000;

/** Starting a replay of a subscription's deliveries, and asking how far it is. */
export function replaySubscription({
  subscriptions,
  jobs,
  retriesQueue,
  clock,
}: ReplaySubscriptionDependencies) {
  return {
    async start(project: string, subscriptionId: string, request: ReplayRequest): Promise<ReplayJob> {
      const subscription = found(
        await subscriptions.get(project, subscriptionId),
        'subscription',
        subscriptionId,
      );
      if (!subscription.enabled) throw new ConflictError('The subscription is disabled. Enable it first.');
      const now = clock();
      const requestedAt = new Date(now).toISOString();
      const job: ReplayJob = {
        id: newId('job', now),
        project,
        subscriptionId,
        since: request.since,
        // What comes later takes its own way.
        until: request.until !== undefined && request.until < requestedAt ? request.until : requestedAt,
        only: request.only,
        state: 'counting',
        done: 0,
        total: 0,
        cursor: null,
        requestedAt,
        expiresAt: now + JOB_KEPT_MS,
      };
      const claim = await jobs.create(job, stepLease(now));
      // If this is not sent, the sweeper finds the job when the lease ends.
      await retriesQueue.send([{ body: claimText(claim), groupId: subscriptionId }]);
      return job;
    },

    async get(project: string, subscriptionId: string, id: string): Promise<ReplayJob> {
      const job = await jobs.get(subscriptionId, id);
      if (job?.project !== project) throw new NotFoundError(`There is no job "${id}".`);
      return job;
    },
  };
}

export type ReplaySubscription = ReturnType<typeof replaySubscription>;

export interface ReplayEventDependencies {
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly eventsQueue: MessageQueue;
  readonly retriesQueue: MessageQueue;
  readonly clock: Clock;
}

/** Delivers an event again: to one subscription, or to all that want it now. Answers the replay's id. */
export function replayEvent({ subscriptions, eventsQueue, retriesQueue, clock }: ReplayEventDependencies) {
  return async (event: Event, subscriptionId: string | undefined): Promise<string> => {
    const { project, id: eventId } = event;
    if (event.suppress) throw new ConflictError('The event is suppressed: it is delivered to nobody.');
    const now = clock();
    const replay = { id: newId('rpl', now), requestedAt: new Date(now).toISOString() };
    if (subscriptionId === undefined) {
      await sendOne(eventsQueue, continuation({ project, eventId, pattern: 0, cursor: null, replay }));
      return replay.id;
    }
    const refuse = (message: string) => ValidationError.of([{ path: 'subscriptionId', message }]);
    const subscription = await subscriptions.get(project, subscriptionId);
    if (subscription === null) throw refuse('is not a subscription of this project');
    if (!subscription.enabled) throw refuse('is of a disabled subscription');
    if (!matches(subscription.events, event.type)) throw refuse(`is of one that does not want ${event.type}`);
    const body = replayText({ project, subscriptionId, eventId, ...replay });
    await sendOne(retriesQueue, { body, groupId: subscriptionId });
    return replay.id;
  };
}

export type ReplayEvent = ReturnType<typeof replayEvent>;

async function sendOne(queue: MessageQueue, message: OutgoingMessage): Promise<void> {
  const unsent = await queue.send([message]);
  if (unsent.size > 0) throw new UnavailableError('The replay could not be queued. Send the request again.');
}
