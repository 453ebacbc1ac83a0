import { percentile } from '../bench.ts';
import { ENDPOINT, POISON } from '../endpoints.ts';
import type { Planned } from '../traffic.ts';

/** The requests that a published event led to. Times are in milliseconds since the epoch. */
export interface Outcome {
  readonly id: string;
  readonly sentAt: number;
  /** When each request was made. */
  readonly requestedAt: readonly number[];
  /** When the request was made that succeeded. */
  readonly deliveredAt: number;
}

interface Subscriber {
  readonly path: string;
  /** Its only event type. */
  readonly type: string;
  readonly settings?: object;
  readonly project?: string;
}

/** Endpoints, what is published to them, and what must hold for the deliveries that are judged. */
export interface Trial {
  readonly name: string;
  readonly subscribers: readonly Subscriber[];
  readonly events: readonly Planned[];
  readonly isJudged: (event: Planned) => boolean;
  /** The figures that are judged. */
  readonly holds: readonly Requirement[];
}

/** A figure in seconds, a count or a multiple, and its upper limit. */
interface Requirement {
  readonly name: string;
  readonly of: (outcomes: readonly Outcome[]) => number;
  readonly most: number;
}

/** Another project than that of the endpoints which misbehave. */
export const NEIGHBOUR = 'neighbour';

const SECOND = 1000;
const seconds = (from: number, to: number) => (to - from) / SECOND;
/** Return how many seconds after its publication each event was delivered. */
export const latencies = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ sentAt, deliveredAt }) => seconds(sentAt, deliveredAt));
const latest = (share: number) => (outcomes: readonly Outcome[]) => percentile(latencies(outcomes), share);
export const requestsEach = (outcomes: readonly Outcome[]) =>
  outcomes.reduce((sum, { requestedAt }) => sum + requestedAt.length, 0) / outcomes.length;

/** Return events of a type, so many a second between two times, in seconds after the start. No other trial has the type. */
const steadily = (
  type: string,
  perSecond: number,
  from: number,
  until: number,
  more: object = {},
): Planned[] =>
  Array.from({ length: Math.round((until - from) * perSecond) }, (_, n) => ({
    ...{ id: `${type}-${from}-${n}`, type, afterMs: (from + n / perSecond) * SECOND },
    ...more,
  }));

const all = () => true;
const of = (type: string) => (event: Planned) => event.type === type;

