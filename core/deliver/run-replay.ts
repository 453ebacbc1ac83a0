import { mayMatch } from '../customer-code/conditions.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import { type Claim, STEP_MS, stepLease } from '../model/due-work.ts';
import { matches } from '../model/event-pattern.ts';
import { isRunning, type ReplayJob } from '../model/replay-job.ts';
import { isStillWanted, type Subscription } from '../model/subscription.ts';
import type { EventSummary } from '../ports/event-store.ts';
import type { DeliverPorts } from './ports.ts';

/** Deliveries of one job, so that it delays neither live traffic nor other retries. */
const PER_SECOND = 10;
const PER_STEP = 100;
const PER_PAGE = 100;
/** The function has other messages to see to. */
const LOOKED_AT_AT_ONCE = 10;

/**
 * One step of a replay: first the deliveries are counted, then handed to the retries queue, at most ten a second. What
 * is done is saved with the claim of the next step, so whichever function dies, another goes on from there; some may
 * then be made twice, and none is left out.
 */
export async function runReplay(ports: DeliverPorts, claim: Claim, found: ReplayJob): Promise<void> {
  const { jobs, subscriptions, clock, log } = ports;

  const { project, subscriptionId, id } = found;
  const until = clock() + STEP_MS;
  const subscription = await subscriptions.get(project, subscriptionId);
  // From here on another holder of the same message is overtaken.
  let step = await jobs.save(claim, found, stepLease(clock(), claim));
  let job: ReplayJob = isWanted(subscription, found) ? found : { ...found, state: 'cancelled' };
  while (step !== null && subscription !== null && job.state === 'counting' && clock() < until) {
    job = await countPage(ports, job, subscription);
    step = await jobs.save(step, job, stepLease(clock(), step));
  }
  if (step === null) return;
  const doneBefore = job.done;
  if (subscription !== null && job.state === 'running')
    job = await sendPages(ports, job, subscription, until);
  const delaySeconds = Math.ceil((job.done - doneBefore) / PER_SECOND);
  const next = await jobs.save(step, job, stepLease(clock() + delaySeconds * 1000, step));
  if (!isRunning(job)) {
    const { state: outcome, done: deliveries } = job;
    log.info('replay ended', { project, subscriptionId, replayId: id, outcome, deliveries });
  } else if (next !== null) {
    await callNext(ports, next, project, delaySeconds);
  }
}

/** If it cannot be called, the sweeper does when the lease ends. */
async function callNext(
  { retriesQueue }: DeliverPorts,
  next: Claim,
  project: string,
  delaySeconds: number,
): Promise<void> {
  const message = { kind: 'claim', claim: next } as const;
  await retriesQueue.send([{ message, groupId: project, delaySeconds }]);
}

const isWanted = (subscription: Subscription | null, { requestedAt }: ReplayJob): boolean =>
  subscription?.enabled === true &&
  (subscription.cancelledUntil === null || subscription.cancelledUntil < requestedAt);

async function countPage(
  ports: DeliverPorts,
  job: ReplayJob,
  subscription: Subscription,
): Promise<ReplayJob> {
  const { chosen, cursor } = await choosePage(ports, job, subscription, PER_PAGE);
  const state = cursor === null ? 'running' : 'counting';
  return { ...job, state, cursor, total: job.total + chosen.length };
}

/** Hands on page after page, as many deliveries as the time until the next step is for. */
async function sendPages(
  ports: DeliverPorts,
  found: ReplayJob,
  subscription: Subscription,
  until: number,
): Promise<ReplayJob> {
  const { retriesQueue, clock } = ports;
  const { id, project, subscriptionId, requestedAt } = found;
  let job = found;
  for (let left = PER_STEP; left > 0 && clock() < until; left = PER_STEP - (job.done - found.done)) {
    const { chosen, cursor } = await choosePage(ports, job, subscription, left);
    const messages = chosen.map(({ id: eventId }, index) => ({
      message: {
        kind: 'replay',
        replayed: { project, subscriptionId, eventId, id, requestedAt },
      } as const,
      groupId: project,
      delaySeconds: Math.floor((PER_STEP - left + index) / PER_SECOND),
    }));
    const unsent = await retriesQueue.send(messages);
    if (unsent.size > 0) throw new Error(`${unsent.size} deliveries of a replay could not be sent.`);
    const done = job.done + chosen.length;
    job = { ...job, done, total: Math.max(job.total, done), cursor };
    if (cursor === null) return { ...job, total: done, state: 'done' };
  }
  return job;
}

/** The deliveries of the next page of events, the oldest first, that the replay is of. */
async function choosePage(
  ports: DeliverPorts,
  job: ReplayJob,
  subscription: Subscription,
  limit: number,
): Promise<{ readonly chosen: readonly EventSummary[]; readonly cursor: string | null }> {
  const { project, since, until, cursor } = job;
  const range = { since, until, order: 'oldest first' } as const;
  const page = await ports.events.list(project, range, { limit, cursor });
  const wanted = page.items.filter(({ type, suppress }) => !suppress && matches(subscription.events, type));
  const chosen: EventSummary[] = [];
  for (let from = 0; from < wanted.length; from += LOOKED_AT_AT_ONCE) {
    const some = wanted.slice(from, from + LOOKED_AT_AT_ONCE);
    const included = await Promise.all(some.map((event) => isIncluded(ports, job, subscription, event)));
    chosen.push(...some.filter((_, index) => included[index]));
  }
  return { chosen, cursor: page.cursor };
}

async function isIncluded(
  { attemptLog, mailbox, events, clock }: DeliverPorts,
  { only, project, subscriptionId }: ReplayJob,
  subscription: Subscription,
  event: EventSummary,
): Promise<boolean> {
  if (subscription.condition !== null) {
    const full = await events.get(project, event.id);
    if (full === null || !mayMatch(subscription.condition, new EventScope(full, clock()))) return false;
  }
  if (only === 'all') return true;
  const last = await attemptLog.last(project, event.id, subscriptionId);
  if (last !== null) return only === 'failed' && last.outcome === 'failure';
  const { acceptedAt, type } = event;
  const isCancelled = !isStillWanted(subscription, { type, requestedAt: acceptedAt });
  // Its ordering key is not in the log.
  const waiting = isCancelled ? null : await events.get(project, event.id);
  if (waiting !== null && (await mailbox.hasFirst(subscriptionId, waiting))) return false;
  // Held and then cancelled, it never came to an attempt; older than the subscription, it was never asked of it.
  const wasAskedFor = isCancelled && acceptedAt >= subscription.createdAt;
  return only === 'missing' || wasAskedFor;
}
