import { mayMatch } from '../customer-code/conditions.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import { placeOf } from '../model/event-order.ts';
import { matches } from '../model/event-pattern.ts';
import { endedJob } from '../model/job.ts';
import type { ReplayJob } from '../model/replay-job.ts';
import { isStillWanted, type Subscription } from '../model/subscription.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import type { EventSummary } from '../ports/event-store.ts';
import type { PumpPorts } from './ports.ts';

/** The deliveries of some events that a replay is of, and the job as it is once they are in the mailbox. */
export interface ReplayedPage {
  readonly deliveries: readonly WaitingDelivery[];
  readonly next: ReplayJob;
}

type ReplayPorts = Pick<PumpPorts, 'events' | 'attemptLog' | 'mailbox' | 'clock'>;

/** The events that are looked at together: other turns of the invocation have reads to make, too. */
const AT_ONCE = 10;

/** Read the next events of a replay, the oldest first. */
export async function readReplayed(
  ports: ReplayPorts,
  job: ReplayJob,
  subscription: Subscription,
  limit: number,
): Promise<ReplayedPage> {
  const { project, since, until, cursor, nextDueAt } = job;
  const range = { since, until, order: 'oldest first' } as const;
  const page = await ports.events.list(project, range, { limit, cursor });
  const deliveries: WaitingDelivery[] = [];
  for (let from = 0; from < page.items.length; from += AT_ONCE) {
    const some = page.items.slice(from, from + AT_ONCE);
    // One millisecond after the other, so that the mailbox keeps their order.
    const found = await Promise.all(
      some.map((event, index) => replayedDelivery(ports, job, subscription, event, nextDueAt + from + index)),
    );
    deliveries.push(...found.filter((delivery) => delivery !== null));
  }
  const next: ReplayJob = {
    ...job,
    done: job.done + deliveries.length,
    cursor: page.cursor,
    reachedAt: page.items.at(-1)?.acceptedAt ?? job.reachedAt,
    nextDueAt: Math.max(nextDueAt + Math.max(1, page.items.length), ports.clock() - limit),
  };
  return { deliveries, next: page.cursor === null ? endedJob(next, 'done', ports.clock()) : next };
}

/** Return the delivery of an event that a replay is of, or null if it is not of this event. */
async function replayedDelivery(
  { attemptLog, mailbox, events, clock }: ReplayPorts,
  { id, project, subscriptionId, only, requestedAt }: ReplayJob,
  subscription: Subscription,
  { id: eventId, type, acceptedAt, suppress }: EventSummary,
  dueAt: number,
): Promise<WaitingDelivery | null> {
  if (suppress || !matches(subscription.events, type)) return null;
  const { condition, ordering } = subscription;
  // The log has neither the data of an event nor its ordering key.
  const event = await events.get(project, eventId);
  if (event === null || event.erased !== undefined) return null;
  const scope = new EventScope(event, clock()).seenBy(subscription);
  if (condition !== null && !mayMatch(condition, scope)) return null;
  const last = await attemptLog.last(project, eventId, subscriptionId);
  const after = last?.number ?? 0;
  const replay = { id, requestedAt, after };
  const delivery: WaitingDelivery = {
    ...{ project, subscriptionId, eventId, acceptedAt, number: after + 1, dueAt, replay },
    ...(ordering === 'strict' && { ordered: placeOf(event) }),
  };
  if (only === 'all') return delivery;
  if (last !== null) return only === 'failed' && last.outcome === 'failure' ? delivery : null;
  const isCancelled = !isStillWanted(subscription, { type, requestedAt: acceptedAt });
  if (!isCancelled && (await mailbox.hasFirst(subscriptionId, event))) return null;
  // Held and then cancelled, it never came to an attempt; older than the subscription, it was never asked of it.
  const wasAskedFor = isCancelled && acceptedAt >= subscription.createdAt;
  return only === 'missing' || wasAskedFor ? delivery : null;
}
