import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { attemptRecord, parkedRecord } from '../../test/support/records.ts';
import type { Axis } from './axis.ts';
import { found, foundWithOne, inMonths, iso, PROJECT, SUBSCRIPTION, subscribe } from './project.ts';
import { page, pipeline, sweeps } from './steps.ts';

/** Types that subscriptions which do not match are spread over. */
const OTHER_TYPES = 1000;
/** More than a page of any list shows. */
const PAGE = 100;

const one = () => 1;
const all = (size: number) => size;

export interface Extent {
  /** The largest size, but for subscribers of an event. */
  readonly most: number;
  readonly subscribers: number;
  /** That each round makes, at the least. */
  readonly deliveries: number;
}

export const axes = ({ most, subscribers, deliveries }: Extent): readonly Axis[] => {
  const upTo = (limit: number, sizes: readonly number[]) => [
    ...new Set(sizes.filter((size) => size <= limit)),
  ];
  return [
    {
      title: 'Subscriptions of the project',
      name: 'subscriptions',
      across: 'subscriptions that an event does not go to',
      sizes: upTo(most, [10, 1000, most]),
      reference: 10,
      perEvent: one,
      async load(table, size, url) {
        await foundWithOne(table, url);
        await subscribe(table, url, size, (n) => ({
          id: `sub_other${n}`,
          events: [`other.t${n % OTHER_TYPES}`],
        }));
      },
      steps: pipeline(one),
    },
    {
      title: 'Subscribers of an event',
      name: 'subscribers',
      across: 'subscriptions that an event goes to',
      sizes: upTo(subscribers, [1, 10, 100, 1000, 10_000]),
      reference: 100,
      perEvent: all,
      async load(table, size, url) {
        await found(table, url);
        // No subscription gets two events of a round, so that each delivery looks one up, whatever the size.
        await subscribe(table, url, Math.ceil(deliveries / size) * size, (n) => ({
          id: `sub_${n}`,
          events: [`load.t${Math.floor(n / size)}`],
        }));
      },
      steps: pipeline(all),
    },
    {
      title: 'Parked deliveries',
      name: 'parked',
      across: 'deliveries that wait in the table, none of them due',
      sizes: [0, PAGE, most],
      reference: PAGE,
      perEvent: one,
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
      steps: [...pipeline(one), ...sweeps, page('list a page', 'deliveries')],
    },
    {
      title: 'Request log',
      name: 'log',
      across: 'attempts in the log of the subscription',
      sizes: [0, PAGE, most],
      reference: PAGE,
      perEvent: one,
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
      steps: [...pipeline(one), page('read a page', 'attempts')],
    },
  ];
};