/** The trials, for a start at a time in milliseconds since the epoch. */
export const TRIALS: readonly ((now: number) => Trial)[] = [
  () => ({
    name: 'eight poison events, then a good one a second',
    subscribers: [{ path: ENDPOINT.picky(), type: 'picky' }],
    events: [
      ...Array.from({ length: 8 }, (_, n) => ({ id: `${POISON}-${n}`, type: 'picky', afterMs: 0 })),
      ...steadily('picky', 1, 1, 41),
    ],
    isJudged: ({ id }) => !id.startsWith(POISON),
    holds: [{ name: 'seconds until the last good event arrived', of: latest(1), most: 20 }],
  }),
  () => ({
    name: 'one event in ten failing, at ten a second',
    subscribers: [{ path: `${ENDPOINT.picky()}/tenth`, type: 'tenth' }],
    events: Array.from({ length: 600 }, (_, n) => ({
      id: n % 10 === 0 ? `${POISON}-tenth-${n}` : `tenth-${n}`,
      type: 'tenth',
      afterMs: n * 100,
    })),
    isJudged: ({ id }) => !id.startsWith(POISON),
    holds: [{ name: 'seconds in which 99 % arrived', of: latest(0.99), most: 5 }],
  }),
  (now) => ({
    name: 'an outage of 20 s at 3 events a second',
    subscribers: [{ path: ENDPOINT.down(now + 10 * SECOND, now + 30 * SECOND), type: 'outage' }],
    events: steadily('outage', 3, 0, 60),
    isJudged: all,
    holds: [
      {
        name: 'seconds from the end of the outage to the first success',
        of: (outcomes) =>
          seconds(
            now + 30 * SECOND,
            Math.min(
              ...outcomes.map(({ deliveredAt }) => deliveredAt).filter((at) => at >= now + 30 * SECOND),
            ),
          ),
        most: 20,
      },
      { name: 'seconds until the last event arrived', of: latest(1), most: 60 },
    ],
  }),
  () => ({
    name: '200 events at once, 429 beyond 5 a second',
    subscribers: [{ path: ENDPOINT.limited(5), type: 'limited', settings: { retry: [1, 1, 1, 1, 1] } }],
    events: steadily('limited', 1000, 0, 0.2),
    isJudged: all,
    holds: [
      { name: 'requests per delivery', of: requestsEach, most: 1.5 },
      { name: 'seconds until the last event arrived, ideally 40', of: latest(1), most: 60 },
    ],
  }),
  () => ({
    name: 'beside three endpoints that answer after 8 s, four events a second each',
    subscribers: [
      { path: ENDPOINT.well(), type: 'beside-slow' },
      ...[1, 2, 3].map((n) => ({ path: `${ENDPOINT.slow(8 * SECOND)}/${n}`, type: `slow-${n}` })),
    ],
    events: [
      ...steadily('beside-slow', 4, 0, 40),
      ...[1, 2, 3].flatMap((n) => steadily(`slow-${n}`, 4, 0, 40)),
    ],
    isJudged: of('beside-slow'),
    holds: [{ name: 'seconds in which 95 % arrived', of: latest(0.95), most: 2 }],
  }),
  (now) => {
    // In the first seconds the stack starts its functions.
    const [idleFrom, idleUntil, slowFrom, judgedFrom] = [5, 20, 40, 100];
    const isIdle = ({ sentAt }: Outcome) => sentAt < now + idleUntil * SECOND;
    return {
      name: 'beside three endpoints that turn slow, from the second minute on',
      subscribers: [
        { path: ENDPOINT.well(), type: 'beside-turning' },
        ...[1, 2, 3].map((n) => ({
          path: `${ENDPOINT.slow(8 * SECOND, now + slowFrom * SECOND)}/turning/${n}`,
          type: `turning-${n}`,
        })),
      ],
      events: [
        ...steadily('beside-turning', 4, 0, 140),
        ...[1, 2, 3].flatMap((n) => steadily(`turning-${n}`, 4, idleUntil, 140)),
      ],
      isJudged: ({ type, afterMs }) =>
        type === 'beside-turning' &&
        ((afterMs >= idleFrom * SECOND && afterMs < idleUntil * SECOND) || afterMs >= judgedFrom * SECOND),
      holds: [
        {
          name: 'seconds in which 95 % arrived',
          of: (outcomes) => latest(0.95)(outcomes.filter((each) => !isIdle(each))),
          most: 2,
        },
        {
          name: 'the same as a multiple of the idle stack’s before',
          of: (outcomes) =>
            latest(0.95)(outcomes.filter((each) => !isIdle(each))) / latest(0.95)(outcomes.filter(isIdle)),
          most: 1.5,
        },
      ],
    };
  },
  () => ({
    name: 'beside a project with 40 events a second to an endpoint that answers after 25 s',
    subscribers: [
      { path: ENDPOINT.well(), type: 'beside-sluggish', project: NEIGHBOUR },
      { path: ENDPOINT.slow(25 * SECOND), type: 'sluggish', settings: { timeoutSeconds: 30 } },
    ],
    events: [
      ...steadily('beside-sluggish', 2, 0, 60, { project: NEIGHBOUR }),
      ...steadily('sluggish', 40, 0, 60),
    ],
    isJudged: of('beside-sluggish'),
    holds: [{ name: 'seconds in which 95 % arrived', of: latest(0.95), most: 2 }],
  }),
  () => ({
    name: 'beside a project with 300 endpoints that answer after 15 s, from the second minute on',
    subscribers: [
      { path: ENDPOINT.well(), type: 'beside-many', project: NEIGHBOUR },
      ...Array.from({ length: 300 }, (_, n) => ({
        path: `${ENDPOINT.slow(15 * SECOND)}/many/${n}`,
        type: 'many',
      })),
    ],
    events: [...steadily('beside-many', 2, 0, 120, { project: NEIGHBOUR }), ...steadily('many', 0.2, 5, 120)],
    isJudged: ({ type, afterMs }) => type === 'beside-many' && afterMs >= 65 * SECOND,
    holds: [{ name: 'seconds in which 95 % arrived', of: latest(0.95), most: 2 }],
  }),
];
