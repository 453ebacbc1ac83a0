import { judge } from '../../core/model/verdict.ts';
import { CACHE_MS, type SentRequest, type World } from './world.ts';

/** The longest time for which a request may be under way when its subscription ends, including the steps before it. */
const UNDER_WAY_MS = 15_000;

/** Return the invariants that a run has breached, in words. */
export async function breaches(world: World): Promise<string[]> {
  if (!(await world.isQuiet())) return ['something is still under way'];
  const pairs = world.subscriptionIds.flatMap((id) => world.accepted.map((eventId) => ({ id, eventId })));
  const found = await Promise.all(pairs.map(({ id, eventId }) => ofDelivery(world, id, eventId)));
  const replays = await Promise.all([...world.replayed.map((one) => ofReplay(world, one))]);
  const jobs = await Promise.all(world.jobs.map((job) => ofJob(world, job)));
  return [
    ...found.flat(),
    ...replays.flat(),
    ...jobs.flat(),
    ...(await unlisted(world)),
    ...tooEarly(world),
    ...tooLate(world),
    ...repeated(world),
  ];
}

/** Check that an accepted event reached every matching subscription or has an end, and that attempts are numbered without gaps. */
async function ofDelivery(world: World, id: string, eventId: string): Promise<string[]> {
  const requests = world.requests.filter(
    ({ subscriptionId, eventId: event, replayId }) =>
      subscriptionId === id && event === eventId && replayId === null,
  );
  const name = `${id} ${eventId}`;
  const numbers = new Set(requests.map(({ number }) => number));
  const gaps = [...Array(numbers.size).keys()].filter((index) => !numbers.has(index + 1));
  const faults = gaps.map((index) => `${name}: attempt ${index + 1} is missing among ${[...numbers]}`);

  const retry = world.retryOf(id);
  const ended = await hasEnded(world, id);
  const delivered = requests.some((request) => judge(request.result, request.endedAt).kind === 'delivered');
  const waits = typeof retry === 'string' ? 0 : retry.length;
  const exhausted = numbers.has(waits + 1);
  const dead = world.deadLetters();
  const setAside = dead.has(name) || dead.has(`* ${eventId}`);
  if (!ended && !delivered && !exhausted && !setAside)
    faults.push(`${name}: lost after attempts ${[...numbers]}`);
  return faults;
}

/** Check that a replayed delivery was made, unless its subscription has ended. */
async function ofReplay(
  world: World,
  { subscriptionId, eventId, replayId }: World['replayed'][number],
): Promise<string[]> {
  const made = world.requests.some(
    (request) => request.subscriptionId === subscriptionId && request.replayId === replayId,
  );
  const dead = world.deadLetters().has(`${subscriptionId} ${eventId}`);
  const lost = !made && !dead && !(await hasEnded(world, subscriptionId));
  return lost ? [`${subscriptionId} ${eventId}: its replay ${replayId} was lost`] : [];
}

/** Check that a job came to an end, and that a job of all events has sent every event that was accepted before it. */
async function ofJob(world: World, job: World['jobs'][number]): Promise<string[]> {
  const { subscriptionId, jobId, only } = job;
  const found = await world.job(job);
  if (await hasEnded(world, subscriptionId)) return [];
  if (found?.state !== 'done') return [`${jobId} ended as ${found?.state}`];
  if (only !== 'all') return [];
  const dead = world.deadLetters();
  const left = world.accepted.filter((eventId) => {
    const requests = world.requests.filter(
      (request) => request.subscriptionId === subscriptionId && request.eventId === eventId,
    );
    const made = requests.some(({ replayId }) => replayId === jobId);
    // An event that was not fanned out yet when the job was requested is delivered without it.
    const known = requests.some(({ at }) => at < Date.parse(found.requestedAt));
    return known && !made && !dead.has(`${subscriptionId} ${eventId}`) && !dead.has(`* ${eventId}`);
  });
  return left.map((eventId) => `${jobId}: ${eventId} was left out`);
}

