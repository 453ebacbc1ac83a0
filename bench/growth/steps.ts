import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import type { WaitingDelivery } from '../../core/model/waiting-delivery.ts';
import { eventRecord, waitingRecord } from '../../test/support/records.ts';
import type { Round, Step } from './axis.ts';
import { inMonths, iso, PROJECT, SUBSCRIPTION, WARM, WARM_SUBSCRIPTIONS } from './project.ts';
import type { Site } from './site.ts';

/** Number of repetitions of pages and empty sweeps, because a single one is too short to measure. */
const REPEATED = 20;
/** Deliveries of a mailbox that are due at a sweep. */
const DUE = 100;

/** Return the steps of a delivery from the events queue to the endpoint. */
export function pipeline(subscribers: (size: number) => number): Step[] {
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
        // Continuations of wide events go there.
        await site.drain('internal', workers['fan-out']);
        return made;
      },
    },
    {
      name: 'deliver',
      of: 'deliver',
      per: 'delivery',
      async run(site, workers, round) {
        await site.drain('deliveries', workers.deliver);
        // Fan-out sends the deliveries of wide events there.
        await site.drain('retries', workers.deliver);
        return planOf(round).made;
      },
    },
  ];
}

/** Return a step that reads a page of a subscription's list through the API's function. */
export const page = (name: string, list: 'attempts' | 'deliveries'): Step => ({
  name,
  of: 'subscriptions',
  per: 'page',
  async run(_site, { subscriptions }, { size }) {
    const route = '/v1/projects/{project}/subscriptions/{id}';
    for (let n = 0; n < REPEATED; n++) {
      const response = (await subscriptions.invoke({
        routeKey: `GET ${route}/${list}`,
        rawPath: '/',
        headers: {},
        pathParameters: { project: PROJECT, id: SUBSCRIPTION },
        requestContext: {
          http: { method: 'GET' },
          authorizer: { lambda: { keyId: 'bench', project: PROJECT, scopes: 'read' } },
        },
      })) as { statusCode: number; body: string };
      const shown = response.statusCode === 200 ? JSON.parse(response.body).data.length : 0;
      if (response.statusCode !== 200 || (size > 0 && shown === 0))
        throw new Error(`No page of ${list}: ${response.statusCode} ${response.body}`);
    }
    return REPEATED;
  },
});

export const sweeps: readonly Step[] = [
  {
    name: 'sweep, nothing due',
    of: 'sweep',
    per: 'sweep',
    async run(_site, { sweep }) {
      for (let n = 0; n < REPEATED; n++) await sweep.invoke({});
      return REPEATED;
    },
  },
  {
    name: `sweep, ${DUE} due`,
    of: 'sweep',
    per: 'delivery',
    async run(site, { sweep }, { name }) {
      await putDue(site, name);
      await sweep.invoke({});
      return DUE;
    },
  },
  {
    name: 'pump due work',
    of: 'pump',
    per: 'delivery',
    async run(site, { pump }) {
      await site.drain('pumps', pump);
      return DUE;
    },
  },
];

async function putDue({ table }: Site, name: string): Promise<void> {
  const acceptedAt = iso(Date.now());
  const events = eventStore(table);
  const due: WaitingDelivery[] = [];
  for (let n = 0; n < DUE; n++) {
    const id = `${name}-due${n}`;
    const event = eventRecord({ project: PROJECT, id, type: 'load.due', acceptedAt, expiresAt: inMonths() });
    await events.putOnce(event, id);
    due.push(
      waitingRecord({
        ...{ project: PROJECT, subscriptionId: SUBSCRIPTION, eventId: id, acceptedAt },
        ...{ number: 2, dueAt: Date.now() },
      }),
    );
  }
  await mailbox(table).write(due);
  await flowStore(table).wake(PROJECT, SUBSCRIPTION, Date.now(), false);
}
