import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import {
  attemptRecord,
  eventRecord,
  parkedRecord,
  projectRecord,
  subscriptionRecord,
} from '../../test/support/records.ts';
import type { FunctionName } from './environment.ts';
import type { FunctionProcess } from './function-process.ts';
import type { Site } from './site.ts';

/** Something that grows, and what is done at each of its sizes. */
export interface Axis {
  readonly title: string;
  /** Begins the names of its tables. */
  readonly name: string;
  readonly across: string;
  readonly sizes: readonly number[];
  /** The size with which the largest is compared: the least at which all work is the same as at the largest. */
  readonly reference: number;
  /** Brings a table to a size. */
  load(table: DataTable, size: number, sinkUrl: string): Promise<void>;
  readonly steps: readonly Step[];
}

export type Workers = Readonly<Record<FunctionName, FunctionProcess>>;

/** What one function does, measured from the first of its invocations to the last. */
export interface Step {
  readonly name: string;
  readonly of: FunctionName;
  /** What its figures are for one of. */
  readonly per: 'delivery' | 'page' | 'sweep';
  /** How many of these it makes. */
  run(site: Site, workers: Workers, at: Round): Promise<number>;
}

export interface Round {
  readonly size: number;
  /** Begins the ids of the round's events. */
  readonly name: string;
  /** That each round makes, at the least. */
  readonly deliveries: number;
  /** What is published to compile the functions before anything is measured is the same at each size. */
  readonly isWarmUp: boolean;
}

const PROJECT = 'bench';
const SUBSCRIPTION = 'sub_0';
const WARM = 'warm';
const WARM_SUBSCRIPTIONS = 10;
const DAY_MS = 86_400_000;
/** Types that subscriptions which do not match are spread over. */
const OTHER_TYPES = 1000;
const REPEATED = 20;
/** Parked deliveries that are due at a sweep. */
const DUE = 100;

const iso = (at: number) => new Date(at).toISOString();
const inMonths = () => Date.now() + 90 * DAY_MS;

async function subscribe(
  table: DataTable,
  url: string,
  count: number,
  subscription: (index: number) => { id: string; events: string[] },
): Promise<void> {
  const store = subscriptionStore(table);
  for (let index = 0; index < count; index++)
    await store.create(subscriptionRecord({ project: PROJECT, url, ...subscription(index) }));
}

/** A project with the subscriptions that the functions are warmed up by. */
async function found(table: DataTable, url: string): Promise<void> {
  await projectStore(table).create(projectRecord({ id: PROJECT }), []);
  await subscribe(table, url, WARM_SUBSCRIPTIONS, (n) => ({ id: `sub_warm${n}`, events: [WARM] }));
}

/** One that gets every event. */
async function foundWithOne(table: DataTable, url: string): Promise<void> {
  await found(table, url);
  await subscribe(table, url, 1, () => ({ id: SUBSCRIPTION, events: ['load.*'] }));
}

/** Deliveries of events that go to so many subscriptions each, from the events queue to the endpoint. */
function pipeline(subscribers: (size: number) => number): Step[] {
  const planOf = ({ size, deliveries, isWarmUp }: Round) => {
    const each = isWarmUp ? WARM_SUBSCRIPTIONS : subscribers(size);
    const events = Math.ceil(deliveries / each);
    return { events, made: events * each };
  };
  return [
    {
      name: 'fan out',
      of: 'fan-out',
      per: 'delivery',
      async run(site, workers, round) {
        const { events, made } = planOf(round);
        await site.publish(
          Array.from({ length: events }, (_, n) => ({
            project: PROJECT,
            id: `${round.name}-${n}`,
            type: round.isWarmUp ? WARM : `load.t${n}`,
            data: { number: n, amount: n * 17.5, note: 'an event of the growth bench' },
          })),
        );
        await site.drain('events', workers['fan-out']);
        return made;
      },
    },
    {
      name: 'deliver',
      of: 'deliver',
      per: 'delivery',
      async run(site, workers, round) {
        await site.drain('deliveries', workers.deliver);
        return planOf(round).made;
      },
    },
  ];
}

/** A page of a list of a subscription's, from the API's function. */
const page = (name: string, list: 'attempts' | 'deliveries'): Step => ({
  name,
  of: 'subscriptions',
  per: 'page',
  async run(_site, { subscriptions }, { size }) {
    const route = '/v1/projects/{project}/subscriptions/{id}';
    for (let n = 0; n < REPEATED; n++) {
      const answer = (await subscriptions.invoke({
        routeKey: `GET ${route}/${list}`,
        rawPath: '/',
        headers: {},
        pathParameters: { project: PROJECT, id: SUBSCRIPTION },
        requestContext: {
          http: { method: 'GET' },
          authorizer: { lambda: { keyId: 'bench', project: PROJECT, scopes: 'read' } },
        },
      })) as { statusCode: number; body: string };
      const shown = answer.statusCode === 200 ? JSON.parse(answer.body).data.length : 0;
      if (answer.statusCode !== 200 || (size > 0 && shown === 0))
        throw new Error(`No page of ${list}: ${answer.statusCode} ${answer.body}`);
    }
    return REPEATED;
  },
});

