import { matches } from '../../../core/model/event-pattern.ts';
import type { ReceivedRequest } from './receiver.ts';
import type { World } from './world.ts';

/** The history of one delivery, as its endpoint saw it. */
export interface Outcome {
  readonly subscriptionId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly publishedAt: number;
  readonly requests: readonly ReceivedRequest[];
  /** When its first attempt began; Infinity if there was none. */
  readonly attemptedAt: number;
  /** When it succeeded; Infinity if it did not. */
  readonly deliveredAt: number;
}

/** Return the history of each delivery that should have been made. */
export function outcomes(world: World, isWanted: (outcome: Outcome) => boolean = () => true): Outcome[] {
  const made = Map.groupBy(
    world.receiver.requests,
    ({ subscriptionId, eventId }) => `${subscriptionId} ${eventId}`,
  );
  const byProject = Map.groupBy(world.published.values(), ({ project }) => project);
  return [...world.subscriptions.values()].flatMap(({ id, project, events }) =>
    (byProject.get(project) ?? []).flatMap((event) => {
      if (!matches(events, event.type)) return [];
      const requests = made.get(`${id} ${event.id}`) ?? [];
      const outcome = {
        subscriptionId: id,
        eventId: event.id,
        eventType: event.type,
        publishedAt: event.at,
        requests,
        attemptedAt: Math.min(...requests.map(({ at }) => at)),
        deliveredAt: Math.min(...requests.filter(isSuccess).map(({ endedAt }) => endedAt)),
      };
      return isWanted(outcome) ? [outcome] : [];
    }),
  );
}

export const isSuccess = ({ status }: ReceivedRequest): boolean =>
  status !== null && status >= 200 && status < 300;

export const isDelivered = ({ deliveredAt }: Outcome): boolean => Number.isFinite(deliveredAt);

/**
 * Return the deliveries that nobody will make any more, or the ones that still wait: they have neither succeeded nor had every
 * attempt of their schedule. Only custom schedules are known here.
 */
export const unfinished = ({ subscriptions }: World, all: readonly Outcome[]): Outcome[] =>
  all.filter((outcome) => {
    const { retry = 'none' } = subscriptions.get(outcome.subscriptionId) ?? {};
    const attempts = new Set(outcome.requests.map(({ number }) => number)).size;
    return !isDelivered(outcome) && attempts <= (typeof retry === 'string' ? 0 : retry.length);
  });

/** Return a quantile of numbers, such as 0.95; 0 if there are none. */
export function quantile(numbers: Iterable<number>, share: number): number {
  const sorted = [...numbers].sort((a, b) => (a < b ? -1 : 1));
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Return the latencies to success, in seconds. */
export const toDelivery = (all: readonly Outcome[]): number[] =>
  all.map(({ deliveredAt, publishedAt }) => (deliveredAt - publishedAt) / 1000);

/** Return the sum of a number of each item. */
export const sum = <Item>(items: Iterable<Item>, of: (item: Item) => number): number => {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
};

export const max = (numbers: readonly number[]): number =>
  numbers.reduce((most, number) => Math.max(most, number), 0);

/** Return the largest number of requests that began within one second. */
export function peakPerSecond(requests: readonly ReceivedRequest[]): number {
  const starts = requests.map(({ at }) => at).sort((a, b) => a - b);
  let first = 0;
  let peak = 0;
  for (const [index, at] of starts.entries()) {
    while ((starts[first] ?? at) <= at - 1000) first++;
    peak = Math.max(peak, index - first + 1);
  }
  return peak;
}

/** Return the largest number of requests that were open at once. */
export function peakOpen(requests: readonly ReceivedRequest[]): number {
  const changes = requests
    .flatMap(({ at, endedAt }) => [
      { at, by: 1 },
      { at: endedAt, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let open = 0;
  let peak = 0;
  for (const { by } of changes) {
    open += by;
    peak = Math.max(peak, open);
  }
  return peak;
}

/** Return the rate of the middle nine tenths of some moments, per second. */
export function steadyRate(moments: readonly number[]): number {
  const sorted = moments.toSorted((a, b) => a - b);
  const [from, to] = [Math.floor(sorted.length * 0.05), Math.ceil(sorted.length * 0.95) - 1];
  const [first, last] = [sorted[from], sorted[to]];
  if (first === undefined || last === undefined || last === first) return 0;
  return ((to - from) * 1000) / (last - first);
}