/** Check that the project log has each event that was fanned out. A dead-lettered event may be there or not. */
async function unlisted(world: World): Promise<string[]> {
  const listed = await world.listed();
  const dead = world.deadLetters();
  return world.accepted
    .filter((eventId) => !dead.has(`* ${eventId}`) && !listed.includes(eventId))
    .map((eventId) => `${eventId} is missing in the log of events`);
}

async function hasEnded(world: World, id: string): Promise<boolean> {
  const subscription = await world.subscription(id);
  return subscription === null || !subscription.enabled || world.endedAt.has(id);
}

/**
 * Check that no attempt is made before its scheduled wait, or before the time that the endpoint asked for. A probe may be early,
 * and after a recovery so may the retries that an outage delayed.
 */
function tooEarly(world: World): string[] {
  return world.requests.flatMap((request) => {
    const retry = world.retryOf(request.subscriptionId);
    const wait = typeof retry === 'string' ? 0 : (retry[request.number - request.after - 2] ?? 0);
    const ofRun = world.requests.filter(
      ({ subscriptionId, eventId, replayId, after }) =>
        subscriptionId === request.subscriptionId &&
        eventId === request.eventId &&
        replayId === request.replayId &&
        // A replay whose message was received twice starts again with the next number.
        after === request.after,
    );
    const before = ofRun.filter(({ number }) => number === request.number - 1);
    // The previous attempt may have been made twice. The next one must keep the time after one of them.
    const due = before.map(({ endedAt, result }) => endedAt + Math.max(wait, askedFor(result)) * 1000);
    const isEarly = due.length > 0 && request.at < Math.min(...due);
    if (!isEarly || request.probe || before.some((attempt) => isPulled(world, attempt, request))) return [];
    return [`${named(request)}: made ${Math.min(...due) - request.at} ms early`];
  });
}

/** Return whether an attempt was an outage, and a probe was answered between it and the next one. */
function isPulled({ requests }: World, attempt: SentRequest, next: SentRequest): boolean {
  const kindOf = ({ result, endedAt }: SentRequest) => judge(result, endedAt).kind;
  return (
    kindOf(attempt) === 'down' &&
    requests.some(
      (probe) =>
        probe.probe &&
        probe.subscriptionId === attempt.subscriptionId &&
        probe.endedAt >= attempt.endedAt &&
        probe.endedAt <= next.at &&
        kindOf(probe) !== 'down' &&
        kindOf(probe) !== 'busy',
    )
  );
}

/** Return the seconds that the endpoint asked to wait. */
const askedFor = (result: SentRequest['result']) =>
  'response' in result && result.response.status === 429 ? Number(result.response.headers['retry-after']) : 0;

/** Check that nothing is sent long after a subscription has ended. */
function tooLate({ requests, endedAt }: World): string[] {
  return requests.flatMap((request) => {
    const end = endedAt.get(request.subscriptionId);
    const late = end !== undefined && request.at > end + CACHE_MS + UNDER_WAY_MS;
    return late ? [`${named(request)}: sent ${request.at - end} ms after the subscription had ended`] : [];
  });
}

/** Check that nothing is sent twice while only endpoints fail. A 429 and a failed probe consume no attempt. */
function repeated({ calm, requests }: World): string[] {
  if (!calm) return [];
  const counted = requests.filter(({ result, endedAt, probe }) => {
    const { kind } = judge(result, endedAt);
    return kind !== 'busy' && !(probe && kind === 'down');
  });
  const named = Map.groupBy(counted, ({ subscriptionId, eventId, number, replayId }) =>
    [subscriptionId, eventId, 'attempt', number, replayId ?? ''].join(' '),
  );
  return [...named].flatMap(([name, { length }]) => (length > 1 ? [`${name}: made ${length} times`] : []));
}

const named = ({ subscriptionId, eventId, number }: SentRequest) =>
  `${subscriptionId} ${eventId} attempt ${number}`;
