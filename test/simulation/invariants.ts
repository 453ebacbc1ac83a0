import { judge } from '../../core/domain/attempt.ts';
import { CACHE_MS, type SentRequest, type World } from './world.ts';

/** Longest that a request may be under way when its subscription ends: the steps before it, and itself. */
const UNDER_WAY_MS = 15_000;

/** What a run has broken, in words. */
export async function breaches(world: World): Promise<string[]> {
  if (!(await world.isQuiet())) return ['something is still under way'];
  const pairs = world.subscriptionIds.flatMap((id) => world.accepted.map((eventId) => ({ id, eventId })));
  const found = await Promise.all(pairs.map(({ id, eventId }) => ofDelivery(world, id, eventId)));
  return [...found.flat(), ...tooEarly(world), ...tooLate(world)];
}

/** An accepted event reached every subscription that wanted it, or has an end; attempts are numbered without gaps. */
async function ofDelivery(world: World, id: string, eventId: string): Promise<string[]> {
  const requests = world.requests.filter(
    (request) => request.subscriptionId === id && request.eventId === eventId,
  );
  const name = `${id} ${eventId}`;
  const numbers = new Set(requests.map(({ number }) => number));
  const gaps = [...Array(numbers.size).keys()].filter((index) => !numbers.has(index + 1));
  const faults = gaps.map((index) => `${name}: attempt ${index + 1} is missing among ${[...numbers]}`);

  const subscription = await world.subscription(id);
  const retry = world.retryOf(id);
  const ended = subscription === null || !subscription.enabled || world.endedAt.has(id);
  const delivered = requests.some((request) => judge(request.result, request.endedAt).outcome === 'success');
  const waits = typeof retry === 'string' ? 0 : retry.length;
  const exhausted = numbers.has(waits + 1);
  const dead = world.deadLetters();
  const setAside = dead.has(name) || dead.has(`* ${eventId}`);
  if (!ended && !delivered && !exhausted && !setAside)
    faults.push(`${name}: lost after attempts ${[...numbers]}`);
  return faults;
}

/** No attempt is made before its time: the schedule's wait after the one before, or what the endpoint asked for. */
function tooEarly(world: World): string[] {
  return world.requests.flatMap((request) => {
    const retry = world.retryOf(request.subscriptionId);
    const wait = typeof retry === 'string' ? 0 : (retry[request.number - 2] ?? 0);
    const before = world.requests.filter(
      ({ subscriptionId, eventId, number }) =>
        subscriptionId === request.subscriptionId &&
        eventId === request.eventId &&
        number === request.number - 1,
    );
    // The one before may have been made twice; each gave the next a time, which must keep one of them.
    const due = before.map(({ endedAt, result }) => endedAt + Math.max(wait, askedFor(result)) * 1000);
    return due.length > 0 && request.at < Math.min(...due)
      ? [`${named(request)}: made ${Math.min(...due) - request.at} ms early`]
      : [];
  });
}

/** Seconds. */
const askedFor = (result: SentRequest['result']) =>
  'response' in result && result.response.status === 429 ? Number(result.response.headers['retry-after']) : 0;

/** Nothing is sent for long after a subscription has ended. */
function tooLate({ requests, endedAt }: World): string[] {
  return requests.flatMap((request) => {
    const end = endedAt.get(request.subscriptionId);
    const late = end !== undefined && request.at > end + CACHE_MS + UNDER_WAY_MS;
    return late ? [`${named(request)}: sent ${request.at - end} ms after the subscription had ended`] : [];
  });
}

const named = ({ subscriptionId, eventId, number }: SentRequest) =>
  `${subscriptionId} ${eventId} attempt ${number}`;