export interface Extent {
  /** The largest size, but for subscribers of an event. */
  readonly most: number;
  readonly subscribers: number;
  /** That each round makes, at the least. */
  readonly deliveries: number;
}

export const axes = ({ most, subscribers, deliveries }: Extent): readonly Axis[] => {
  const upTo = (limit: number, sizes: readonly number[]) => sizes.filter((size) => size <= limit);
  return [
    {
      title: 'Subscriptions of the project',
      name: 'subscriptions',
      across: 'subscriptions that an event does not go to',
      sizes: upTo(most, [10, 1000, 100_000]),
      reference: 10,
      async load(table, size, url) {
        await foundWithOne(table, url);
        await subscribe(table, url, size, (n) => ({
          id: `sub_other${n}`,
          events: [`other.t${n % OTHER_TYPES}`],
        }));
      },
      steps: pipeline(() => 1),
    },
    {
      title: 'Subscribers of an event',
      name: 'subscribers',
      across: 'subscriptions that an event goes to',
      sizes: upTo(subscribers, [1, 10, 100, 1000, 10_000]),
      reference: 100,
      async load(table, size, url) {
        await found(table, url);
        // No subscription gets two events of a round, so that each delivery looks one up, whatever the size.
        await subscribe(table, url, Math.ceil(deliveries / size) * size, (n) => ({
          id: `sub_${n}`,
          events: [`load.t${Math.floor(n / size)}`],
        }));
      },
      steps: pipeline((size) => size),
    },
    {
      title: 'Parked deliveries',
      name: 'parked',
      across: 'deliveries that wait in the table, none of them due',
      sizes: upTo(most, [0, 1000, 100_000]),
      reference: 1000,
      async load(table, size, url) {
        await foundWithOne(table, url);
        const parked = parkedDeliveries(table);
        for (let n = 0; n < size; n++)
          await parked.park(
            parkedRecord({
              project: PROJECT,
              subscriptionId: SUBSCRIPTION,
              acceptedAt: iso(Date.now() - n),
              scheduledFor: inMonths() + n,
            }),
          );
      },
      steps: [
        ...pipeline(() => 1),
        {
          name: 'sweep, nothing due',
          of: 'sweep',
          per: 'sweep',
          async run(_site, { sweep }) {
            for (let n = 0; n < REPEATED; n++) await sweep.invoke({});
            return REPEATED;
          },
        },
        { name: `sweep ${DUE} that are due`, of: 'sweep', per: 'delivery', run: sweepDue },
        {
          name: 'deliver what was due',
          of: 'deliver',
          per: 'delivery',
          async run(site, { deliver }) {
            await site.drain('retries', deliver);
            return DUE;
          },
        },
        page('list a page', 'deliveries'),
      ],
    },
    {
      title: 'Request log',
      name: 'log',
      across: 'attempts in the log of the subscription',
      sizes: upTo(most, [0, 1000, 100_000]),
      reference: 1000,
      async load(table, size, url) {
        await foundWithOne(table, url);
        const log = attemptLog(table);
        for (let n = 0; n < size; n++)
          await log.record([
            attemptRecord({
              project: PROJECT,
              subscriptionId: SUBSCRIPTION,
              eventId: `evt_before${n}`,
              at: iso(Date.now() - n),
              expiresAt: inMonths(),
            }),
          ]);
      },
      steps: [...pipeline(() => 1), page('read a page', 'attempts')],
    },
  ];
};

/** Parks some that are due, and sweeps. */
async function sweepDue({ table }: Site, { sweep }: Workers, { name }: Round): Promise<number> {
  const acceptedAt = iso(Date.now());
  const events = eventStore(table);
  const parked = parkedDeliveries(table);
  for (let n = 0; n < DUE; n++) {
    const id = `${name}-due${n}`;
    const event = eventRecord({ project: PROJECT, id, type: 'load.due', acceptedAt, expiresAt: inMonths() });
    await events.putOnce(event, id);
    await parked.park(
      parkedRecord({
        project: PROJECT,
        subscriptionId: SUBSCRIPTION,
        eventId: id,
        acceptedAt,
        scheduledFor: Date.now(),
      }),
    );
  }
  await sweep.invoke({});
  return DUE;
}
